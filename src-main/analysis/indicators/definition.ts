import { z } from 'zod';

const measureNames = [
  'exposure-rate',
  'exposure-coverage',
  'over-threshold',
  'exposure-recording',
  'screening-uptake',
  'caseness',
  'absence-rate',
  'long-term-absence',
  'return-sustained',
  'referral-to-contact',
  'offer-uptake',
  'peer-contacts',
  'peer-response',
  'peer-caseload',
] as const;

const text = z.string().min(1).max(1_000);

/** A document that says what an indicator is; the numbers come from a measure of the engine. */
export const indicatorSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    version: z.number().int().min(1),
    title: text,
    question: text,
    numerator: text,
    denominator: text,
    window: text,
    /** A share is shown per cent, a rate per so many, a median in days. */
    kind: z.enum(['share', 'rate', 'median']),
    unit: text,
    /** Counts of people above 0 and below this are withheld. */
    threshold: z.number().int().min(5).max(1_000),
    owner: text,
    better: z.enum(['low', 'high', 'neither']),
    /** In the unit; null where nobody has set one. */
    target: z.number().nullable(),
    source: text,
    /** Extract kinds that it is made from. */
    kinds: z.array(text),
    measure: z.enum([...measureNames, 'none']),
    parameters: z.record(z.string(), z.union([z.number(), z.string()])),
    /** Why the extracts cannot tell it, for one without a measure. */
    notMeasurable: text.optional(),
  })
  .refine(
    ({ measure, notMeasurable }) => (measure === 'none') === (notMeasurable !== undefined),
    'one without a measure says why',
  );

export type IndicatorDefinition = z.infer<typeof indicatorSchema>;

/** How the number of a month comes about, in words. */
export function howWorkedOut(definition: IndicatorDefinition): string {
  const { kind, numerator, denominator, window, threshold } = definition;
  const made =
    kind === 'median'
      ? `The median of: ${numerator.toLowerCase()}, over: ${denominator.toLowerCase()} (Kaplan–Meier).`
      : `${numerator}, divided by: ${lowerFirst(denominator)}.`;
  return `${made} Window: ${lowerFirst(window)}. Numbers of people above 0 and below ${threshold} are withheld. Limits: XmR chart (mean ± 2.66 mean moving ranges) over the months that have a value, with the rules of NHS England’s Making Data Count.`;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
