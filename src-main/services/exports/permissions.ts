import { addPermission, listPermissions, type PermissionRecord, setWithdrawn } from '#main/store/export-records.ts';
import { setApproval } from '#main/store/rights-records.ts';
import type { ExportPermission } from '#shared/contract/exports.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { dayOfIso, isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';
import { fileRequest, permittingExports } from '../approvals/index.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { listUsers } from '../vault/index.ts';

type User = ReturnType<typeof listUsers>['users'][number];

const longestDays = 366;
/** Roles that see rows of single people on the screen. */
const seeing: readonly Role[] = ['analyst', 'clinician'];
/** Roles that decide on requests. */
const deciding: readonly Role[] = ['administrator', 'clinician'];

function hasAny(user: User, roles: readonly Role[]): boolean {
  return user.roles.some((role) => roles.includes(role));
}

function today(context: VaultContext): number {
  return londonDay(Math.floor(context.nowMs / 1_000));
}

function stateOf(record: PermissionRecord, users: readonly User[], day: number): ExportPermission['state'] {
  if (record.withdrawnAt !== null) return 'withdrawn';
  if (record.request.state === 'declined') return 'declined';
  // Somebody of the same name who came later was not meant.
  if (!users.some(({ name, createdAt }) => name === record.userName && createdAt === record.userSince)) return 'gone';
  if (record.untilDay < day) return 'over';
  return record.request.state === 'waiting' ? 'waiting' : 'in-force';
}

function summaryOf(record: PermissionRecord, users: readonly User[], day: number): ExportPermission {
  const { request } = record;
  return {
    id: record.id,
    user: record.userName,
    until: isoOfDay(record.untilDay),
    reason: request.reason,
    askedAt: request.requestedAt,
    askedBy: request.requestedBy,
    agreedBy: request.state === 'approved' ? request.decidedBy : null,
    state: stateOf(record, users, day),
    withdrawnBy: record.withdrawnBy,
  };
}

function summaries(context: VaultContext): ExportPermission[] {
  const { users } = listUsers(context.vault);
  const day = today(context);
  return listPermissions(context.vault.store.connection).map((record) => summaryOf(record, users, day));
}

export function exportPermissions(context: VaultContext): OutputOf<'exports.permissions'> {
  const { users } = listUsers(context.vault);
  return {
    permissions: summaries(context),
    users: users.filter((user) => hasAny(user, seeing)).map(({ name }) => name),
  };
}

/** The permission of the user that is in force and lasts longest; null where none is. */
export function permissionInForce(context: VaultContext): ExportPermission | null {
  const own = summaries(context).filter(({ user, state }) => user === context.vault.user && state === 'in-force');
  return own.reduce<ExportPermission | null>((best, one) => (best && best.until >= one.until ? best : one), null);
}

export function ownPermission(context: VaultContext): OutputOf<'exports.own'> {
  return { until: permissionInForce(context)?.until ?? null };
}

function badDay(): Result<never> {
  return fail(
    'BAD_INPUT',
    'A permission lasts at least until today and at most a year.',
    'Nothing was changed. Choose a day within the next 366.',
  );
}

/** Files a request that another person agrees to; where nobody else could, it holds at once and the audit log says so. */
export function permitExports(
  context: VaultContext,
  { user: name, until, reason }: InputOf<'exports.permit'>,
): Promise<Result<ExportPermission>> {
  const { vault } = context;
  return vault.writeGate.run(() => {
    const { users } = listUsers(vault);
    const user = users.find((candidate) => candidate.name === name);
    if (!user || !hasAny(user, seeing)) {
      return fail(
        'BAD_INPUT',
        'There is no analyst or clinician of that name in this vault.',
        'Nothing was changed. Only they see rows of single people; list the users to see their roles.',
      );
    }
    const day = today(context);
    const untilDay = dayOfIso(until);
    if (untilDay === null || untilDay < day || untilDay > day + longestDays) return badDay();
    const alone = !users.some((other) => other.name !== vault.user && other.name !== name && hasAny(other, deciding));
    const event = { ...doneEvent(context, 'export.permit', `user ${name}`, { until, alone }), reason };
    const id = vault.store.commit(event, (transaction) => {
      const request = fileRequest(transaction, context, { action: permittingExports, object: name, reason });
      if (alone) setApproval(transaction, request.id, { state: 'done', decidedAt: isoTime(context) });
      const { createdAt: userSince } = user;
      return addPermission(transaction, { approvalId: request.id, userName: name, userSince, untilDay });
    });
    return found(context, id);
  });
}

function found(context: VaultContext, id: number): Result<ExportPermission> {
  const permission = summaries(context).find((one) => one.id === id);
  return permission ? ok(permission) : fail('NOT_FOUND', 'There is no such permission.', 'Nothing was changed.');
}

/** Ends a permission, or takes a request back before anybody has agreed to it. */
export function withdrawPermission(context: VaultContext, id: number): Promise<Result<ExportPermission>> {
  const { vault } = context;
  return vault.writeGate.run(() => {
    const record = listPermissions(vault.store.connection).find((one) => one.id === id);
    if (!record) return fail('NOT_FOUND', 'There is no such permission.', 'Nothing was changed.');
    if (record.withdrawnAt !== null) {
      return fail('BAD_INPUT', 'That permission has been ended already.', 'Nothing was changed.');
    }
    const at = isoTime(context);
    vault.store.commit(doneEvent(context, 'export.withdraw', `user ${record.userName}`), (transaction) => {
      setWithdrawn(transaction, id, at, vault.user);
      if (record.request.state === 'waiting') {
        setApproval(transaction, record.approvalId, { state: 'declined', decidedAt: at, decidedBy: vault.user });
      }
    });
    return found(context, id);
  });
}
