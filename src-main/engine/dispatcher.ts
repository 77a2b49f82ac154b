import { randomUUID } from 'node:crypto';
import { attachBackups, pauseBackups } from '#main/services/backups/index.ts';
import type { CallContext, VaultContext } from '#main/services/call-context.ts';
import type { OpenVault } from '#main/services/vault/index.ts';
import { recordEvent } from '#main/services/vault/index.ts';
import { attachWatch, lookAgainAfter, watchOf } from '#main/services/watch/index.ts';
import type { Operation } from '#shared/contract/define.ts';
import { type CallEnvelope, type OperationName, operationNamed, type Progress } from '#shared/contract/index.ts';
import type { WatchEvent } from '#shared/contract/watch.ts';
import { ExpectedError, type Failure, fail, ok, type Result } from '#shared/domain/result.ts';
import { auditedInTransaction } from './audited-in-transaction.ts';
import { openHandlers, vaultHandlers } from './handlers/index.ts';
import { recentVaults, rememberVault } from './recent-vaults.ts';
import { type LockReason, Session } from './session.ts';

const largestPayloadBytes = 5 * 1024 ** 2;

export type DispatcherOptions = {
  readonly settingsFolder: string | null;
  readonly now: () => number;
  readonly newIncidentId: () => string;
  readonly changed: () => void;
  /** `watching`: whether a folder was being watched. */
  readonly locked: (reason: LockReason, watching: boolean) => void;
  readonly watched: (event: WatchEvent) => void;
  /** Whether a vault that remembers a watched folder goes on watching it once it is unlocked. */
  readonly resumeWatching: boolean;
  /** Whether backups are made by themselves where the vault's schedule asks for them. */
  readonly scheduledBackups: boolean;
};

type AnyHandler = (context: never, input: never) => Result<unknown> | Promise<Result<unknown>>;

/** Calls after which what the face has cached is stale. */
const changing: ReadonlySet<string> = new Set([
  'vault.backup',
  'backups.schedule',
  'imports.load',
  'imports.undo',
  'mappings.save',
  'mappings.retire',
  'reports.build',
  'releases.withdraw',
  'releases.share',
  'releases.setRule',
  'users.add',
  'users.remove',
  'users.setRoles',
  'users.grant',
  'vault.rekey',
  'vault.setLockAfter',
  'codes.save',
  'schemes.draft',
  'schemes.submit',
  'schemes.approve',
  'schemes.withdraw',
  'schemes.retire',
  'worklistScheme.adopt',
  'earlyWarning.keep',
  'earlyWarning.use',
  'earlyWarning.stop',
  'evidence.saveStudy',
  'evidence.saveOutcome',
  'evidence.appraise',
  'evidence.grade',
  'evidence.saveGuidance',
  'evidence.withdraw',
  'evidence.addPilot',
  'evidence.startFrom',
  'pilots.save',
  'pilots.lock',
  'pilots.deviate',
  'pilots.finish',
  'pilots.drop',
  'pilots.allocate',
  'pilots.consent',
  'pilots.withdraw',
  'reviews.save',
  'reviews.register',
  'reviews.search',
  'reviews.importReferences',
  'reviews.withdrawImport',
  'reviews.decideDuplicate',
  'reviews.decide',
  'reviews.loadDecisions',
  'reviews.resolve',
  'reviews.fullText',
  'reviews.study',
  'pilots.adverseEvent',
  'approvals.decide',
  'rights.requestErasure',
  'rights.erase',
  'exports.permit',
  'exports.withdraw',
  'retention.set',
  'retention.keep',
  'retention.delete',
]);

/** Length of an input as JSON, or null where it cannot be written as such. */
function payloadBytes(input: unknown): number | null {
  try {
    return Buffer.byteLength(JSON.stringify(input) ?? '', 'utf8');
  } catch {
    return null;
  }
}

