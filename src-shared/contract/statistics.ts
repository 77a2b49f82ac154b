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
    output: z.strictObject({
      /** `procedure`, `n`, `excluded`, the keys of the procedure, `warnings` and `r`: docs/statistics.md. */
      result: z.record(z.string(), z.unknown()),
    }),
  }),
};
