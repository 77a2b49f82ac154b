import { z } from 'zod';
import { dayOfIso } from './dates.ts';

export const pilotDesigns = [
  'pre-post',
  'randomised',
  'cluster-randomised',
  'stepped-wedge',
  'difference-in-differences',
  'interrupted-time-series',
  'weighting',
] as const;
export type PilotDesign = (typeof pilotDesigns)[number];

/** From a thought to a result: complete is `planned`, and from `locked` on the plan stays as it is. `dropped` was never locked. */
export const pilotStatuses = ['idea', 'planned', 'locked', 'finished', 'dropped'] as const;
export type PilotStatus = (typeof pilotStatuses)[number];

/** What is done where life differs from the plan (ICH E9 (R1), Addendum on estimands, 2019). */
export const eventHandlings = [
  'treatment-policy',
  'hypothetical',
  'composite',
  'while-on-treatment',
  'principal-stratum',
] as const;

/** Kinds of extracts that outcomes are read from. */
export const outcomeKinds = ['screenings', 'families', 'absences'] as const;
type OutcomeKind = (typeof outcomeKinds)[number];

/** Empty where nothing is said yet. */
const words = z.string().trim().max(4_000).default('');
const name = z.string().trim().min(1).max(200);
const day = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');

/** As the `pilot` column of the extracts has it. */
export const pilotCodeSchema = name;

/** Days relative to the day of allocation, both included; negative before it. */
const daysAround = z
  .strictObject({ fromDay: z.number().int().min(-3_660).max(3_660), toDay: z.number().int().min(-3_660).max(3_660) })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, { path: ['toDay'], message: 'must not lie before "fromDay"' });

const measureSchema = z.discriminatedUnion('of', [
  z.strictObject({
    of: z.literal('score'),
    instrument: name,
    /** Null is the main scale of the instrument. */
    scale: name.nullable().default(null),
    /** Kind of extract whose answers count. */
    answeredIn: z.enum(['screenings', 'families']).default('screenings'),
  }),
  z.strictObject({
    of: z.literal('absence'),
    count: z.enum(['days', 'spells']),
    reason: z.enum(['all', 'psychological']).default('all'),
  }),
]);

const outcomeSchema = z.strictObject({
  measure: measureSchema,
  better: z.enum(['low', 'high']),
  /** Null where the design compares without one. */
  baseline: daysAround.nullable().default(null),
  followUp: daysAround,
});
export type PilotOutcome = z.output<typeof outcomeSchema>;

const armSchema = z.strictObject({
  arm: name,
  what: words,
  /** Of this arm for each of the others: 2 and 1 put two people here for one there. */
  share: z.number().int().min(1).max(20).default(1),
  /** Whether the others are compared with it. */
  isComparison: z.boolean().default(false),
});

/** Shared by every part that a list names twice. */
function named<Item extends z.ZodType>(item: Item, nameOf: (value: z.output<Item>) => string, what: string) {
  return z
    .array(item)
    .max(100)
    .refine((items) => new Set(items.map(nameOf)).size === items.length, `names ${what} twice`)
    .default([]);
}

const logicModelSchema = z.strictObject({
  problem: words,
  inputs: words,
  activities: words,
  outputs: words,
  outcomes: words,
  assumptions: words,
});

const estimandSchema = z.strictObject({
  population: words,
  /** What is compared with what. */
  treatments: words,
  /** How one number is made of it: a difference of means, a ratio of rates. */
  summary: words,
  intercurrentEvents: z
    .array(z.strictObject({ event: name, handling: z.enum(eventHandlings) }))
    .max(50)
    .default([]),
});

const analysisOptionsSchema = z.strictObject({
  covariates: named(name, (value) => value, 'a covariate'),
  /** Null where it is not chosen yet. */
  smallSample: z.enum(['none', 'CR2', 'satterthwaite', 'kenward-roger']).nullable().default(null),
  subgroups: named(name, (value) => value, 'a subgroup'),
  /** Points by which missing answers are taken to be worse, one after the other. */
  tippingPointDeltas: z.array(z.number().finite()).max(50).default([]),
});

/** How many take part and why: by a spec of the analysis `pilot-power`, or by a reason where none can be worked out. */
const sampleSizeSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('power'), spec: z.record(z.string(), z.unknown()) }),
  z.strictObject({ by: z.literal('reason'), reason: z.string().trim().min(3).max(2_000) }),
]);

const allocationSchema = z.strictObject({
  /** Sizes of the blocks, drawn at random where there are several; each a multiple of the shares of all arms together. */
  blockSizes: z.array(z.number().int().min(1).max(200)).min(1).max(10),
  /** Whether each stratum of the enrolments has blocks of its own. */
  byStratum: z.boolean().default(true),
});

/**
 * A pilot as it is planned. Parts that are not said yet are empty or null, so that an idea can be kept; what a plan lacks before
 * it can be locked is in `planGaps`.
 */
export const pilotPlanSchema = z.strictObject({
  pilot: pilotCodeSchema,
  title: name,
  logicModel: logicModelSchema.default(() => logicModelSchema.parse({})),
  design: z.enum(pilotDesigns).nullable().default(null),
  arms: named(armSchema, ({ arm }) => arm, 'an arm'),
  /** Where the pilot begins, and when: sequences of a stepped wedge, areas or teams of the designs without chance. */
  rollout: named(z.strictObject({ group: name, from: day }), ({ group }) => group, 'a group'),
  /** For designs with chance; null else. */
  allocation: allocationSchema.nullable().default(null),
  eligibility: words,
  primary: outcomeSchema.nullable().default(null),
  secondaries: z.array(outcomeSchema).max(30).default([]),
  estimand: estimandSchema.default(() => estimandSchema.parse({})),
  analysis: analysisOptionsSchema.default(() => analysisOptionsSchema.parse({})),
  sampleSize: sampleSizeSchema.nullable().default(null),
  /** Null where the pilot has no sessions. */
  sessions: z
    .strictObject({
      planned: z.number().int().min(1).max(1_000),
      minutes: z.number().min(1).max(1_440),
      withinShift: z.boolean(),
    })
    .nullable()
    .default(null),
});
export type PilotPlan = z.output<typeof pilotPlanSchema>;

/** Designs in which chance decides who is offered the pilot when. */
export function isRandomised(design: PilotDesign | null): boolean {
  return design === 'randomised' || design === 'cluster-randomised' || design === 'stepped-wedge';
}

export function outcomesOf({ primary, secondaries }: PilotPlan): readonly PilotOutcome[] {
  return primary === null ? secondaries : [primary, ...secondaries];
}

/** Kind of extract that an outcome is read from. */
export function kindOfOutcome({ measure }: PilotOutcome): OutcomeKind {
  return measure.of === 'absence' ? 'absences' : measure.answeredIn;
}
