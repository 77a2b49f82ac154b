import { hasKeyring, readKeyring } from './keyring.ts';

export { writeFileAtomically as writeSettings } from '#main/store/files.ts';
export { checkVault } from './check-vault.ts';
export { createVault } from './create-vault.ts';
export { hasKeyring, parseKeyring, readKeyring, spellKeyring, verifyKeyring } from './keyring.ts';
export { openUserKeys, unwrapFromRecovery, unwrapPrivateKey, unwrapPseudonymKey } from './keys.ts';
export { lockAfterMinutes, setLockAfter } from './lock-after.ts';
export type { OpenVault } from './open-vault.ts';
export { recordEvent } from './record-event.ts';
export { recoverVault } from './recover-vault.ts';
export { rekeyVault } from './rekey-vault.ts';
export { saveRecoveryKey } from './save-recovery.ts';
export { lockVault, unlockVault } from './unlock-vault.ts';
export { addUser, changePassphrase, grantClinician, listUsers, removeUser, setRoles } from './users.ts';

/** Names of a vault's users, for the lock screen; none where the keyring cannot be read. */
export function userNamesOf(folder: string): string[] {
  if (!hasKeyring(folder)) return [];
  try {
    return readKeyring(folder).body.users.map((user) => user.name);
  } catch {
    return [];
  }
}
