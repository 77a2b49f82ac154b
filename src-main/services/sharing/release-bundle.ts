import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { fingerprintOf } from '#main/crypto/sign.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import { addReleaseRecord } from '#main/store/release-records.ts';
import { addReleaseRequest, listReleaseRequests } from '#main/store/release-request-records.ts';
import { setApproval } from '#main/store/rights-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReleaseSpec } from '#shared/contract/release-spec.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { fileRequest, needsTwoPeople, releasingBundles } from '../approvals/index.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { withSigningKey } from '../signing/index.ts';
import { writeBundle } from './bundle-file.ts';
import { type MadeBody, makeBody } from './release/make-body.ts';

/** What would leave, to be looked at: nothing is written, and nothing is entered anywhere. */
export async function prepareRelease(
  context: VaultContext,
  { spec }: { readonly spec: ReleaseSpec },
): Promise<Result<OutputOf<'releases.prepare'>>> {
  const made = await makeBody(context, spec);
  if (!made.ok) return made;
  const { body, hash, counts, withheld, notes } = made.value;
  return ok({ body, hash, counts, withheld, notes: [...notes], twoPeople: needsTwoPeople(context.vault) });
}

/** Where a release stands that somebody else has to agree to; it is of exactly this body. */
type Agreement =
  | { readonly kind: 'agreed'; readonly request: number | null }
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting' | 'declined'; readonly request: number };

function agreementTo({ vault }: VaultContext, hash: string): Agreement {
  if (!needsTwoPeople(vault)) return { kind: 'agreed', request: null };
  const own = listReleaseRequests(vault.store.connection).find(
    ({ bodyHash, state }) => bodyHash === hash && state !== 'done',
  );
  if (!own) return { kind: 'none' };
  if (own.state === 'approved') return { kind: 'agreed', request: own.id };
  return { kind: own.state === 'declined' ? 'declined' : 'waiting', request: own.id };
}

function askForAgreement(
  context: VaultContext,
  { hash, counts, withheld }: MadeBody,
  spec: ReleaseSpec,
  reason: string,
): Promise<number> {
  const { vault } = context;
  const event = { ...doneEvent(context, 'release.ask', `bundle ${hash}`, { counts, withheld }), reason };
  return vault.writeGate.run(() =>
    vault.store.commit(event, (transaction) => {
      const object = `bundle ${hash.slice(0, 16)}`;
      const { id } = fileRequest(transaction, context, { action: releasingBundles, object, reason });
      addReleaseRequest(transaction, { approvalId: id, spec: JSON.stringify(spec), bodyHash: hash });
      return id;
    }),
  );
}

/**
 * Lets a bundle out: what may leave is decided together with everything let out before, entered in the log, and only then written. Where the
 * vault asks for two people, the first call files a request, and the bundle is written once another person has agreed to exactly this body.
 */
export async function releaseBundle(
  context: VaultContext,
  { spec, reason, file }: { readonly spec: ReleaseSpec; readonly reason: string; readonly file: string },
): Promise<Result<OutputOf<'releases.share'>>> {
  const target = resolve(file);
  if (existsSync(target)) {
    return fail('BAD_INPUT', 'There is a file of that name already.', 'Nothing was written. Choose another name.');
  }
  const made = await makeBody(context, spec);
  if (!made.ok) return made;
  const { hash, counts, withheld, notes } = made.value;
  const told = { hash, counts, withheld, notes: [...notes] };
  const agreement = agreementTo(context, hash);
  if (agreement.kind === 'declined') {
    return fail(
      'FORBIDDEN',
      'Somebody declined this release.',
      'Nothing was written. Ask for another one if things have changed.',
    );
  }
  if (agreement.kind !== 'agreed') {
    const request =
      agreement.kind === 'none' ? await askForAgreement(context, made.value, spec, reason) : agreement.request;
    return ok({ ...told, state: 'waiting', request, file: null, fingerprint: null, sha256: null });
  }
  if (context.signal.aborted) return fail('CANCELLED', 'The release was cancelled.', 'Nothing was written.');
  const { text, fingerprint } = await signIntoLog(context, made.value, { spec, reason, request: agreement.request });
  writeFileAtomically(target, text);
  return ok({
    ...told,
    ...{ state: 'written', request: agreement.request, file: target, fingerprint, sha256: sha256Hex(text) },
  });
}

type Leaving = {
  readonly spec: ReleaseSpec;
  readonly reason: string;
  /** That somebody agreed to; null where nobody had to. */
  readonly request: number | null;
};

/** Signs a body and enters it in the log of releases, all in one transaction. */
function signIntoLog(
  context: VaultContext,
  { body, hash, counts, withheld, release }: MadeBody,
  { spec, reason, request }: Leaving,
): Promise<{ readonly text: string; readonly fingerprint: string }> {
  const { vault } = context;
  return withSigningKey(context, ({ pair, keep }) => {
    const text = writeBundle(body, pair);
    const sha256 = sha256Hex(text);
    const details = { sha256, counts, withheld, twoPeople: request !== null };
    const record = {
      kind: 'bundle' as const,
      title: `Bundle of ${spec.force}, ${spec.from.slice(0, 7)} to ${spec.to.slice(0, 7)}`,
      releasedAt: isoTime(context),
      releasedBy: vault.user,
      purpose: reason,
      marking: spec.marking,
      manifestHash: sha256,
      ...{ counts, withheld },
    };
    vault.store.commit({ ...doneEvent(context, 'release.share', `bundle ${hash}`, details), reason }, (transaction) => {
      keep(transaction);
      addReleaseRecord(transaction, record, JSON.stringify(release));
      if (request !== null) setApproval(transaction, request, { state: 'done' });
    });
    return { text, fingerprint: fingerprintOf(pair.publicKey) };
  });
}
