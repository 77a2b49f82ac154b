import { z } from 'zod';
import type { Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../../parse-spec.ts';

const schema = z.strictObject({
  first: z.string().min(1).max(64).default('count-v1'),
  second: z.string().min(1).max(64),
  asOf: date,
  rows: z.boolean().default(false),
});

/** The spec of `scheme-comparison` with every default filled in. */
export type ComparisonSpec = z.infer<typeof schema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parseComparisonSpec(spec: unknown): Result<ComparisonSpec> {
  return parseSpec(schema, spec, 'scheme-comparison');
}
