import type { MatchDecision } from '#shared/domain/peer-matching.ts';

/** What the network reads, and all of it: nothing here leads to a person of the force. Days are day numbers, times UTC epoch seconds. */
export type VolunteerRecord = {
  readonly ref: string;
  readonly kind: 'peer' | 'community';
  readonly base: string | null;
  readonly capacity: number;
  /** As the extract has them, such as `trauma`, `language:pl`, `shift:night`. */
  readonly skills: readonly string[];
  readonly vettedOn: number | null;
  readonly trainedOn: number | null;
  readonly supervisor: string | null;
  readonly fromDay: number | null;
  readonly toDay: number | null;
};

export type RequestRecord = {
  readonly ref: string;
  /** Tells those who ask apart inside the engine; no result names it. */
  readonly token: string;
  readonly day: number;
  readonly requestedAt: number;
  readonly area: string | null;
  readonly needs: readonly string[];
  readonly respondedAt: number | null;
  readonly status: string | null;
};

export type ContactRecord = {
  readonly volunteer: string;
  readonly token: string;
  readonly at: number;
  readonly day: number;
  readonly minutes: number | null;
};

/** What a coordinator decided on a match, in the order of deciding; the newest of a request and a volunteer holds. */
export type DecisionRecord = {
  readonly request: string;
  readonly volunteer: string;
  readonly decision: MatchDecision;
};

export type PeerRecords = {
  readonly volunteers: readonly VolunteerRecord[];
  readonly requests: readonly RequestRecord[];
  readonly contacts: readonly ContactRecord[];
  readonly decisions: readonly DecisionRecord[];
};
