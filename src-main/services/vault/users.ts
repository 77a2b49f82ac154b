import { zero } from '#main/crypto/secret-bytes.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { type Failure, fail, ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { changeKeyring, currentKeyring } from './change-keyring.ts';
import type { KeyringBody, KeyringUser } from './keyring.ts';
import { enrolClinician, makeKeyringUser, rewrapUser, unwrapPrivateKey } from './keys.ts';
import type { OpenVault } from './open-vault.ts';
import { checkPassphrase } from './passphrase-policy.ts';

type UserSummary = OutputOf<'users.add'>['user'];
type RekeyDue = OutputOf<'users.list'>['rekeyDue'];

function summaryOf(user: KeyringUser): UserSummary {
  return {
    name: user.name,
    roles: [...user.roles],
    pendingRoles: [...user.pendingRoles],
    createdAt: user.createdAt,
  };
}

export function listUsers(vault: OpenVault): { users: UserSummary[]; rekeyDue: RekeyDue } {
  const { users, rekeyDue } = currentKeyring(vault);
  return { users: users.map(summaryOf), rekeyDue };
}

/** Adds a user. The clinician's role stays pending until a clinician, or the clinic recovery key, grants it. */
export async function addUser(
  context: VaultContext,
  request: { readonly name: string; readonly roles: readonly Role[]; readonly passphrase: string },
): Promise<Result<UserSummary>> {
  const strong = await checkPassphrase(request.passphrase);
  if (!strong.ok) return strong;
  const { vault } = context;
  return changeKeyring(vault, async (body) => {
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
      createdAt: isoTime(context),
      dataKey: vault.keys.dataKey,
      clinicPrivateKey,
    });
    const details = { roles: user.roles.join(','), pendingRoles: pendingRoles.join(',') };
    return ok({
      body: { ...body, users: [...body.users, user] },
      event: doneEvent(context, 'user.add', user.name, details),
      value: summaryOf(user),
    });
  });
}

function noUser(name: string): Failure {
  return fail(
    'NOT_FOUND',
    `There is no user “${name}” in this vault.`,
    'Nothing was changed. List the users to see them.',
  );
}

/** Refuses a change after which nobody could look after the vault, or open what is sealed. */
function refuseLast(body: KeyringBody, user: KeyringUser, rolesKept: readonly Role[]): Failure | null {
  for (const role of ['administrator', 'clinician'] as const) {
    const goes = user.roles.includes(role) && !rolesKept.includes(role);
    if (goes && !body.users.some((other) => other.name !== user.name && other.roles.includes(role))) {
      return fail(
        'BAD_INPUT',
        `${user.name} is the last ${role} of this vault.`,
        `Nothing was changed. ${role === 'clinician' ? 'Enrol' : 'Add'} another ${role} first.`,
      );
    }
  }
  return null;
}

/** What somebody takes along who could open the store, and perhaps what is sealed, and no longer may. */
function dueAfter(body: KeyringBody, at: string, goes: { readonly data: boolean; readonly clinic: boolean }): RekeyDue {
  const { dataKey, clinicKey } = body.rekeyDue;
  return { dataKey: goes.data ? (dataKey ?? at) : dataKey, clinicKey: goes.clinic ? (clinicKey ?? at) : clinicKey };
}

/** Removes a user. Whoever had a copy of the vault and their passphrase can still open that copy, so a rekey is due. */
export function removeUser(context: VaultContext, name: string): Promise<Result<{ rekeyDue: RekeyDue }>> {
  return changeKeyring(context.vault, (body) => {
    const user = body.users.find((candidate) => candidate.name === name);
    if (!user) return noUser(name);
    const refusal = refuseLast(body, user, []);
    if (refusal) return refusal;
    const hadClinicKey = user.sealedClinicKey !== null;
    const rekeyDue = dueAfter(body, isoTime(context), { data: true, clinic: hadClinicKey });
    return ok({
      body: { ...body, users: body.users.filter((other) => other !== user), rekeyDue },
      event: doneEvent(context, 'user.remove', name, { roles: user.roles.join(','), hadClinicKey }),
      value: { rekeyDue },
    });
  });
}

