import { z } from 'zod';
import { operation } from './define.ts';

const pathSchema = z.string().min(1).max(4_096);
const nameSchema = z.string().min(1).max(1_000);
const ruleShape = {
  threshold: z.number().int().min(1).max(1_000_000),
  /** 0 for exact counts, else the base that published counts are rounded to. */
  rounding: z.number().int().min(0).max(1_000_000),
  protect: z.number().int().min(0).max(1_000_000),
};
const sideSchema = z.union([nameSchema, z.tuple([nameSchema]), z.tuple([nameSchema, nameSchema])]);
const meaningSchema = z.record(nameSchema, z.array(nameSchema));

/** A table that was let out before: the `cells` of an earlier answer, with the rules it was published under. */
export const earlierReleaseSchema = z.strictObject({
  cells: z
    .array(
      z.object({
        row: z.string(),
        column: z.string(),
        published: z.number().min(0).nullable(),
        reason: z.enum(['primary', 'complementary']).nullable().optional(),
      }),
    )
    .min(1),
  threshold: ruleShape.threshold.optional(),
  rounding: ruleShape.rounding.optional(),
  protect: ruleShape.protect.optional(),
  /** What a label of the earlier release means in lines of the present table; an empty list for people not in it. */
  rows: meaningSchema.optional(),
  columns: meaningSchema.optional(),
  /** Which labels of the earlier release a line of the present table adds up. */
  finerRows: meaningSchema.optional(),
  finerColumns: meaningSchema.optional(),
});

export const suppressSpecSchema = z.strictObject({
  rows: sideSchema,
  columns: sideSchema.optional(),
  count: nameSchema.optional(),
  threshold: ruleShape.threshold.optional(),
  rounding: ruleShape.rounding.optional(),
  protect: ruleShape.protect.optional(),
  internal: z.boolean().optional(),
  earlier: z.array(earlierReleaseSchema).max(100).optional(),
});
export type SuppressSpec = z.infer<typeof suppressSpecSchema>;

/** Null where nothing that is published bounds it. */
const endSchema = z.number().int().nullable();
const reasonSchema = z.enum(['primary', 'complementary']).nullable();

export const suppressionSchema = z.strictObject({
  cells: z.array(
    z.strictObject({
      row: z.string(),
      column: z.string(),
      value: z.number().int().nullable(),
      published: z.number().int().nullable(),
      reason: reasonSchema,
    }),
  ),
  audit: z.array(
    z.strictObject({
      row: z.string(),
      column: z.string(),
      low: endSchema,
      high: endSchema,
      /** The same for a reader who knows the threshold, and that zeros are never withheld. */
      knowingRules: z.strictObject({ low: endSchema, high: endSchema }),
    }),
  ),
  rules: z.strictObject({ threshold: z.number(), rounding: z.number(), protect: z.number() }),
  /** What was lost: how many of the counts that are not zero are withheld, and how many of those are margins. */
  loss: z.strictObject({
    counts: z.number().int(),
    primary: z.number().int(),
    complementary: z.number().int(),
    complementaryMargins: z.number().int(),
  }),
  earlierReleases: z.number().int(),
});
export type Suppression = z.infer<typeof suppressionSchema>;

export const disclosureOperations = {
  'disclosure.suppress': operation({
    kind: 'job',
    roles: 'anyone',
    audit: null,
    summary: 'Disclosure control on a plain table of counts. No vault is involved.',
    input: z.strictObject({ data: pathSchema, spec: z.record(z.string(), z.unknown()) }),
    output: suppressionSchema,
  }),
};
