import type { AuditEvent } from '#main/store/audit-log.ts';
import type { PreparedFile } from '#main/store/files.ts';
import type { Result } from '#shared/domain/result.ts';
import { type KeyringBody, prepareKeyring, readKeyring, verifyKeyring } from './keyring.ts';
import type { OpenVault } from './open-vault.ts';

type Change<Value> = { readonly body: KeyringBody; readonly event: AuditEvent; readonly value: Value };

/** The keyring of an open vault, every byte of it authenticated. */
export function currentKeyring(vault: OpenVault): KeyringBody {
  const keyring = readKeyring(vault.folder);
  verifyKeyring(keyring, vault.keys.dataKey);
  return keyring.body;
}

/**
 * Changes the keyring, one change at a time. The new one is written beside the old and the audit event committed before it is
 * put in place: a crash may leave a record of a change that was not made, never a change without its record.
 */
export function changeKeyring<Value>(
  vault: OpenVault,
  work: (body: KeyringBody) => Result<Change<Value>> | Promise<Result<Change<Value>>>,
): Promise<Result<Value>> {
  return vault.writeGate.run(async () => {
    const changed = await work(currentKeyring(vault));
    if (!changed.ok) return changed;
    const { body, event, value } = changed.value;
    putRecorded(prepareKeyring(vault.folder, body, vault.keys.dataKey), () =>
      vault.store.commit(event, () => undefined),
    );
    return { ok: true, value };
  });
}

/** Records a change and then puts its prepared file in place; takes the file back where the record cannot be stored. */
export function putRecorded(prepared: PreparedFile, record: () => void): void {
  try {
    record();
  } catch (error) {
    prepared.discard();
    throw error;
  }
  prepared.put();
}
