import { z } from 'zod';

const count = z.number().int().min(0);

/**
 * The flow of records through a review, as PRISMA 2020 draws it (Page et al., BMJ 2021;372:n71), at any moment: what still
 * waits stands beside what is settled, so that every box is the sum of those that follow from it.
 */
export const reviewFlowSchema = z.strictObject({
  identified: z.strictObject({
    records: count,
    databases: count,
    registers: count,
    /** Websites, organisations and citations. */
    others: count,
    bySearch: z.array(z.strictObject({ search: count, database: z.string(), records: count })),
  }),
  removed: z.strictObject({ duplicates: count, unreadable: count }),
  /** `records` = `excluded` + `kept` + `waiting` + `conflicts`. */
  screened: z.strictObject({ records: count, excluded: count, kept: count, waiting: count, conflicts: count }),
  /** `reports` = `notRetrieved` + `retrieved` + `waiting`. */
  sought: z.strictObject({ reports: count, notRetrieved: count, retrieved: count, waiting: count }),
  /** `reports` = `excluded` + `included` + `waiting` + `conflicts`; `byReason` adds up to `excluded`. */
  assessed: z.strictObject({
    reports: count,
    excluded: count,
    byReason: z.array(z.strictObject({ reason: z.string(), words: z.string(), reports: count })),
    included: count,
    waiting: count,
    conflicts: count,
  }),
  /** A study may have several reports. */
  included: z.strictObject({ studies: count, reports: count }),
});
export type ReviewFlow = z.infer<typeof reviewFlowSchema>;