/** Gives a user other roles. The clinician's is pending where nobody who holds the clinic key gives it. */
export function setRoles(
  context: VaultContext,
  { name, roles }: { readonly name: string; readonly roles: readonly Role[] },
): Promise<Result<{ user: UserSummary; rekeyDue: RekeyDue }>> {
  const clinicPrivateKey = context.vault.keys.clinicPair?.privateKey ?? null;
  return changeKeyring(context.vault, (body) => {
    const user = body.users.find((candidate) => candidate.name === name);
    if (!user) return noUser(name);
    const refusal = refuseLast(body, user, roles);
    if (refusal) return refusal;
    const asked = [...new Set(roles)];
    const clinician = asked.includes('clinician');
    const isClinician = user.roles.includes('clinician');
    const pending = clinician && !isClinician && clinicPrivateKey === null;
    const stays: KeyringUser = {
      ...user,
      roles: asked.filter((role) => role !== 'clinician' || isClinician),
      pendingRoles: pending ? ['clinician'] : [],
      sealedClinicKey: clinician ? user.sealedClinicKey : null,
    };
    const changed = clinician && !isClinician && clinicPrivateKey ? enrolClinician(stays, clinicPrivateKey) : stays;
    const clinicGoes = user.sealedClinicKey !== null && !clinician;
    const rekeyDue = dueAfter(body, isoTime(context), { data: false, clinic: clinicGoes });
    const details = { roles: changed.roles.join(','), pendingRoles: changed.pendingRoles.join(',') };
    return ok({
      body: { ...body, users: body.users.map((other) => (other === user ? changed : other)), rekeyDue },
      event: doneEvent(context, 'user.roles', name, details),
      value: { user: summaryOf(changed), rekeyDue },
    });
  });
}

/** A clinician enrols one whose role is pending: seals the clinic's private key to their public half. */
export function grantClinician(context: VaultContext, name: string): Promise<Result<UserSummary>> {
  return changeKeyring(context.vault, (body) => {
    const user = body.users.find((candidate) => candidate.name === name);
    if (!user) return noUser(name);
    if (!user.pendingRoles.includes('clinician')) {
      return fail(
        'BAD_INPUT',
        `${name} is not waiting to be enrolled as a clinician.`,
        'Nothing was changed. An administrator gives the role first.',
      );
    }
    const { clinicPair } = context.vault.keys;
    if (!clinicPair) {
      return fail(
        'FORBIDDEN',
        'Enrolling a clinician needs the clinic key.',
        'Nothing was changed. Unlock again first.',
      );
    }
    const granted = enrolClinician(user, clinicPair.privateKey);
    return ok({
      body: { ...body, users: body.users.map((other) => (other === user ? granted : other)) },
      event: doneEvent(context, 'user.grant', name, { role: 'clinician' }),
      value: summaryOf(granted),
    });
  });
}

/** Changes the passphrase of the user who has the vault unlocked; no page of the store is re-encrypted. */
export async function changePassphrase(
  context: VaultContext,
  request: { readonly passphrase: string; readonly newPassphrase: string },
): Promise<Result<Record<string, never>>> {
  const strong = await checkPassphrase(request.newPassphrase);
  if (!strong.ok) return strong;
  return changeKeyring(context.vault, async (body) => {
    const user = body.users.find((candidate) => candidate.name === context.vault.user);
    const privateKey = user ? await unwrapPrivateKey(user, request.passphrase) : null;
    if (!user || !privateKey) {
      return fail('WRONG_PASSPHRASE', 'The present passphrase is not right.', 'Nothing was changed.');
    }
    const changed = await rewrapUser(user, privateKey, request.newPassphrase);
    zero(privateKey);
    return ok({
      body: { ...body, users: body.users.map((other) => (other === user ? changed : other)) },
      event: doneEvent(context, 'user.passphrase', user.name),
      value: {},
    });
  });
}
