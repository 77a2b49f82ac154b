import type { Connection } from '#main/store/connection.ts';
import { listReportRequests } from '#main/store/report-request-records.ts';
import {
  type ApprovalRecord,
  addApproval,
  findApproval,
  listApprovals,
  setApproval,
} from '#main/store/rights-records.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { isoTime, type VaultContext } from '../call-context.ts';
import { listUsers, type OpenVault } from '../vault/index.ts';

export { needsTwoPeople, setReleaseRule } from './release-rule.ts';

/** The action of a request that a user may take rows of single people out of the vault; its object is the user. */
export const permittingExports = 'exports.permit';

/** The action of a request to let a bundle out for other forces. */
export const releasingBundles = 'releases.share';

/** The action of a request to release a report; its object is the title. */
export const releasingReports = 'reports.build';

/** Files a request, in the transaction of whatever else it changes. Its audit event is the caller's. */
export function fileRequest(
  transaction: WriteTransaction,
  context: VaultContext,
  request: { readonly action: string; readonly object: string; readonly reason: string },
): ApprovalRecord {
  const id = addApproval(transaction, {
    ...request,
    requestedAt: isoTime(context),
    requestedBy: context.vault.user,
  });
  return findApproval(transaction.connection, id) as ApprovalRecord;
}

export function approvalList({ vault }: VaultContext): OutputOf<'approvals.list'> {
  return { approvals: listApprovals(vault.store.connection), othersCanDecide: !isAlone(vault) };
}

/** Requests that wait for the user to agree or decline: neither their own, nor of what they would be given. */
export function approvalsToDecide({ vault }: VaultContext): number {
  return listApprovals(vault.store.connection).filter(
    ({ state, requestedBy, action, object }) =>
      state === 'waiting' && requestedBy !== vault.user && !(action === permittingExports && object === vault.user),
  ).length;
}

/** Whether nobody but the user is in the vault, so that nobody else could agree to anything. */
function isAlone(vault: OpenVault): boolean {
  return listUsers(vault).users.length === 1;
}

/** Agrees or declines. Whoever asked never decides, whatever their roles. */
export function decideApproval(
  context: VaultContext,
  { id, agree, note, seen }: InputOf<'approvals.decide'>,
): Promise<Result<OutputOf<'approvals.decide'>>> {
  const { vault } = context;
  const { connection } = vault.store;
  return vault.writeGate.run(() => {
    const request = findApproval(connection, id);
    if (!request) return fail('NOT_FOUND', 'There is no such request.', 'Nothing was changed.');
    if (request.requestedBy === vault.user) {
      return fail(
        'FORBIDDEN',
        'Whoever makes a request cannot decide on it.',
        'Nothing was changed. Ask another administrator or clinician.',
      );
    }
    if (request.action === permittingExports && request.object === vault.user) {
      return fail(
        'FORBIDDEN',
        'Nobody decides on what they would be given themselves.',
        'Nothing was changed. Ask another administrator or clinician.',
      );
    }
    if (request.state !== 'waiting') {
      return fail('BAD_INPUT', 'That request has been decided already.', 'Nothing was changed.');
    }
    if (agree && !hasSeen(connection, request, seen)) {
      return fail(
        'BAD_INPUT',
        'Whoever agrees to a report agrees to what they were shown of it, and that is not what was asked for.',
        'Nothing was changed. Look at the report first; where it is another by now, decline.',
      );
    }
    const state = agree ? ('approved' as const) : ('declined' as const);
    const decidedAt = isoTime(context);
    vault.store.commit(
      {
        at: decidedAt,
        user: vault.user,
        action: 'approval.decide',
        object: `request ${id}`,
        outcome: 'done',
        ...(note === '' ? {} : { reason: note }),
        details: { what: request.action, agreed: agree },
      },
      (transaction) => setApproval(transaction, id, { state, decidedAt, decidedBy: vault.user, note }),
    );
    return ok(findApproval(connection, id) as ApprovalRecord);
  });
}

/** A report is agreed to by the hash of what was shown; what else is asked for says all in its request. */
function hasSeen(connection: Connection, { id, action }: ApprovalRecord, seen: string | undefined): boolean {
  if (action !== releasingReports) return true;
  return listReportRequests(connection).some((asked) => asked.id === id && asked.contentHash === seen);
}

/** A request that may now be carried out, with who agreed; null where nobody else is in the vault to ask. */
export function agreedRequest(
  vault: OpenVault,
  connection: Connection,
  id: number,
  action: string,
): Result<{ readonly request: ApprovalRecord; readonly agreedBy: string | null }> {
  const request = findApproval(connection, id);
  if (request?.action !== action) return fail('NOT_FOUND', 'There is no such request.', 'Nothing was changed.');
  if (request.state === 'approved') return ok({ request, agreedBy: request.decidedBy });
  if (request.state === 'waiting' && isAlone(vault)) return ok({ request, agreedBy: null });
  const said = {
    waiting: ['Nobody has agreed to this request yet.', 'Ask another administrator or clinician to look at it.'],
    declined: ['This request was declined.', 'Make another one if things have changed.'],
    done: ['This request has been carried out already.', 'There is nothing left to do.'],
  }[request.state];
  return fail('FORBIDDEN', said[0] ?? '', `Nothing was changed. ${said[1] ?? ''}`);
}
