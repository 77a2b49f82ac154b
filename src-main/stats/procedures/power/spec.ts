import { z } from 'zod';
import { commonSpec } from '../common-spec.ts';

/** A quantity that may be left out, or be null, because it is the one that is asked for. */
function quantity<Given>(given: z.ZodType<Given>) {
  return given.nullish().transform((value) => value ?? undefined);
}

const share = z.number().gt(0).lt(1);
const positive = z.number().gt(0).max(1e100);
const size = z.number().gt(0).max(1e15);

const quantities = {
  ...commonSpec,
  n: quantity(size),
  effect: quantity(z.number().min(-1e100).max(1e100)),
  power: quantity(share),
  /** 0.05 unless given, or asked for because n, effect and power are given. */
  alpha: quantity(share),
};

const sided = {
  alternative: z
    .enum(['two-sided', 'one-sided', 'two.sided', 'one.sided', 'greater', 'less'])
    .transform((value) => (value.startsWith('two') ? ('two-sided' as const) : ('one-sided' as const)))
    .default('two-sided'),
  /** Count rejections on the wrong side too. */
  strict: z.boolean().default(false),
};

const twoGroups = {
  /** Standard deviation: `effect` is then in its unit. Without it, `effect` is in standard deviations. */
  sd: quantity(positive),
};

const proportions = { p1: quantity(share), p2: quantity(share) };

const clustered = {
  /** People in a cluster (in a stepped wedge, in a period of one); their mean where sizes vary. */
  size: quantity(size),
  /** Intracluster correlation. */
  icc: z.number().min(0).lt(1),
  /** Clusters in each group; in a stepped wedge, all. */
  clusters: quantity(size),
};

const t = z.strictObject({
  ...quantities,
  ...sided,
  ...twoGroups,
  test: z.literal('t'),
  type: z.enum(['two-sample', 'one-sample', 'paired']).default('two-sample'),
  /** People in the second group, where that is not n. */
  n2: quantity(size),
  /** n in the second group over n in the first. */
  ratio: quantity(positive),
});

const proportionsTest = z.strictObject({
  ...quantities,
  ...sided,
  ...proportions,
  test: z.literal('proportions'),
  ratio: quantity(positive),
});

const cluster = z.strictObject({
  ...quantities,
  ...sided,
  ...twoGroups,
  ...proportions,
  ...clustered,
  test: z.literal('cluster'),
  /** Coefficient of variation of cluster sizes. */
  cv: z.number().min(0).max(100).default(0),
});

const steppedWedge = z.strictObject({
  ...quantities,
  ...sided,
  ...twoGroups,
  ...proportions,
  ...clustered,
  test: z.literal('stepped-wedge'),
  /** Periods of measurement; the first is untreated, and one sequence starts in each later one. */
  periods: quantity(z.number().int().min(2).max(200)),
  /** Another design: a row a sequence, a column a period, 1 where it is treated. */
  design: z
    .array(
      z
        .array(z.union([z.literal(0), z.literal(1)]))
        .min(1)
        .max(200),
    )
    .min(1)
    .max(200)
    .refine((rows) => rows.every((row) => row.length === rows[0]?.length), 'every sequence needs as many periods')
    .optional(),
});

const anova = z.strictObject({
  ...quantities,
  test: z.literal('anova'),
  groups: z.number().int().min(2).max(10_000),
});

const correlation = z.strictObject({ ...quantities, ...sided, test: z.literal('correlation') });

const events = z.strictObject({
  ...quantities,
  ...sided,
  test: z.literal('events'),
  /** Share of people in one of the groups. */
  allocation: share.default(0.5),
  /** Share of people who have the event; gives the people needed. */
  eventShare: z.number().gt(0).max(1).optional(),
});

const precision = z.strictObject({
  ...quantities,
  test: z.literal('precision'),
  /** Standard deviation, for a mean. */
  sd: quantity(positive),
  /** Share expected, for a proportion. */
  p: quantity(share),
});

export const powerSchema = z.discriminatedUnion('test', [
  t,
  proportionsTest,
  cluster,
  steppedWedge,
  anova,
  correlation,
  events,
  precision,
]);
export type PowerSpec = z.output<typeof powerSchema>;
export type PowerSpecOf<Test extends PowerSpec['test']> = Extract<PowerSpec, { readonly test: Test }>;
