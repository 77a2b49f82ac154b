import type { AuditEvent } from '#main/store/audit-log.ts';
import type { OpenVault } from './open-vault.ts';

/** Appends an audit event that no change of data belongs to. */
export async function recordEvent(
  vault: OpenVault,
  nowMs: number,
  event: Omit<AuditEvent, 'at' | 'user'>,
): Promise<void> {
  await vault.writeGate.run(() =>
    vault.store.commit({ at: new Date(nowMs).toISOString(), user: vault.user, ...event }, () => undefined),
  );
}
