import { z } from 'zod';
import { matchDecisionSchema, matchDecisions, peerMatchingSchema } from '../domain/peer-matching.ts';
import { operation } from './define.ts';

/** Analysts coordinate the network; clinicians' data are no part of it. */
const coordinators = ['analyst'] as const;
const named = z.string().min(1).max(200);
/** Of the analysis `peer-network`. */
const spec = z.record(z.string(), z.unknown());

export const peerOperations = {
  'peers.propose': operation({
    kind: 'job',
    roles: coordinators,
    audit: 'peers.propose',
    summary: 'Matches of open requests with volunteers, proposed at least cost; nothing is decided by it.',
    input: z.strictObject({ spec }),
    output: z.strictObject({
      asOf: z.string(),
      /** As asked, with every default filled in: neighbouring areas and weights among it. */
      spec,
      matching: peerMatchingSchema,
      snapshot: z.string(),
    }),
  }),
  'peers.decide': operation({
    kind: 'command',
    roles: coordinators,
    audit: 'peers.decide',
    summary:
      'Accepts or declines a match that still stands, or takes an accepted one back by declining it; what was decided stays known.',
    input: z
      .strictObject({
        /** That of the proposals: it says by which day and rules the match has to stand. */
        spec,
        request: named,
        volunteer: named,
        decision: z.enum(matchDecisions),
        /** Needed to decline; it names nobody. */
        reason: z.string().trim().max(500),
      })
      .refine(({ decision, reason }) => decision === 'accepted' || reason.length >= 3, {
        path: ['reason'],
        message: 'say in a few words why',
      }),
    output: matchDecisionSchema,
  }),
  'peers.decisions': operation({
    kind: 'query',
    roles: coordinators,
    audit: null,
    summary: 'What was decided on proposed matches, the newest first.',
    input: z.strictObject({}),
    output: z.strictObject({ decisions: z.array(matchDecisionSchema) }),
  }),
};
