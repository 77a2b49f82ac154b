import { type FSWatcher, watch as watchFolder } from 'node:fs';
import { join } from 'node:path';
import { batchOfContent, setWatchedState, waitingFiles } from '#main/store/watched-files.ts';
import type { WatchEvent, WatchSettings } from '#shared/contract/watch.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import type { OpenVault } from '../vault/index.ts';
import { handleFile } from './handle-file.ts';
import { type FolderEntry, scanFolder } from './scan-folder.ts';
import { endsWhole, restNeededMs, Settling } from './settling.ts';

/** What the folder's hints may miss is seen at the next look. */
const lookEveryMs = 1_000;
const leastBetweenLooksMs = 100;
const afterTroubleMs = 10_000;
/** How long a single look waits for files that go on changing. */
const patienceMs = 30_000;

/** A file as this session knows it. */
export type LiveFile = {
  readonly settling: Settling;
  state: 'settling' | 'checking' | 'loading' | 'waiting' | 'done';
  kind: string | null;
  /** Why it waits, where no note of that is in the vault. */
  code: string | null;
  reason: string | null;
  /** Whether the vault has a note of what it says. */
  noted: boolean;
  judged: boolean;
  asked: boolean;
  fileHash: string | null;
  whole: boolean | null;
  event: WatchEvent | null;
};

export type WatcherHost = {
  readonly vault: OpenVault;
  readonly now: () => number;
  readonly emit: (event: WatchEvent) => void;
  /** What the vault holds has changed. */
  readonly changed: () => void;
};

function folderEvent(event: 'watching' | 'folder', code: string | null, reason: string | null): WatchEvent {
  return { event, file: null, kind: null, mapping: null, batch: null, rows: null, code, reason };
}

function monotonicMs(): number {
  return performance.now();
}

/** Watches one folder for one session. Files are only read: never moved, changed or deleted. */
export class FolderWatcher {
  readonly settings: WatchSettings;
  readonly #host: WatcherHost;
  readonly #files = new Map<string, LiveFile>();
  #trouble: { readonly code: string; readonly reason: string } | null = null;
  #lastLook: string | null = null;
  #stopping = false;
  #wake: (() => void) | null = null;
  #woken = false;
  #hints: FSWatcher | null = null;
  #names: string | null = null;

  constructor(host: WatcherHost, settings: WatchSettings) {
    this.#host = host;
    this.settings = settings;
  }

  get trouble(): { readonly code: string; readonly reason: string } | null {
    return this.#trouble;
  }

  get lastLook(): string | null {
    return this.#lastLook;
  }

  get files(): ReadonlyMap<string, LiveFile> {
    return this.#files;
  }

  /** Ends after the file in hand; what is cut short is taken back and done at the next start. */
  stop(): void {
    this.#stopping = true;
    this.#nudge();
  }

