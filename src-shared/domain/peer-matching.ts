import { z } from 'zod';

/**
 * Matches of open requests with volunteers, as the engine proposes them and a coordinator decides on them. A request is named by
 * its reference and a volunteer by a pseudonym; who asked is never named, not even by a token.
 */

export const matchDecisions = ['accepted', 'declined'] as const;
export type MatchDecision = (typeof matchDecisions)[number];

const asked = {
  request: z.string(),
  area: z.string().nullable(),
  /** What was asked for, as the extract has it, such as `trauma`, `language:pl`, `shift:night`. */
  needs: z.array(z.string()),
  /** Whole days from the request to `asOf`. */
  waitingDays: z.number(),
};

const proposalSchema = z.strictObject({
  ...asked,
  volunteer: z.string(),
  kind: z.enum(['peer', 'community']),
  base: z.string().nullable(),
  /** Places of the volunteer that are free before anything is proposed. */
  freePlaces: z.number(),
  /** Why this volunteer, in words that follow each other: “speaks Polish”, “trained for trauma”. */
  why: z.array(z.string()),
  /** What speaks against it and was weighed: “does not list bereavement”. */
  but: z.array(z.string()),
});
export type MatchProposal = z.infer<typeof proposalSchema>;

const unmatchedSchema = z.strictObject({
  ...asked,
  /** Why nobody is proposed, in a sentence. */
  why: z.string(),
});
export type UnmatchedRequest = z.infer<typeof unmatchedSchema>;

export const peerMatchingSchema = z.strictObject({
  /** Requests that wait for somebody. */
  open: z.number(),
  /** Places that ready volunteers have free. */
  freePlaces: z.number(),
  /** The longest wait first. */
  proposals: z.array(proposalSchema),
  unmatched: z.array(unmatchedSchema),
  /** What all proposals and all waiting come to by the weights: the least that there is. */
  cost: z.number(),
});
export type PeerMatching = z.infer<typeof peerMatchingSchema>;

export const matchDecisionSchema = z.strictObject({
  id: z.number(),
  request: z.string(),
  volunteer: z.string(),
  decision: z.enum(matchDecisions),
  /** Why the match was proposed, in words, as it stood then. */
  why: z.string(),
  reason: z.string(),
  at: z.string(),
  by: z.string(),
  /** Whether it is the newest on this request and this volunteer, and so the one that holds. */
  holds: z.boolean(),
});
export type MatchDecisionEntry = z.infer<typeof matchDecisionSchema>;
