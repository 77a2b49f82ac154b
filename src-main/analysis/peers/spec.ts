import { z } from 'zod';
import type { Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../parse-spec.ts';

const years = z.number().positive().max(10);

const area = z.string().trim().min(1).max(200);
const weight = z.number().int().min(0).max(10_000);

/** What a match costs, in points of no unit: only how they compare matters. */
const weights = z.strictObject({
  /** A volunteer based in an area next to that of the request; in the same it costs nothing. */
  neighbouringArea: weight.default(20),
  /** Based anywhere else, or where base or area is not given. */
  farArea: weight.default(60),
  /** Each need that the volunteer does not list among their skills. */
  uncoveredNeed: weight.default(30),
  /** For each place of the volunteer that is in use already. */
  placeInUse: weight.default(10),
  /** Somebody else than whom the person has met before. */
  otherVolunteer: weight.default(25),
  /** To leave a request without anybody. */
  unmet: z.number().int().min(0).max(1_000_000).default(10_000),
  /** More of that for each day of waiting, a year at most. */
  waitingDay: weight.default(5),
});
export type MatchWeights = z.infer<typeof weights>;

const schema = z.strictObject({
  asOf: date,
  /** Days of requests and contacts, ending on `asOf`. */
  days: z.number().int().min(28).max(3_660).default(365),
  vettingYears: years.default(3),
  trainingYears: years.default(2),
  /** Days up to `asOf` over which a volunteer's load is counted. */
  loadDays: z.number().int().min(7).max(365).default(28),
  responseHours: z.number().positive().max(2_000).default(72),
  /** Counts of people who asked under this are withheld; volunteers are counted by the workforce's 5. */
  minimum: z.number().int().min(10).max(1_000).default(10),
  /** Pairs of areas that lie next to each other. */
  neighbours: z
    .array(z.tuple([area, area]))
    .max(10_000)
    .default([]),
  weights: weights.prefault({}),
  rows: z.boolean().default(false),
});

/** The spec of `peer-network` with every default filled in. */
export type PeerNetworkSpec = z.infer<typeof schema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parsePeerNetworkSpec(spec: unknown): Result<PeerNetworkSpec> {
  return parseSpec(schema, spec, 'peer-network');
}
