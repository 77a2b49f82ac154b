import { zero } from '#main/crypto/secret-bytes.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';
import { type KeyringUser, readKeyring, verifyKeyring, writeKeyring } from './keyring.ts';
import { makeKeyringUser, rewrapUser, unwrapPrivateKey } from './keys.ts';
import type { OpenVault } from './open-vault.ts';
import { checkPassphrase } from './passphrase-policy.ts';

export type UserSummary = {
  readonly name: string;
  readonly roles: Role[];
  readonly pendingRoles: Role[];
  readonly createdAt: string;
};

function summaryOf(user: KeyringUser): UserSummary {
  return {
    name: user.name,
    roles: [...user.roles],
    pendingRoles: [...user.pendingRoles],
    createdAt: user.createdAt,
  };
}

function currentKeyring(vault: OpenVault) {
  const keyring = readKeyring(vault.folder);
  verifyKeyring(keyring, vault.keys.dataKey);
  return keyring.body;
}

export function listUsers(vault: OpenVault): UserSummary[] {
  return currentKeyring(vault).users.map(summaryOf);
}

/** Adds a user. The clinician's role stays pending until a clinician, or the clinic recovery key, grants it. */
export async function addUser(
  vault: OpenVault,
  request: { readonly name: string; readonly roles: readonly Role[]; readonly passphrase: string },
  nowMs: number,
): Promise<Result<UserSummary>> {
  const strong = await checkPassphrase(request.passphrase);
  if (!strong.ok) return strong;
  const body = currentKeyring(vault);
  if (body.users.some((user) => user.name.toLowerCase() === request.name.toLowerCase())) {
    return fail('BAD_INPUT', 'There is already a user of that name.', 'Nothing was changed. Choose another name.');
  }
  const asked = [...new Set(request.roles)];
  const clinicPrivateKey = asked.includes('clinician') ? (vault.keys.clinicPair?.privateKey ?? null) : null;
  const pendingRoles = asked.filter((role) => role === 'clinician' && clinicPrivateKey === null);
  const user = await makeKeyringUser({
    name: request.name,
    roles: asked.filter((role) => !pendingRoles.includes(role)),
    pendingRoles,
    passphrase: request.passphrase,
    createdAt: new Date(nowMs).toISOString(),
    dataKey: vault.keys.dataKey,
    clinicPrivateKey,
  });
  writeKeyring(vault.folder, { ...body, users: [...body.users, user] }, vault.keys.dataKey);
  return ok(summaryOf(user));
}

/** Changes the passphrase of the user who has the vault unlocked; no page of the store is re-encrypted. */
export async function changePassphrase(
  vault: OpenVault,
  request: { readonly passphrase: string; readonly newPassphrase: string },
): Promise<Result<null>> {
  const strong = await checkPassphrase(request.newPassphrase);
  if (!strong.ok) return strong;
  const body = currentKeyring(vault);
  const user = body.users.find((candidate) => candidate.name === vault.user);
  const privateKey = user ? await unwrapPrivateKey(user, request.passphrase) : null;
  if (!user || !privateKey) {
    return fail('WRONG_PASSPHRASE', 'The present passphrase is not right.', 'Nothing was changed.');
  }
  const changed = await rewrapUser(user, privateKey, request.newPassphrase);
  zero(privateKey);
  const users = body.users.map((candidate) => (candidate.name === changed.name ? changed : candidate));
  writeKeyring(vault.folder, { ...body, users }, vault.keys.dataKey);
  return ok(null);
}
