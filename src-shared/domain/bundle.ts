import { z } from 'zod';

/**
 * What one force lets out for others to pool: aggregates only. Nothing in it is of a single person, and the only words that are the force’s
 * own are its name and the name of a scheme. A count or a sum that is withheld is null.
 */

const count = z.number().int().min(0).max(1e12);
const amount = z.number().min(0).max(1e15);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const definitionId = z.string().regex(/^[a-z0-9][a-z0-9.:+-]{0,199}$/);

export const forceNameSchema = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} .,’'&()-]{1,79}$/u,
    'a force is named in 2 to 80 letters, digits, spaces and . , ’ & ( ) -',
  );

const plain = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);

/** What a number means. Bundles whose definitions of one id differ in version or hash are never pooled. */
const definitionSchema = z.strictObject({
  id: definitionId,
  kind: z.enum(['indicator', 'exposures', 'effect', 'curve']),
  version: z.number().int().min(1).max(1_000_000),
  /** SHA-256 of the canonical JSON of `says`. */
  hash,
  says: z.record(z.string().max(60), z.union([plain, z.array(plain).max(60)])),
});
export type BundleDefinition = z.infer<typeof definitionSchema>;

const monthOfIndicatorSchema = z.strictObject({
  month,
  /** Both null where the month is withheld or could not be measured. */
  numerator: amount.nullable(),
  denominator: amount.nullable(),
});

const indicatorSchema = z.strictObject({ definition: definitionId, months: z.array(monthOfIndicatorSchema).max(360) });
export type BundleIndicator = z.infer<typeof indicatorSchema>;

const exposuresSchema = z.strictObject({
  definition: definitionId,
  events: count.nullable(),
  /** In post on the last day. */
  people: count.nullable(),
  months: z.array(z.strictObject({ month, count: count.nullable() })).max(360),
  categories: z
    .array(z.strictObject({ category: z.string().regex(/^[A-Z][A-Z0-9_]{0,59}$/), count: count.nullable() }))
    .max(200),
});
export type BundleExposures = z.infer<typeof exposuresSchema>;

const finite = z.number().min(-1e12).max(1e12);
const variance = z.number().gt(1e-18).max(1e12);

/** An estimate on the scale on which it is pooled, which its definition names. */
const effectSchema = z.strictObject({
  definition: definitionId,
  estimate: finite,
  variance,
  /** People behind it: one number an arm, or one in all. */
  people: z.array(count).min(1).max(10),
});

/** A curve of an outcome on exposure: its coefficients at the knots that the definition fixes. */
const curveSchema = z.strictObject({
  definition: definitionId,
  coefficients: z.array(finite).min(1).max(10),
  covariance: z.array(z.array(finite).min(1).max(10)).min(1).max(10),
  /** Of one exposure more, by a straight line. */
  slope: z.strictObject({ estimate: finite, variance }),
  pairs: count,
  people: count,
  /** Pairs that are a case at the later screening; null for a score. */
  cases: count.nullable(),
});
export type BundleCurve = z.infer<typeof curveSchema>;

export const bundleBodySchema = z.strictObject({
  force: forceNameSchema,
  synthetic: z.boolean(),
  from: isoDay,
  to: isoDay,
  /** Counts above 0 and below these are withheld. */
  thresholds: z.strictObject({
    workforce: z.number().int().min(5).max(1_000),
    clinical: z.number().int().min(10).max(1_000),
  }),
  engine: z.string().regex(/^tidemark \d{1,4}\.\d{1,4}\.\d{1,4}[a-z0-9.+-]{0,40}$/),
  /** Over the data that it was made from. */
  snapshot: hash,
  /** Share of exposure rows and attendances whose code has a rule; null where there are none. */
  coverage: z.number().min(0).max(1).nullable(),
  definitions: z.array(definitionSchema).max(300),
  indicators: z.array(indicatorSchema).max(100),
  exposures: exposuresSchema.nullable(),
  effects: z.array(effectSchema).max(200),
  curves: z.array(curveSchema).max(50),
});
export type BundleBody = z.infer<typeof bundleBodySchema>;

/** What an indicator’s numerator and denominator count. */
export const countedKinds = ['people', 'events', 'rows', 'days'] as const;
export type CountedKind = (typeof countedKinds)[number];

/** Scales on which estimates of forces are pooled. */
export const poolingScales = ['points', 'log', 'logit'] as const;
export type PoolingScale = (typeof poolingScales)[number];