  /** Looks again at what waits: at a file by name, or wherever what has changed could matter. */
  lookAgain(what: { readonly name: string } | 'mappings' | 'batches'): void {
    for (const [name, file] of this.#files) {
      if (typeof what === 'object') {
        if (name === what.name) Object.assign(file, { judged: false, asked: true });
      } else if (file.state === 'waiting' && (what === 'mappings' || this.#concernsBatches(file))) {
        file.judged = false;
      }
    }
    this.#nudge();
  }

  /** Leaves a file that waits be until it changes. */
  leave(name: string): void {
    const file = this.#files.get(name);
    if (file?.state === 'waiting') Object.assign(file, { state: 'done', judged: true });
  }

  /** Watches until it is stopped. Never throws: what goes wrong is said in `trouble` and tried again. */
  async run(signal: AbortSignal): Promise<void> {
    const end = (): void => this.stop();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) this.stop();
    this.#host.emit(folderEvent('watching', null, null));
    try {
      while (!this.#stopping) {
        await this.#lookSafely(signal);
        if (!this.#stopping) await this.#rest(this.#trouble === null ? lookEveryMs : afterTroubleMs);
      }
    } finally {
      signal.removeEventListener('abort', end);
      this.#dropHints();
    }
  }

  /**
   * Looks until nothing changes any more.
   *
   * @throws ExpectedError NO_SUCH_FILE where the folder cannot be read; CANCELLED; or what stops the vault from working
   */
  async runOnce(context: VaultContext): Promise<{ readonly loaded: WatchEvent[]; readonly waiting: WatchEvent[] }> {
    const loaded: WatchEvent[] = [];
    let lastStep = monotonicMs();
    const patience = Math.max(patienceMs, this.settings.settleSeconds * 10_000);
    for (;;) {
      const resting = await this.#look(context, (event) => {
        lastStep = monotonicMs();
        if (event.event === 'loaded') loaded.push(event);
      }).finally(() => this.#dropHints());
      if (this.#trouble) throw new ExpectedError('NO_SUCH_FILE', this.#trouble.reason, 'What was loaded before stays.');
      if (resting || monotonicMs() - lastStep > patience) break;
      if (context.signal.aborted) throw new ExpectedError('CANCELLED', 'The look at the folder was stopped.');
      await this.#rest(Math.min(lookEveryMs, Math.max(leastBetweenLooksMs, this.settings.settleSeconds * 250)));
    }
    const waiting = [...this.#files].flatMap(([name, file]) => {
      if (file.state === 'settling')
        return [this.#waitingEvent(name, 'STILL_WRITTEN', 'The file is still being written.')];
      return file.state === 'waiting' && file.event ? [file.event] : [];
    });
    return { loaded, waiting };
  }

  async #lookSafely(signal: AbortSignal): Promise<void> {
    const { vault, now } = this.#host;
    try {
      await this.#look({ vault, nowMs: now(), progress: () => undefined, signal }, () => undefined);
    } catch (error) {
      if (error instanceof ExpectedError && error.error.code === 'CANCELLED') return;
      const { code, message, hint } =
        error instanceof ExpectedError
          ? error.error
          : { code: 'INTERNAL', message: 'Something went wrong inside Tidemark.', hint: 'It is tried again.' };
      this.#setTrouble({ code, reason: `${message} ${hint}`.trim() });
    }
  }

  /** One look at every file; true where all have come to rest and been dealt with. */
  async #look(context: VaultContext, step: (event: WatchEvent) => void): Promise<boolean> {
    const scan = await scanFolder(this.settings.folder);
    this.#lastLook = new Date(this.#host.now()).toISOString();
    if (!scan.readable) {
      this.#setTrouble(scan);
      return false;
    }
    this.#setTrouble(null);
    this.#takeHints();
    await this.#noteGone(context, scan.entries);
    let resting = true;
    for (const entry of scan.entries) {
      if (this.#stopping) return false;
      if (!(await this.#attend(context, entry, step))) resting = false;
    }
    return resting;
  }

  async #attend(context: VaultContext, entry: FolderEntry, step: (event: WatchEvent) => void): Promise<boolean> {
    const file = this.#liveFile(entry);
    if (entry.problem) {
      if (!file.judged) this.#setWaiting(entry.name, file, entry.problem.code, entry.problem.reason);
      return true;
    }
    if (file.judged) return true;
    if (!file.asked && !(await this.#hasRested(entry, file))) return false;
    const tell = (state: 'checking' | 'loading', kind: string | null): void => {
      Object.assign(file, { state, kind });
    };
    try {
      const { asked } = file;
      const handled = await handleFile({ ...context, nowMs: this.#host.now() }, this.settings, {
        name: entry.name,
        mark: file.settling.mark,
        asked,
        tell,
      });
      file.asked = false;
      if (handled.became === 'changed') {
        file.state = 'settling';
        file.settling.restart(monotonicMs());
        return false;
      }
      if (handled.became === 'known') {
        Object.assign(file, { state: 'done', judged: true, event: null });
        return true;
      }
      const { event } = handled;
      step(event);
      if (handled.became === 'loaded') {
        Object.assign(file, { state: 'done', judged: true, event: null });
        this.#host.emit(event);
        this.#host.changed();
        return true;
      }
      const again = event.code === 'STILL_WRITTEN';
      if (again) file.settling.restart(monotonicMs());
      this.#keepWaiting(file, event, handled.noted, handled.fileHash);
      file.judged = !again;
      return !again;
    } catch (error) {
      file.state = 'settling';
      if (error instanceof ExpectedError) throw error;
      // A defect must not keep the other files waiting.
      this.#setWaiting(
        entry.name,
        file,
        'INTERNAL',
        'Something went wrong inside Tidemark with this file. Look again.',
      );
      return true;
    }
  }

  #liveFile(entry: FolderEntry): LiveFile {
    const known = this.#files.get(entry.name);
    if (!known) {
      const fresh: LiveFile = {
        settling: new Settling(entry.mark, monotonicMs()),
        state: 'settling',
        kind: null,
        code: null,
        reason: null,
        noted: false,
        judged: false,
        asked: false,
        fileHash: null,
        whole: null,
        event: null,
      };
      this.#files.set(entry.name, fresh);
      return fresh;
    }
    if (known.settling.see(entry.mark, monotonicMs())) {
      Object.assign(known, { state: 'settling', judged: false, asked: false, whole: null, event: null });
    }
    return known;
  }

  async #hasRested(entry: FolderEntry, file: LiveFile): Promise<boolean> {
    const settleMs = this.settings.settleSeconds * 1_000;
    const restedMs = file.settling.restingMs(monotonicMs());
    if (restedMs < settleMs) return false;
    const path = join(this.settings.folder, entry.name);
    file.whole ??= await endsWhole(path, entry.mark.bytes).catch(() => true);
    return restedMs >= restNeededMs(settleMs, file.whole);
  }

