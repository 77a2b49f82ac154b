import { z } from 'zod';

/** What a paper reports of one outcome at one time, as it is printed; the effect that is pooled is worked out from it. */

const finite = z.number().finite();
const people = z.number().int().min(1).max(1e9);
const count = z.number().int().min(0).max(1e9);
const spread = z.number().positive();

/** Measures of effect by metafor's names. Ratios are reported as such and pooled as logarithms, shares as logits, correlations as Fisher's z. */
export const effectMeasures = ['SMD', 'MD', 'SMCR', 'RR', 'OR', 'RD', 'ZCOR', 'PLO'] as const;
export type EffectMeasure = (typeof effectMeasures)[number];

/** Means of two groups after: the first was offered what is studied. */
const meansSchema = z.strictObject({
  of: z.literal('means'),
  ...{ n1: people, mean1: finite, sd1: spread },
  ...{ n2: people, mean2: finite, sd2: spread },
});

/** One group before and after, with the standard deviation before and the correlation of the two. */
const changeSchema = z.strictObject({
  of: z.literal('change'),
  ...{ n: people, meanAfter: finite, meanBefore: finite, sdBefore: spread },
  correlation: z.number().min(-1).max(1),
});

const eventsSchema = z.strictObject({
  of: z.literal('events'),
  events1: count,
  n1: people,
  events2: count,
  n2: people,
});

const limits = {
  low: finite.nullable().default(null),
  high: finite.nullable().default(null),
  /** Share of intervals that cover. */
  confidence: z.number().gt(0).lt(1).default(0.95),
};

/** An effect with its standard error or its limits, on the scale on which it is printed. */
const effectSchema = z.strictObject({
  of: z.literal('effect'),
  measure: z.enum(effectMeasures).exclude(['ZCOR', 'PLO']),
  estimate: finite,
  /** Of the logarithm where the effect is a ratio. */
  se: spread.nullable().default(null),
  ...limits,
  n: people.nullable().default(null),
});

const correlationSchema = z.strictObject({ of: z.literal('correlation'), r: z.number().gt(-1).lt(1), n: people });

const proportionSchema = z.strictObject({ of: z.literal('proportion'), events: count, n: people });

/** A share of 1 with its limits, such as a pooled prevalence. */
const shareSchema = z.strictObject({
  of: z.literal('share'),
  share: z.number().gt(0).lt(1),
  ...limits,
  n: people.nullable().default(null),
});

/** `mixed`: of several measures some better, some not. */
export const directions = ['better', 'worse', 'no difference', 'mixed', 'not told'] as const;
export type Direction = (typeof directions)[number];

/** A finding that is told in words only: for whom studied it, not by what a test said. */
const directionSchema = z.strictObject({
  of: z.literal('direction'),
  direction: z.enum(directions),
  n: people.nullable().default(null),
});

export const reportedSchema = z
  .discriminatedUnion('of', [
    meansSchema,
    changeSchema,
    eventsSchema,
    effectSchema,
    correlationSchema,
    proportionSchema,
    shareSchema,
    directionSchema,
  ])
  .superRefine((reported, context) => {
    const problem = problemOf(reported);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
export type Reported = z.output<typeof reportedSchema>;

type Drafted = z.output<
  | typeof meansSchema
  | typeof changeSchema
  | typeof eventsSchema
  | typeof effectSchema
  | typeof correlationSchema
  | typeof proportionSchema
  | typeof shareSchema
  | typeof directionSchema
>;

/** Numbers that no study can have together; null where there is nothing of the kind. */
function problemOf(reported: Drafted): string | null {
  switch (reported.of) {
    case 'events':
      return reported.events1 > reported.n1 || reported.events2 > reported.n2 ? 'has more events than people' : null;
    case 'proportion':
      return reported.events > reported.n ? 'has more events than people' : null;
    case 'effect': {
      const isRatio = reported.measure === 'RR' || reported.measure === 'OR';
      if (isRatio && [reported.estimate, reported.low, reported.high].some((value) => value !== null && value <= 0)) {
        return 'has a ratio that is not above 0';
      }
      return limitsProblem(reported.estimate, reported);
    }
    case 'share':
      if (reported.low !== null && !(reported.low > 0)) return 'has a lower limit that is not above 0';
      if (reported.high !== null && !(reported.high < 1)) return 'has an upper limit that is not below 1';
      return limitsProblem(reported.share, reported);
    default:
      return null;
  }
}

function limitsProblem(
  estimate: number,
  { low, high }: { readonly low: number | null; readonly high: number | null },
): string | null {
  if ((low === null) !== (high === null)) return 'has one limit without the other';
  if (low === null || high === null) return null;
  return low < estimate && estimate < high ? null : 'has limits that do not lie on either side of the estimate';
}
