import type { AuditEvent } from '#main/store/audit-log.ts';
import type { Progress } from '#shared/contract/index.ts';
import { londonDay } from '#shared/domain/dates.ts';
import type { OpenVault } from './vault/open-vault.ts';

/** What every use case is given: the time, someone to tell about progress, and a way to be stopped. */
export type CallContext = {
  readonly nowMs: number;
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
};

/** A call made with a vault unlocked. */
export type VaultContext = CallContext & { readonly vault: OpenVault };

export function isoTime(context: CallContext): string {
  return new Date(context.nowMs).toISOString();
}

/** The local day of a call. */
export function todayOf({ nowMs }: CallContext): number {
  return londonDay(Math.floor(nowMs / 1_000));
}

/** The audit event of a call that has done its work. */
export function doneEvent(
  context: VaultContext,
  action: string,
  object?: string,
  details?: AuditEvent['details'],
): AuditEvent {
  return {
    at: isoTime(context),
    user: context.vault.user,
    action,
    outcome: 'done',
    ...(object === undefined ? {} : { object }),
    ...(details === undefined ? {} : { details }),
  };
}
