import { z } from 'zod';
import type { Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../../parse-spec.ts';

const schema = z.strictObject({
  asOf: date,
  /** As the `pilot` column of the extracts has it. */
  pilot: z.string().trim().min(1).max(200),
  /** Whether chance puts people or clusters into arms, so that somebody can wait for it. */
  drawn: z.boolean().default(true),
  /** Counts of people under this are withheld. */
  minimum: z.number().int().min(5).max(1_000).default(5),
});

/** The spec of `pilot-enrolment` with every default filled in. */
export type PilotEnrolmentSpec = z.infer<typeof schema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parsePilotEnrolmentSpec(spec: unknown): Result<PilotEnrolmentSpec> {
  return parseSpec(schema, spec, 'pilot-enrolment');
}
