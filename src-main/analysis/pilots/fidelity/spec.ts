import { z } from 'zod';
import type { Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../../parse-spec.ts';

const name = z.string().trim().min(1).max(200);

const schema = z.strictObject({
  asOf: date,
  /** As the `pilot` column of the extracts has it. */
  pilot: name,
  /** Arms that were offered the sessions; null for everybody enrolled. */
  arms: z.array(name).min(1).max(50).nullable().default(null),
  /** Sessions wanted for each person; null where those planned for their cluster are. */
  sessionsEach: z.number().int().min(1).max(1_000).nullable().default(null),
  /** Share of them from which a dose is enough. */
  enoughShare: z.number().gt(0).max(1).default(0.75),
  /** How far from its planned time a session may begin and still be that session. */
  toleranceMinutes: z.number().min(0).max(720).default(60),
  /** Counts of people under this are withheld. */
  minimum: z.number().int().min(5).max(1_000).default(5),
});

/** The spec of `pilot-fidelity` with every default filled in. */
export type PilotFidelitySpec = z.infer<typeof schema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parsePilotFidelitySpec(spec: unknown): Result<PilotFidelitySpec> {
  return parseSpec(schema, spec, 'pilot-fidelity');
}
