import { z } from 'zod';

/** A protocol can be changed freely until it is registered; from then on a change is an amendment with its reason. */
export const reviewStatuses = ['draft', 'registered'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** On title and abstract first, then on the full text of what was kept. */
export const screeningStages = ['title', 'full-text'] as const;
export type ScreeningStage = (typeof screeningStages)[number];

export const screeningVerdicts = ['include', 'exclude', 'unsure'] as const;
export type ScreeningVerdict = (typeof screeningVerdicts)[number];

/** Whether two records are one: `asked` waits for somebody to say. */
export const pairVerdicts = ['asked', 'same', 'apart'] as const;
export type PairVerdict = (typeof pairVerdicts)[number];

/** What became of the search for a full text. */
export const fullTextStates = ['sought', 'retrieved', 'not-retrieved'] as const;
export type FullTextState = (typeof fullTextStates)[number];

/** Where records can be found (PRISMA 2020, the boxes at its top). */
export const searchSources = ['database', 'register', 'website', 'organisation', 'citations'] as const;
export type SearchSource = (typeof searchSources)[number];

/** In which way a rapid review is less than a full one. */
export const limitKinds = [
  'question',
  'databases',
  'dates',
  'languages',
  'publication-types',
  'grey-literature',
  'screening',
  'extraction',
  'appraisal',
  'synthesis',
  'other',
] as const;

/**
 * Where a record stands, its duplicates taken as one with it. Every record of a review is at one of these places, so that the
 * numbers of the flow are sums of them.
 */
export const reviewPlaces = [
  /** Has no title, so that nobody can judge it. */
  'unreadable',
  'to-screen',
  'screening-conflict',
  'screened-out',
  /** Kept by its title and abstract; its full text is not here yet. */
  'to-retrieve',
  'not-retrieved',
  'to-assess',
  'assessment-conflict',
  'assessed-out',
  'included',
] as const;
export type ReviewPlace = (typeof reviewPlaces)[number];

/** Empty where nothing is said yet. */
const words = z.string().trim().max(4_000).default('');
const name = z.string().trim().min(1).max(200);

/** Short name of a review, by which everything calls it. */
export const reviewCodeSchema = name;

/** Short name of a reason for exclusion, as it is kept with every decision. */
export const reasonCodeSchema = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is made of small letters, digits and hyphens, such as wrong-population');

const questionSchema = z.discriminatedUnion('framework', [
  z.strictObject({
    framework: z.literal('PICO'),
    population: words,
    intervention: words,
    comparison: words,
    outcome: words,
  }),
  z.strictObject({
    framework: z.literal('SPICE'),
    setting: words,
    perspective: words,
    intervention: words,
    comparison: words,
    evaluation: words,
  }),
]);
export type ReviewQuestion = z.output<typeof questionSchema>;

const limitSchema = z.strictObject({
  kind: z.enum(limitKinds),
  /** What is left out or done in a shorter way. */
  limit: z.string().trim().min(1).max(2_000),
  /** What that is likely to do to the answer. */
  likelyBias: words,
});

const criterionSchema = z.strictObject({ code: reasonCodeSchema, words: z.string().trim().min(1).max(1_000) });

/** By two people who do not see each other's decisions, or by one with a sample that a second checks. */
const screeningModeSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('two') }),
  z.strictObject({
    by: z.literal('one'),
    /** Share of records, drawn by chance, that a second person decides on too. */
    checkedShare: z.number().min(0).max(1),
  }),
]);
export type ScreeningMode = z.output<typeof screeningModeSchema>;

function different<Item extends z.ZodType>(
  item: Item,
  nameOf: (value: z.output<Item>) => string,
  what: string,
  most: number,
) {
  return z
    .array(item)
    .max(most)
    .refine((items) => new Set(items.map(nameOf)).size === items.length, `names ${what} twice`)
    .default([]);
}

/**
 * A review as it is planned. Parts that are not said yet are empty, so that a beginning can be kept; what a protocol lacks before
 * it can be registered is in `protocolGaps`.
 */
export const reviewProtocolSchema = z.strictObject({
  review: reviewCodeSchema,
  title: name,
  /** A rapid review declares in which ways it is less than a full one. */
  kind: z.enum(['rapid', 'full']).default('rapid'),
  background: words,
  question: questionSchema.default(() => questionSchema.parse({ framework: 'PICO' })),
  limits: z.array(limitSchema).max(50).default([]),
  inclusion: different(criterionSchema, ({ code }) => code, 'a criterion', 50),
  /** Reasons for exclusion, in the order in which they are looked for. */
  exclusion: different(criterionSchema, ({ code }) => code, 'a reason', 50),
  /** Where is to be searched, by the names that the search log has. */
  databases: different(name, (database) => database, 'a database', 50),
  titleScreening: screeningModeSchema.default({ by: 'two' }),
  fullTextScreening: screeningModeSchema.default({ by: 'two' }),
  /** Users of the vault who decide on records. */
  reviewers: different(name, (reviewer) => reviewer, 'a reviewer', 20),
  synthesis: words,
});
export type ReviewProtocol = z.output<typeof reviewProtocolSchema>;

/** How the records of a stage are decided on. */
export function modeOf(protocol: ReviewProtocol, stage: ScreeningStage): ScreeningMode {
  return stage === 'title' ? protocol.titleScreening : protocol.fullTextScreening;
}