  #concernsBatches(file: LiveFile): boolean {
    if (file.code === 'ALREADY_LOADED') return true;
    const { connection } = this.#host.vault.store;
    return file.fileHash !== null && batchOfContent(connection, file.fileHash) !== null;
  }

  #waitingEvent(name: string, code: string, reason: string): WatchEvent {
    return { event: 'waiting', file: name, kind: null, mapping: null, batch: null, rows: null, code, reason };
  }

  #setWaiting(name: string, file: LiveFile, code: string, reason: string): void {
    file.judged = true;
    this.#keepWaiting(file, this.#waitingEvent(name, code, reason), false, null);
  }

  #keepWaiting(file: LiveFile, event: WatchEvent, noted: boolean, fileHash: string | null): void {
    const told = file.event?.code === event.code && file.event?.reason === event.reason;
    const { code, reason, kind } = event;
    Object.assign(file, { state: 'waiting', code, reason, kind, noted, fileHash, event });
    if (!told) this.#host.emit(event);
  }

  /** Notes of files that waited and have left the folder, and forgets them. */
  async #noteGone(context: VaultContext, entries: readonly FolderEntry[]): Promise<void> {
    const names = entries.map(({ name }) => name).join('\n');
    if (names === this.#names) return;
    const there = new Set(entries.map(({ name }) => name));
    for (const name of this.#files.keys()) if (!there.has(name)) this.#files.delete(name);
    const { store, writeGate } = this.#host.vault;
    for (const { id, fileName } of waitingFiles(store.connection, this.settings.folder)) {
      if (there.has(fileName)) continue;
      const reason = 'The file left the folder before it was loaded.';
      const now = { ...context, nowMs: this.#host.now() };
      const change = { state: 'gone', reasonCode: 'DISAPPEARED', reason, seenAt: isoTime(now) } as const;
      await writeGate.run(() =>
        store.commit(doneEvent(now, 'watch.gone', `watched file ${id}`), (transaction) =>
          setWatchedState(transaction, id, change),
        ),
      );
      this.#host.emit({ ...this.#waitingEvent(fileName, 'DISAPPEARED', reason), event: 'gone' });
    }
    this.#names = names;
  }

  #setTrouble(trouble: { readonly code: string; readonly reason: string } | null): void {
    const before = this.#trouble?.code ?? null;
    this.#trouble = trouble === null ? null : { code: trouble.code, reason: trouble.reason };
    if (before === (trouble?.code ?? null)) return;
    if (trouble) this.#dropHints();
    this.#host.emit(folderEvent(trouble ? 'folder' : 'watching', trouble?.code ?? null, trouble?.reason ?? null));
  }

  /** The system's hints make a look come sooner; where it gives none, looks come by themselves. */
  #takeHints(): void {
    if (this.#hints !== null || this.#stopping) return;
    try {
      this.#hints = watchFolder(this.settings.folder, { persistent: false }, () => this.#nudge());
      this.#hints.on('error', () => this.#dropHints());
    } catch {
      this.#hints = null;
    }
  }

  #dropHints(): void {
    this.#hints?.close();
    this.#hints = null;
  }

  #nudge(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async #rest(ms: number): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, leastBetweenLooksMs)));
    if (this.#woken || this.#stopping) {
      this.#woken = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
    this.#woken = false;
  }
}
