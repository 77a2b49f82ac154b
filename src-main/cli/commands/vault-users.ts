import type { OutputOf } from '#shared/contract/index.ts';
import { type Role, roles } from '#shared/domain/roles.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { type Caller, withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readPassphrase } from '../secrets.ts';

type User = OutputOf<'users.add'>['user'];
export type RekeyDue = OutputOf<'users.list'>['rekeyDue'];

export function rolesOf(args: Arguments): Role[] {
  const text = args.text('role');
  if (text === undefined)
    throw usageError('vault needs --role, such as --role analyst or --role administrator,analyst.');
  return text.split(',').map((name) => {
    const role = roles.find((candidate) => candidate === name.trim());
    if (!role) throw usageError(`There is no role “${name.trim()}”. The roles are: ${roles.join(', ')}.`);
    return role;
  });
}

/** What is still to be done about keys after somebody left, for people; nothing where nothing is. */
export function dueLines({ dataKey, clinicKey }: RekeyDue): string[] {
  return [
    ...(dataKey === null ? [] : ['A change of keys is due: vault rekey DIR.']),
    ...(clinicKey === null ? [] : ['A new clinic key is due: a clinician runs vault rekey DIR.']),
  ];
}

const pendingLine = 'The clinician’s role is pending until a clinician, or the clinic recovery key, grants it.';

function lineOf({ name, roles: held, pendingRoles }: User): string {
  return `${name}: ${[...held, ...pendingRoles.map((role) => `${role} (pending)`)].join(', ')}`;
}

async function list({ call }: Caller): Promise<Answer> {
  const listed = await call('users.list', {});
  return { json: listed, text: [...listed.users.map(lineOf), ...dueLines(listed.rekeyDue)] };
}

async function remove({ call }: Caller, name: string): Promise<Answer> {
  const { rekeyDue } = await call('users.remove', { name });
  return {
    json: { removed: name, rekeyDue },
    text: [
      `Removed ${name}. They can no longer unlock this vault.`,
      'A copy of the vault made before opens with their old passphrase still.',
      ...dueLines(rekeyDue),
    ],
  };
}

async function setRoles({ call }: Caller, name: string, wanted: Role[]): Promise<Answer> {
  const changed = await call('users.setRoles', { name, roles: wanted });
  const pending = changed.user.pendingRoles.length > 0 ? [pendingLine] : [];
  return { json: changed, text: [lineOf(changed.user), ...pending, ...dueLines(changed.rekeyDue)] };
}

async function grant({ call }: Caller, name: string): Promise<Answer> {
  const granted = await call('users.grant', { name });
  return { json: granted, text: [`Enrolled ${name} as a clinician, from their next unlocking on.`] };
}

function add(args: Arguments, folder: string, name: string): Promise<Answer> {
  const wanted = rolesOf(args);
  const passphrase = readPassphrase(requiredPath(args, 'new-passphrase-file'));
  return withVault(args, folder, async ({ call }) => {
    const added = await call('users.add', { name, roles: wanted, passphrase });
    const pending = added.user.pendingRoles.length > 0;
    return { json: added, text: [`Added ${name}.`, ...(pending ? [pendingLine] : [])] };
  });
}

/** `vault users DIR list | add NAME | remove NAME | grant NAME | roles NAME` */
export function users(args: Arguments): Promise<Answer> {
  const folder = word(args, 1, 'the folder of the vault');
  const action = word(args, 2, 'list, add, remove, grant or roles');
  const name = (): string => word(args, 3, 'the name of the user');
  switch (action) {
    case 'list':
      return withVault(args, folder, list);
    case 'add':
      return add(args, folder, name());
    case 'remove': {
      const removed = name();
      return withVault(args, folder, (caller) => remove(caller, removed));
    }
    case 'grant': {
      const granted = name();
      return withVault(args, folder, (caller) => grant(caller, granted));
    }
    case 'roles': {
      const changed = name();
      const wanted = rolesOf(args);
      return withVault(args, folder, (caller) => setRoles(caller, changed, wanted));
    }
    default:
      throw usageError(`There is no “vault users … ${action}”.`);
  }
}
