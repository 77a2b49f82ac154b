import { costBases, serviceAudiences, serviceTypes } from '#shared/domain/support-services.ts';
import { integer, primaryKey, real, sqliteTable, text } from '../drizzle.ts';

/** Support that the force offers, and decisions in its peer network. */

export const peerDecision = sqliteTable('peer_decision', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  requestRef: text('request_ref').notNull(),
  volunteerRef: text('volunteer_ref').notNull(),
  decision: text('decision', { enum: ['accepted', 'declined'] }).notNull(),
  /** Why the match was proposed, in words. */
  why: text('why').notNull(),
  reason: text('reason').notNull(),
  at: text('at').notNull(),
  user: text('user').notNull(),
});

/** Flags that an older vault held in clear; empty from the next unlocking on. */
export const safeguardingToSeal = sqliteTable(
  'safeguarding_to_seal',
  {
    batchId: integer('batch_id').notNull(),
    row: integer('row').notNull(),
    givenDay: integer('given_day').notNull(),
    volunteerRef: text('volunteer_ref').notNull(),
    requesterToken: text('requester_token').notNull(),
    raised: integer('raised').notNull(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.row] })],
);

/** What support the force offers; the newest row of each service holds. */
export const supportService = sqliteTable('support_service', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  service: text('service').notNull(),
  kind: text('kind', { enum: ['entered', 'withdrawn'] }).notNull(),
  type: text('type', { enum: serviceTypes }),
  audience: text('audience', { enum: serviceAudiences }),
  costGbp: real('cost_gbp'),
  costBasis: text('cost_basis', { enum: costBases }),
  capacityPerMonth: real('capacity_per_month'),
  fromDay: integer('from_day'),
  toDay: integer('to_day'),
  contact: text('contact'),
  at: text('at').notNull(),
  user: text('user').notNull(),
  reason: text('reason').notNull(),
});
