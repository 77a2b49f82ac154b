import { join } from 'node:path';
import { keptScheduled, listBackupRecords, setBackupRemoved } from '#main/store/backup-records.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { OpenVault } from '../vault/index.ts';
import { isBuiltOn, lastGood, oldestOf, removeIfOurs, scheduledBase } from './kept-backups.ts';
import { isBackingUp, makeBackup } from './make-backup.ts';
import { readSchedule, writeFailure } from './settings.ts';

/** What the engine gives a vault's backups. */
export type BackupHost = {
  readonly now: () => number;
  readonly changed: () => void;
  /** Makes locking wait for the work, and cancels it where locking does. */
  readonly track: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
};

const dayMs = 86_400_000;
const firstLookMs = 1_500;
const everyLookMs = 60_000;
/** A try that failed is not repeated sooner. */
const afterFailureMs = 3_600_000;

/**
 * Whether the schedule asks for a backup now. Where the last one lies in the future the clock has been set back: one is made
 * at once, and the days are counted from it.
 */
export function isDue(vault: OpenVault, nowMs: number): boolean {
  const schedule = readSchedule(vault);
  if (schedule === null) return false;
  const last = lastGood(vault);
  if (last === null) return true;
  const elapsedMs = nowMs - Date.parse(last.madeAt);
  return elapsedMs >= schedule.everyDays * dayMs || elapsedMs < -dayMs;
}

/** Makes the scheduled backups of an unlocked vault, whoever has it unlocked, beside whatever they do. */
export class VaultBackups {
  readonly #vault: OpenVault;
  readonly #host: BackupHost;
  #timer: NodeJS.Timeout | null = null;
  #waitUntil = 0;

  constructor(vault: OpenVault, host: BackupHost) {
    this.#vault = vault;
    this.#host = host;
  }

  start(): void {
    this.#again(firstLookMs);
  }

  pause(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Looks at once, as after a new schedule. */
  lookNow(): void {
    this.#waitUntil = 0;
    if (this.#timer) this.#again(0);
  }

  #again(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#host.track((signal) => this.#look(signal)), ms);
    this.#timer.unref();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const due =
      performance.now() >= this.#waitUntil && !isBackingUp(this.#vault) && isDue(this.#vault, this.#host.now());
    if (due) await this.#make(signal);
    if (this.#timer) this.#again(everyLookMs);
  }

  async #make(signal: AbortSignal): Promise<void> {
    const schedule = readSchedule(this.#vault);
    if (schedule === null) return;
    const at = new Date(this.#host.now()).toISOString();
    const file = join(schedule.folder, scheduledName(this.#vault, at));
    try {
      const whole = scheduledBase(this.#vault, schedule.folder, this.#host.now());
      const base = whole && { file: join(whole.folder, whole.fileName), needed: false };
      await makeBackup(this.#vault, { file, kind: 'scheduled', at, base }, { progress: () => undefined, signal });
      await this.#removeOldest(schedule.keep);
    } catch (error) {
      this.#waitUntil = performance.now() + afterFailureMs;
      await this.#failed(error, at);
    }
    this.#host.changed();
  }

  async #failed(error: unknown, at: string): Promise<void> {
    const { code, message } =
      error instanceof ExpectedError
        ? error.error
        : { code: 'INTERNAL', message: 'Something went wrong inside Tidemark while the backup was being made.' };
    // A person who locked the vault has not made the backup fail; the next unlocking makes it.
    if (code === 'CANCELLED') return;
    const { store, writeGate, user } = this.#vault;
    try {
      await writeGate.run(() =>
        store.commit(
          { at, user, action: 'vault.backup', outcome: 'failed', reason: code, details: { kind: 'scheduled' } },
          (transaction) => writeFailure(transaction, { at, code, message }),
        ),
      );
    } catch (second) {
      // Where the vault itself cannot be written to, its last good backup grows old, which is told all the same.
      if (!(second instanceof ExpectedError)) throw second;
    }
  }

  /** Removes the oldest scheduled backups beyond those to be kept, and never one that another builds on. */
  async #removeOldest(keep: number): Promise<void> {
    const kept = keptScheduled(this.#vault.store.connection);
    const { store, writeGate, user } = this.#vault;
    for (const record of oldestOf(kept, keep)) {
      if (isBuiltOn(record, listBackupRecords(this.#vault.store.connection)) || !removeIfOurs(record)) continue;
      const at = new Date(this.#host.now()).toISOString();
      await writeGate.run(() =>
        store.commit(
          { at, user, action: 'backup.remove', object: `backup ${record.id}`, outcome: 'done' },
          (transaction) => setBackupRemoved(transaction, record.id, at),
        ),
      );
    }
  }
}

/** `tidemark-7K3M9-2026-03-31-140503.backup`: a name that sorts by time. */
export function scheduledName(vault: OpenVault, at: string): string {
  const [day = '', time = ''] = at.slice(0, 19).split('T');
  return `tidemark-${vault.id.slice(0, 5)}-${day}-${time.replaceAll(':', '')}.backup`;
}
