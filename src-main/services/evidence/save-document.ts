import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { addEvidence, type EvidenceKind, type EvidenceRecord, newestVersion } from '#main/store/evidence-records.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';

export type DocumentPlace = { readonly review: string; readonly kind: EvidenceKind; readonly item: string };
export type SavedDocument = { readonly item: string; readonly version: number; readonly hash: string };

const unchanged = 'Nothing was saved.';

/** A version that follows the newest. What was left out of a document and what is `undefined` is the same. */
export function nextVersion(
  context: VaultContext,
  place: DocumentPlace,
  document: object | null,
  reason = '',
): Omit<EvidenceRecord, 'id'> {
  const { store, user } = context.vault;
  const body = document === null ? null : canonicalJson(JSON.parse(JSON.stringify(document)));
  const version = newestVersion(store.connection, place).version + 1;
  return { ...place, version, body, bodyHash: sha256Hex(body ?? ''), reason, at: isoTime(context), user };
}

/** Adds the next version of a document. Refused where another has come since it was read, or where it says nothing new. */
export function saveDocument(
  context: VaultContext,
  action: string,
  place: DocumentPlace,
  { document, seen }: { readonly document: object; readonly seen: number },
): Result<SavedDocument> {
  const newest = newestVersion(context.vault.store.connection, place);
  // What was taken back is not there to be read: it begins again.
  const standing = newest.body === null ? 0 : newest.version;
  if (standing !== seen) {
    return fail(
      'BAD_INPUT',
      seen === 0 ? `There is already a ${place.kind} “${place.item}”.` : 'Somebody has saved another version since.',
      `${unchanged} Read it again, and save it then.`,
      { version: standing },
    );
  }
  const record = nextVersion(context, place, document);
  if (newest.body === record.body) {
    return fail(
      'BAD_INPUT',
      `The ${place.kind} “${place.item}” says that already.`,
      `${unchanged} Change something first.`,
    );
  }
  return ok(commitDocument(context, action, record));
}

export function commitDocument(
  context: VaultContext,
  action: string,
  record: Omit<EvidenceRecord, 'id'>,
): SavedDocument {
  const { review, kind, item, version, bodyHash: hash } = record;
  const event = doneEvent(context, action, `review ${review}, ${kind} ${item}`, { version, hash });
  context.vault.store.commit(event, (transaction) => addEvidence(transaction, [record]));
  return { item, version, hash };
}
