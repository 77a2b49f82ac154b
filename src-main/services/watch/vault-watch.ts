import type { WatchEvent, WatchSettings } from '#shared/contract/watch.ts';
import type { OpenVault } from '../vault/index.ts';
import { FolderWatcher } from './folder-watcher.ts';
import { readRemembered } from './settings.ts';

/** What the engine gives a vault's watching. */
export type WatchHost = {
  readonly now: () => number;
  readonly emit: (event: WatchEvent) => void;
  readonly changed: () => void;
  /** Makes locking wait for the work, and cancels it where locking does. */
  readonly track: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
};

/** The watching of one unlocked vault: at most one folder at a time. */
export class VaultWatch {
  readonly #vault: OpenVault;
  readonly #host: WatchHost;
  #watcher: FolderWatcher | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(vault: OpenVault, host: WatchHost) {
    this.#vault = vault;
    this.#host = host;
  }

  get watcher(): FolderWatcher | null {
    return this.#watcher;
  }

  newWatcher(settings: WatchSettings): FolderWatcher {
    const { now, emit, changed } = this.#host;
    return new FolderWatcher({ vault: this.#vault, now, emit, changed }, settings);
  }

  async start(settings: WatchSettings): Promise<void> {
    await this.stop();
    const watcher = this.newWatcher(settings);
    this.#watcher = watcher;
    this.#ended = this.#host.track((signal) => watcher.run(signal));
  }

  /** Stops after the file in hand. */
  async stop(): Promise<void> {
    this.pause();
    await this.#ended;
    this.#watcher = null;
  }

  /** Takes up no further file; locking waits for the one in hand. */
  pause(): void {
    this.#watcher?.stop();
  }

  /** Goes on where the vault remembers that its folder is watched. */
  resume(): void {
    if (!this.#vault.roles.includes('analyst')) return;
    const remembered = readRemembered(this.#vault);
    if (!remembered?.on) return;
    const { on: _, ...settings } = remembered;
    void this.start(settings);
  }
}
