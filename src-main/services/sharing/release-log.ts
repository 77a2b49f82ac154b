import { addWithdrawal, listReleaseRecords } from '#main/store/release-records.ts';
import { listReleaseRequests } from '#main/store/release-request-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { releaseSpecSchema } from '#shared/contract/release-spec.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { needsTwoPeople } from '../approvals/index.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';

/** What was let out of the vault, reports and bundles alike, newest first. */
export function listReleases({ vault }: VaultContext): Result<OutputOf<'releases.list'>> {
  return ok({ releases: listReleaseRecords(vault.store.connection) });
}

/** Takes a release back by word: it stays in the log, because what is out is out, and those who have it are to be told. */
export function withdrawRelease(
  context: VaultContext,
  { id, reason }: InputOf<'releases.withdraw'>,
): Promise<Result<OutputOf<'releases.withdraw'>>> {
  const { vault } = context;
  const { connection } = vault.store;
  return vault.writeGate.run(() => {
    const found = listReleaseRecords(connection).find((record) => record.id === id);
    if (!found) return fail('NOT_FOUND', 'There is no such release.', 'Nothing was changed.');
    if (found.withdrawn !== null) {
      return fail('BAD_INPUT', 'That release has been withdrawn already.', 'Nothing was changed.');
    }
    const withdrawal = { at: isoTime(context), user: vault.user, reason };
    const event = { ...doneEvent(context, 'release.withdraw', `${found.kind} ${found.manifestHash}`), reason };
    vault.store.commit(event, (transaction) => addWithdrawal(transaction, { releasedId: id, ...withdrawal }));
    return ok({ ...found, withdrawn: withdrawal });
  });
}

/** Requests to let a bundle out, with their specs, so that whoever is to agree can look at what would leave. */
export function releaseRequests({ vault }: VaultContext): Result<OutputOf<'releases.requests'>> {
  const requests = listReleaseRequests(vault.store.connection).map(({ spec, bodyHash, ...request }) => ({
    ...request,
    hash: bodyHash,
    spec: releaseSpecSchema.parse(JSON.parse(spec)),
  }));
  return ok({ requests, twoPeople: needsTwoPeople(vault) });
}