/**
 * Every call takes the same way: known call, size, schema, unlocked, role, handler, output schema, audit. Expected failures
 * come back as values; a defect is caught here once, given an incident id, and told without a value of any kind.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #session = new Session();
  #watchingPaused = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Minutes without a person after which the open vault locks itself; null where none is open. */
  get lockAfterMinutes(): number | null {
    return this.#session.view()?.lockAfterMinutes ?? null;
  }

  cancel(callId: string): void {
    this.#session.cancel(callId);
  }

  async lock(reason: LockReason): Promise<void> {
    const vault = this.#session.unlocked;
    if (!vault) return;
    const watch = watchOf(vault);
    this.#watchingPaused = watch.watcher !== null;
    this.#options.locked(reason, this.#watchingPaused);
    watch.pause();
    pauseBackups(vault);
    await this.#session.lock(this.#options.now(), reason);
  }

  async call(envelope: CallEnvelope, progress: (progress: Progress) => void): Promise<Result<unknown>> {
    try {
      return await this.#dispatch(envelope, progress);
    } catch (error) {
      if (error instanceof ExpectedError) return { ok: false, error: error.error };
      return this.#defect(error);
    }
  }

  async #dispatch(envelope: CallEnvelope, progress: (progress: Progress) => void): Promise<Result<unknown>> {
    const declared = operationNamed(envelope.operation);
    if (!declared) {
      await this.#refused('call.unknown', 'unknown call');
      return fail('UNKNOWN_CALL', 'There is no such call.', 'Nothing was done.');
    }
    const name = envelope.operation as OperationName;
    const bytes = payloadBytes(envelope.input);
    if (bytes === null) {
      await this.#refused(name, 'malformed');
      return fail('BAD_INPUT', 'The call is not of its form: it holds what JSON cannot.', 'Nothing was done.');
    }
    if (bytes > largestPayloadBytes) {
      await this.#refused(name, 'too large');
      return fail('TOO_LARGE', 'The call carries more than 5 MiB.', 'Nothing was done.');
    }
    const parsed = declared.input.safeParse(envelope.input);
    if (!parsed.success) {
      await this.#refused(name, 'malformed');
      const issue = parsed.error.issues[0];
      const place = issue?.path.join('.') ?? '';
      const what = place === '' ? 'The call is not of its form' : `“${place}” is not of its form`;
      return fail('BAD_INPUT', `${what}: ${issue?.message ?? 'it cannot be read'}.`, 'Nothing was done.');
    }
    const refusal = await this.#mayCall(name, declared, parsed.data);
    if (refusal) return refusal;
    const result = await this.#run(name, declared, parsed.data, envelope.callId, progress);
    if (!result.ok) return result;
    const output = declared.output.safeParse(result.value);
    if (!output.success) return this.#defect(new Error(`the answer of ${name} is not of its form`));
    if (changing.has(name)) this.#changed(name);
    return ok(output.data);
  }

  async #mayCall(name: OperationName, declared: Operation, input: unknown): Promise<Failure | null> {
    if (declared.roles === 'anyone') return null;
    const vault = this.#session.unlocked;
    if (!vault) {
      return fail('LOCKED', 'The vault is locked.', 'Nothing was done. Unlock it and try again.');
    }
    const roles = declared.rolesFor?.(input) ?? declared.roles;
    if (roles.some((role) => vault.roles.includes(role))) return null;
    await this.#refused(name, 'role');
    return fail('FORBIDDEN', `Your role does not include this. It is for: ${roles.join(', ')}.`, 'Nothing was done.');
  }

  async #run(
    name: OperationName,
    declared: Operation,
    input: unknown,
    callId: string,
    progress: (progress: Progress) => void,
  ): Promise<Result<unknown>> {
    const nowMs = this.#options.now();
    switch (name) {
      case 'vault.state':
        return ok({
          session: this.#session.view(),
          watchingPaused: this.#watchingPaused,
          recent: recentVaults(this.#options.settingsFolder),
        });
      case 'vault.touch':
        return ok({});
      case 'host.refused':
        await this.#refused('host.call', (input as { readonly reason: string }).reason);
        return ok({});
      case 'vault.lock':
        await this.lock('asked');
        return ok({});
      case 'vault.create':
        return this.#opened(await this.#session.create(input as never, nowMs));
      case 'vault.unlock':
        return this.#opened(await this.#session.unlock(input as never, nowMs));
    }
    return this.#session.track(callId, async (signal) => {
      const context: CallContext = { nowMs, progress, signal };
      const open = openHandlers as Readonly<Record<string, AnyHandler | undefined>>;
      const openHandler = open[name];
      if (openHandler) return openHandler(context as never, input as never);
      const vault = this.#session.unlocked;
      if (!vault) return fail('LOCKED', 'The vault is locked.', 'Nothing was done. Unlock it and try again.');
      const handler = (vaultHandlers as Readonly<Record<string, AnyHandler | undefined>>)[name];
      if (!handler) throw new Error(`no handler for ${name}`);
      const vaultContext: VaultContext = { ...context, vault };
      return this.#audited(name, declared, vault, () => handler(vaultContext as never, input as never));
    });
  }

  #opened<T>(result: Result<T>): Result<T> {
    const vault = this.#session.unlocked;
    if (!result.ok || !vault) return result;
    this.#watchingPaused = false;
    rememberVault(this.#options.settingsFolder, vault.folder);
    const { now, watched, changed, resumeWatching, scheduledBackups } = this.#options;
    const track = (work: (signal: AbortSignal) => Promise<void>) => this.#session.track(randomUUID(), work);
    attachWatch(vault, { now, emit: watched, changed, track }, resumeWatching);
    attachBackups(vault, { now, changed, track }, scheduledBackups);
    return result;
  }

  #changed(name: OperationName): void {
    this.#options.changed();
    const vault = this.#session.unlocked;
    if (vault) lookAgainAfter(vault, name);
  }

  /** Runs a handler and records what became of it: done with the change itself, or here; failed always here. */
  async #audited(
    name: OperationName,
    declared: Operation,
    vault: OpenVault,
    work: () => Result<unknown> | Promise<Result<unknown>>,
  ): Promise<Result<unknown>> {
    const { audit } = declared;
    let result: Result<unknown>;
    try {
      result = await work();
    } catch (error) {
      if (audit !== null) {
        const reason = error instanceof ExpectedError ? error.error.code : 'INTERNAL';
        await recordEvent(vault, this.#options.now(), { action: audit, outcome: 'failed', reason });
      }
      throw error;
    }
    if (audit === null) return result;
    if (!result.ok) {
      await recordEvent(vault, this.#options.now(), { action: audit, outcome: 'failed', reason: result.error.code });
    } else if (!auditedInTransaction.has(name)) {
      await recordEvent(vault, this.#options.now(), { action: audit, outcome: 'done' });
    }
    return result;
  }

  async #refused(action: string, reason: string): Promise<void> {
    const vault = this.#session.unlocked;
    if (vault) await recordEvent(vault, this.#options.now(), { action, outcome: 'refused', reason });
  }

  #defect(error: unknown): Failure {
    const incident = this.#options.newIncidentId();
    const kind = error instanceof Error ? error.name : 'unknown';
    const stack = process.env['TIDEMARK_DEBUG'] === '1' && error instanceof Error ? (error.stack ?? '') : '';
    return fail(
      'INTERNAL',
      `Something went wrong inside Tidemark (incident ${incident}).`,
      'What was stored before is unchanged. Try again; if it happens again, tell whoever looks after Tidemark the incident number.',
      { incident, kind, ...(stack === '' ? {} : { stack }) },
    );
  }
}
