import { z } from 'zod';
import { familyMembers } from '#shared/domain/family-impact.ts';
import { pilotCodeSchema } from '#shared/domain/pilot.ts';
import type { Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../../parse-spec.ts';

/** What a locked plan leaves open; everything else is the plan's. */
const schema = z.strictObject({
  pilot: pilotCodeSchema,
  /** Last day that the extracts are known to hold; null for the last day in each of them. */
  asOf: date.nullable().default(null),
  /** Fewest people that a figure of their scores rests on. */
  minimum: z.number().int().min(10).max(1_000).default(10),
  /** Share of the planned sessions from which somebody took part. */
  enoughShare: z.number().gt(0).max(1).default(0.75),
  /** Whose answers count where an outcome is read from families. */
  familyMember: z.enum(familyMembers).default('partner'),
  /** How much one person has to change on the primary outcome; null for what is published of the instrument. */
  norms: z
    .strictObject({ sd: z.number().positive(), reliability: z.number().min(0).lt(1) })
    .nullable()
    .default(null),
  /** Length of a period of a series, and of areas that are followed over more than two periods. */
  periodDays: z.number().int().min(7).max(366).nullable().default(null),
  /** Points a season of a series; null without seasons. */
  seasonPoints: z.number().int().min(2).max(60).nullable().default(null),
  /** Whom weights make the arms alike to. */
  weightedTo: z.enum(['ATT', 'ATE', 'ATO']).default('ATT'),
  /** Pounds that a day lost costs; null where no money is put on it. */
  dayGbp: z.number().min(0).max(100_000).nullable().default(null),
});

/** The spec of `pilot-evaluation` with every default filled in. */
export type PilotEvaluationSpec = z.infer<typeof schema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parsePilotEvaluationSpec(spec: unknown): Result<PilotEvaluationSpec> {
  return parseSpec(schema, spec, 'pilot-evaluation');
}
