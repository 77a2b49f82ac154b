import { basename, resolve } from 'node:path';
import { createVault, lockAfterMinutes, lockVault, type OpenVault, unlockVault } from '#main/services/vault/index.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';

type SessionView = OutputOf<'vault.unlock'>['session'];

export type LockReason = 'asked' | 'idle' | 'screen' | 'suspend';

/** The id is the caller's own and may be used twice; what is at work is known by itself. */
type RunningCall = { readonly callId: string; readonly abort: AbortController; readonly ended: Promise<unknown> };

/** Who has which vault unlocked in this engine: at most one at a time. */
export class Session {
  #unlocked: OpenVault | null = null;
  /** Calls at work on the vault; locking waits for them. */
  readonly #running = new Set<RunningCall>();

  get unlocked(): OpenVault | null {
    return this.#unlocked;
  }

  view(): SessionView | null {
    const vault = this.#unlocked;
    if (!vault) return null;
    return {
      vault: { id: vault.id, folder: vault.folder, name: basename(vault.folder) },
      user: vault.user,
      roles: [...vault.roles],
      pendingRoles: [...vault.pendingRoles],
      lockAfterMinutes: lockAfterMinutes(vault),
      synthetic: vault.synthetic,
      clockBehind: vault.clockBehind,
    };
  }

  async create(
    input: {
      folder: string;
      user: string;
      roles: readonly Role[];
      passphrase: string;
      synthetic?: boolean | undefined;
    },
    nowMs: number,
  ): Promise<Result<OutputOf<'vault.create'>>> {
    if (this.#unlocked) return alreadyOpen();
    const folder = resolve(input.folder);
    const created = await createVault({ ...input, folder, synthetic: input.synthetic ?? false }, nowMs);
    if (!created.ok) return created;
    const unlocked = await this.unlock({ folder, user: input.user, passphrase: input.passphrase }, nowMs);
    if (!unlocked.ok) return unlocked;
    return ok({ session: unlocked.value.session, recovery: created.value });
  }

  async unlock(
    input: { folder: string; user: string; passphrase: string },
    nowMs: number,
  ): Promise<Result<OutputOf<'vault.unlock'>>> {
    if (this.#unlocked) return alreadyOpen();
    const opened = await unlockVault({ ...input, folder: resolve(input.folder) }, nowMs);
    if (!opened.ok) return opened;
    this.#unlocked = opened.value;
    const session = this.view();
    if (!session) throw new Error('an unlocked vault has no view');
    return ok({ session });
  }

  /** Registers a call at work, so that it can be cancelled and waited for. */
  track<T>(callId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const ended = work(abort.signal);
    const entry: RunningCall = { callId, abort, ended: ended.catch(() => undefined) };
    this.#running.add(entry);
    return ended.finally(() => this.#running.delete(entry));
  }

  cancel(callId: string): void {
    for (const running of this.#running) if (running.callId === callId) running.abort.abort();
  }

  /**
   * The session goes at once: no call finds it from here on. What is at work is cancelled when a person asked or the machine
   * is going to sleep, and may otherwise finish; when it has ended the store is closed and the keys are zeroed.
   */
  async lock(nowMs: number, reason: LockReason): Promise<boolean> {
    const vault = this.#unlocked;
    if (!vault) return false;
    this.#unlocked = null;
    const running = [...this.#running];
    if (reason === 'asked' || reason === 'suspend') for (const { abort } of running) abort.abort();
    await Promise.all(running.map((entry) => entry.ended));
    await lockVault(vault, { nowMs, reason });
    return true;
  }
}

function alreadyOpen(): Result<never> {
  return fail('BAD_INPUT', 'A vault is open already.', 'Nothing was changed. Lock it first.');
}
