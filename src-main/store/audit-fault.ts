import { chainLink } from '#main/crypto/hash-chain.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { Connection } from './connection.ts';

/** What can be wrong with the first link that does not hold. */
export type AuditFaultKind =
  | 'edited'
  | 'deleted'
  | 'reordered'
  | 'inserted'
  | 'tail-cut'
  | 'head-missing'
  | 'head-damaged'
  | 'head-changed'
  | 'head-rolled-back'
  | 'head-differs';

type Link = {
  readonly sequence: number;
  readonly hash: string;
  readonly previous_hash: string;
  readonly event: string;
};

/** How far from its place a moved link is looked for. */
const placesSearched = 2_000;

/** The refusal that names a broken link: which entry, and what is wrong with it. */
export function auditBroken(fault: AuditFaultKind, message: string, entry: number | null = null): ExpectedError {
  return new ExpectedError(
    'AUDIT_BROKEN',
    message,
    'Nothing was changed. Keep this folder as it is, tell your information-security lead, and restore from a backup.',
    { fault, ...(entry === null ? {} : { entry }) },
  );
}

/** The place that a link was made for: its hash says so, wherever it stands now. Null where none fits. */
function placeMadeFor(link: Link): number | null {
  const first = Math.max(1, link.sequence - placesSearched);
  for (let place = first; place <= link.sequence + placesSearched; place += 1) {
    if (chainLink(link.previous_hash, place, link.event) === link.hash) return place;
  }
  return null;
}

/** Says what is wrong with `link`, the first that does not follow from `before`. */
export function linkFault(connection: Connection, before: Pick<Link, 'sequence' | 'hash'>, link: Link): ExpectedError {
  const expected = before.sequence + 1;
  const copies = connection
    .prepare<[string, number], number>('SELECT 1 FROM audit WHERE hash = ? AND sequence <> ?')
    .pluck();
  if (copies.get(link.hash, link.sequence) !== undefined) {
    return auditBroken(
      'inserted',
      `Entry ${expected} of the audit log was put in: it repeats another entry.`,
      expected,
    );
  }
  if (link.sequence > expected && link.previous_hash !== before.hash) {
    return auditBroken('deleted', `Entry ${expected} of the audit log was deleted.`, expected);
  }
  const made = placeMadeFor(link);
  if (link.previous_hash === before.hash) {
    return link.sequence === expected || made === null
      ? auditBroken('edited', `Entry ${link.sequence} of the audit log was edited.`, link.sequence)
      : auditBroken('reordered', `Entry ${expected} of the audit log stands in another place.`, expected);
  }
  // The link that truly follows still stands somewhere behind: what is in its place is another.
  const follower = connection
    .prepare<[string, number], number>('SELECT sequence FROM audit WHERE previous_hash = ? AND sequence > ?')
    .pluck()
    .get(before.hash, link.sequence);
  if (follower !== undefined) {
    return made === null
      ? auditBroken('inserted', `Entry ${expected} of the audit log was put in.`, expected)
      : auditBroken('reordered', `Entry ${expected} of the audit log was exchanged with another entry.`, expected);
  }
  return made !== null && made > expected
    ? auditBroken('deleted', `Entry ${expected} of the audit log was deleted, and those after it moved up.`, expected)
    : auditBroken('edited', `Entry ${expected} of the audit log was edited.`, expected);
}
