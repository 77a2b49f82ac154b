import { z } from 'zod';
import { audienceGroupings } from '#shared/domain/engagement.ts';
import { planCode } from '#shared/domain/plan-parts.ts';
import type { Result } from '#shared/domain/result.ts';
import { parseSpec } from '../parse-spec.ts';

const schema = z.strictObject({
  activity: planCode,
  by: z
    .array(z.enum(audienceGroupings))
    .refine((list) => new Set(list).size === list.length, 'names a grouping twice')
    .default([...audienceGroupings]),
  /** Counts under this are withheld; 10 at least where families were asked. */
  minimum: z.number().int().min(5).max(1_000).default(5),
});

/** The spec of `engagement` with every default filled in. */
export type EngagementSpec = z.infer<typeof schema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parseEngagementSpec(spec: unknown): Result<EngagementSpec> {
  return parseSpec(schema, spec, 'engagement');
}

/** No share is told of fewer people. */
export const fewestForShare = 10;
