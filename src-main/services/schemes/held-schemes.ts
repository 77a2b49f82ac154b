import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  listSchemeEvents,
  listSchemeVersions,
  type SchemeEventRecord,
  type SchemeVersionRecord,
} from '#main/store/scheme-records.ts';
import countV1 from '#resources/schemes/count-v1.json' with { type: 'json' };
import tieredV1 from '#resources/schemes/tiered-v1.json' with { type: 'json' };
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { type Scheme, schemeSchema } from '#shared/domain/scheme.ts';

/** How many people agree to a scheme, none of whom wrote or submitted it. */
export const approversNeeded = 2;

export type SchemeState = 'draft' | 'submitted' | 'approved' | 'retired';

/** A scheme as it stands: its newest document, and what happened to it. */
export type HeldScheme = {
  readonly id: string;
  readonly builtIn: boolean;
  readonly state: SchemeState;
  /** Whether it was ever approved: what was retired as a draft never was. */
  readonly wasApproved: boolean;
  /** With its state, who approved it and the day from which it is in force. */
  readonly document: Scheme;
  /** SHA-256 over what the scheme says, which approval does not change. */
  readonly hash: string;
  /** The oldest first; none for a built-in one that nothing has happened to. */
  readonly versions: readonly SchemeVersionRecord[];
  /** The oldest first. */
  readonly events: readonly SchemeEventRecord[];
  readonly agreedBy: readonly string[];
  /** Whoever wrote a version or submitted the newest one. */
  readonly authors: readonly string[];
  readonly submittedBy: string | null;
};

const builtIn: readonly Scheme[] = [countV1, tieredV1].map((document) => schemeSchema.parse(document));

/** The scheme whose every weight is 1: it is approved as it comes, and nothing changes it. */
export const plainCounts = 'count-v1';

export function isBuiltIn(id: string): boolean {
  return builtIn.some((scheme) => scheme.id === id);
}

/** What a document says, without who has approved it: the text that is stored and hashed. */
export function schemeBody(document: Scheme): { readonly body: string; readonly bodyHash: string } {
  // What was left out and what is `undefined` is the same document.
  const plain = JSON.parse(JSON.stringify({ ...document, status: 'draft', approved_by: null })) as unknown;
  const body = canonicalJson(plain);
  return { body, bodyHash: sha256Hex(body) };
}

/** Every scheme: the built-in ones, then those of the vault in the order in which they were begun. */
export function heldSchemes(connection: Connection): HeldScheme[] {
  const versions = listSchemeVersions(connection);
  const events = listSchemeEvents(connection);
  const own = [...new Set(versions.map(({ scheme }) => scheme))].filter((id) => !isBuiltIn(id));
  return [...builtIn.map(({ id }) => id), ...own].map((id) => {
    const saved = versions.filter(({ scheme }) => scheme === id);
    const rows = new Set(saved.map((version) => version.id));
    return held(
      id,
      saved,
      events.filter((event) => rows.has(event.schemeVersionId)),
    );
  });
}

export function findScheme(connection: Connection, id: string): HeldScheme | null {
  return heldSchemes(connection).find((scheme) => scheme.id === id) ?? null;
}

function held(id: string, versions: readonly SchemeVersionRecord[], events: readonly SchemeEventRecord[]): HeldScheme {
  const shipped = builtIn.find((scheme) => scheme.id === id);
  const newest = versions.at(-1);
  const document = newest ? schemeSchema.parse(JSON.parse(newest.body)) : (shipped as Scheme);
  const onNewest = events.filter((event) => event.schemeVersionId === newest?.id);
  const settled = onNewest.findLastIndex(
    ({ kind }) => kind === 'submitted' || kind === 'declined' || kind === 'withdrawn',
  );
  const standing = settled < 0 ? null : (onNewest[settled] as SchemeEventRecord);
  const agreedBy =
    standing?.kind === 'submitted'
      ? onNewest.slice(settled).flatMap((event) => (event.kind === 'agreed' ? [event.user] : []))
      : [];
  const approval = onNewest.find(({ kind }) => kind === 'approved');
  const shippedApproved = !newest && shipped?.status === 'approved';
  const state = stateOf(onNewest, standing, shippedApproved);
  const submittedBy = standing?.kind === 'submitted' ? standing.user : null;
  return {
    id,
    builtIn: shipped !== undefined,
    state,
    wasApproved: approval !== undefined || shippedApproved,
    document: {
      ...document,
      status: state === 'submitted' ? 'draft' : state,
      approved_by: approval ? [...agreedBy] : document.approved_by,
      effective_from: approval ? laterOf(document.effective_from, approval.at) : document.effective_from,
    },
    hash: schemeBody(document).bodyHash,
    versions,
    events,
    agreedBy,
    authors: [
      ...new Set([
        ...versions.map(({ savedBy }) => savedBy),
        ...onNewest.flatMap(({ kind, user }) => (kind === 'submitted' ? [user] : [])),
      ]),
    ],
    submittedBy: state === 'submitted' ? submittedBy : null,
  };
}

function stateOf(
  events: readonly SchemeEventRecord[],
  standing: SchemeEventRecord | null,
  shippedApproved: boolean,
): SchemeState {
  if (events.some(({ kind }) => kind === 'retired')) return 'retired';
  if (shippedApproved || events.some(({ kind }) => kind === 'approved')) return 'approved';
  return standing?.kind === 'submitted' ? 'submitted' : 'draft';
}

/** A scheme is in force from the day it names, and never before the day on which the second person agreed. */
function laterOf(named: string | null, approvedAt: string): string {
  const approved = isoOfDay(londonDay(Math.floor(Date.parse(approvedAt) / 1_000)));
  return named !== null && named > approved ? named : approved;
}
