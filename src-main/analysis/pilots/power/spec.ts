import { z } from 'zod';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { parseSpec } from '../../parse-spec.ts';

const positive = z.number().positive().max(1e6);
const share = z.number().gt(0).lt(1);

const schema = z.strictObject({
  design: z.enum(['pre-post', 'randomised', 'cluster-randomised', 'stepped-wedge']),
  /** True difference: in points where `sd` is given, of shares where `share` is, else in standard deviations. */
  effect: z
    .number()
    .min(-1e6)
    .max(1e6)
    .refine((value) => value !== 0, 'must not be 0: no number of people finds nothing')
    .nullable()
    .default(null),
  /** Everybody who takes part, in all groups; in a stepped wedge, in one period. */
  people: z.number().int().min(2).max(1_000_000).nullable().default(null),
  power: share.nullable().default(null),
  alpha: share.default(0.05),
  /** Standard deviation of the score, in points. */
  sd: positive.nullable().default(null),
  /** Share of the comparison group that has the outcome, where it is one that people have or not. */
  share: share.nullable().default(null),
  /** Correlation of a score with its baseline, by which the analysis adjusts; for pre and post, of the two scores. */
  correlation: z.number().min(0).max(0.99).default(0),
  /** Share of people who are not followed up. */
  lost: z.number().min(0).max(0.9).default(0),
  /** People offered the pilot for each who is not. */
  ratio: z.number().min(0.1).max(10).default(1),
  /** People in a cluster, in a stepped wedge in each period. */
  clusterSize: z.number().min(1).max(10_000).nullable().default(null),
  icc: z.number().min(0).lt(1).nullable().default(null),
  /** Coefficient of variation of the sizes of clusters. */
  sizeVariation: z.number().min(0).max(10).default(0),
  /** Periods of a stepped wedge, the first without anybody in the pilot. */
  periods: z.number().int().min(2).max(100).nullable().default(null),
});

/** The spec of `pilot-power` with every default filled in. */
export type PilotPowerSpec = z.infer<typeof schema>;

const usualPower = 0.8;

function problemOf(spec: PilotPowerSpec): string | null {
  const { design, effect, people, power, sd, share: first, ratio, clusterSize, icc, sizeVariation, periods } = spec;
  const isClustered = design === 'cluster-randomised' || design === 'stepped-wedge';
  if (people === null && effect === null) return 'give "people" or "effect": one is found from the other';
  if (people !== null && effect !== null && power !== null) return 'leave out one of "people", "effect" and "power"';
  if (isClustered && (clusterSize === null || icc === null)) return `${design} needs "clusterSize" and "icc"`;
  if (!isClustered && (clusterSize !== null || icc !== null)) return `${design} has no clusters`;
  if ((design === 'stepped-wedge') !== (periods !== null)) return 'a stepped wedge, and nothing else, has "periods"';
  if (design !== 'cluster-randomised' && sizeVariation !== 0) return 'only cluster-randomised takes "sizeVariation"';
  if (design !== 'randomised' && ratio !== 1) return 'only randomised takes a "ratio"';
  if (first === null) return null;
  if (design === 'pre-post') return 'a share before and after is not worked out here: give a score';
  if (design === 'stepped-wedge' && effect === null) return 'a stepped wedge with a share needs the "effect"';
  if (sd !== null || spec.correlation !== 0) return 'a share has no "sd" and no "correlation"';
  const second = first + (effect ?? 0);
  return second > 0 && second < 1 ? null : '"share" and "effect" together lie outside 0 and 1';
}

/** Fails with `BAD_SPEC`, naming the field or what does not go together. */
export function parsePilotPowerSpec(given: unknown): Result<PilotPowerSpec> {
  const parsed = parseSpec(schema, given, 'pilot-power');
  if (!parsed.ok) return parsed;
  const problem = problemOf(parsed.value);
  if (problem !== null) {
    return fail(
      'BAD_SPEC',
      `The spec of pilot-power cannot be used: ${problem}.`,
      'Nothing was run. Correct the spec.',
    );
  }
  const { people, effect, power } = parsed.value;
  const isPowerAsked = people !== null && effect !== null;
  return ok({ ...parsed.value, power: isPowerAsked ? null : (power ?? usualPower) });
}
