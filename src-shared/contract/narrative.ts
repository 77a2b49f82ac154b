import { z } from 'zod';

/** A number in the words of an author, and where the report prints it. */
export const quoteSchema = z.strictObject({
  /** As it stands in the words, such as 1,204 or 12.4%. */
  text: z.string().min(1).max(40),
  /** Which time this number stands in the words, from 1. */
  occurrence: z.number().int().min(1).max(999),
  /** Place of the fact in `facts.json`; null for a number that is not one of the report. */
  fact: z.string().min(1).max(2_000).nullable(),
  /** Which number of that fact, from 1; the first where it is left out. */
  number: z.number().int().min(1).max(999).optional(),
});
export type Quote = z.infer<typeof quoteSchema>;

const sectionIdSchema = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9-]*$/, 'is no id of a section');

/** Words at the start or the end of a section: paragraphs between empty lines, lines that begin with “- ” as a list. */
export const passageSchema = z.strictObject({
  section: sectionIdSchema,
  place: z.enum(['start', 'end']),
  text: z.string().max(6_000).regex(/\S/, 'holds no words'),
  quotes: z.array(quoteSchema).max(300).optional(),
});
export type Passage = z.infer<typeof passageSchema>;

/** What an author writes beside what is worked out, at most twice in a section. */
export const narrativeSchema = z
  .array(passageSchema)
  .max(60)
  .refine(
    (passages) => new Set(passages.map(({ section, place }) => `${section} ${place}`)).size === passages.length,
    'names one place of a section twice',
  );
export type Narrative = z.infer<typeof narrativeSchema>;
