import { z } from 'zod';
import { operation } from './define.ts';

const pathSchema = z.string().min(1).max(4_096);

export const statisticsOperations = {
  'statistics.run': operation({
    kind: 'job',
    roles: 'anyone',
    audit: null,
    summary: 'Runs one statistical procedure on a plain file. No vault is involved.',
    input: z.strictObject({
      procedure: z.string().min(1).max(100),
      spec: z.record(z.string(), z.unknown()),
      /** A CSV with a header; null where the procedure needs none. */
      data: pathSchema.nullable(),
      /** Other files that the spec names are looked for from here. */
      folder: pathSchema,
    }),
    /** `procedure`, `n`, `excluded`, `warnings`, `r` and the keys of the procedure: docs/statistics.md. */
    output: z.looseObject({
      procedure: z.string(),
      n: z.number(),
      excluded: z.number(),
      warnings: z.array(z.string()),
      r: z.string(),
    }),
  }),
};
