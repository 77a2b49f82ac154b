import { z } from 'zod';
import { columnSpec, commonSpec } from '../common-spec.ts';

export const contingencySchema = z.strictObject({
  ...commonSpec,
  row: columnSpec,
  column: columnSpec,
  /** A column whose values make layers of the table. */
  strata: columnSpec.optional(),
  /** A column of counts, where a row of the data stands for many. */
  weight: columnSpec.optional(),
  /** The column’s level that risks are of; the first where it is not named. */
  event: z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]).optional(),
  /** Scores of the ordered groups of the test for trend; 1, 2, 3 … where they are not given. */
  scores: z.array(z.number()).min(2).optional(),
});
export type ContingencySpec = z.output<typeof contingencySchema>;
