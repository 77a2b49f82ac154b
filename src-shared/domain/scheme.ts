import { z } from 'zod';

const weight = z.number().finite().min(0).max(1_000);

/** A weighting scheme as a document (`domain.md` §8.1): versioned, and immutable once two people have approved it. */
export const schemeSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  status: z.enum(['draft', 'approved', 'retired']),
  effective_from: z.string().nullable(),
  approved_by: z.array(z.string()).nullable(),
  basis: z.array(z.string()),
  tiers: z.record(z.string(), z.strictObject({ weight, categories: z.array(z.string()) })),
  proximity: z.record(z.string(), weight),
  attribution: z.record(z.string(), weight),
  modifiers: z.strictObject({
    first_on_scene: weight.optional(),
    known_victim: weight.optional(),
    minutes_on_scene: z.strictObject({ cap: z.number().min(0), per_hour: z.number().min(0) }).optional(),
  }),
  recency: z.strictObject({
    type: z.literal('half_life_days'),
    value: z.number().positive(),
    also_report: z.array(z.number().int().positive()),
  }),
  combine: z.literal('sum'),
  cap_per_day: z.number().positive().nullable(),
  windows_days: z.array(z.number().int().positive()).min(1),
  review_triggers: z.array(z.strictObject({ rule: z.string() })),
  suppress_if_open_case: z.boolean(),
  cooldown_days: z.number().int().min(0),
});

export type Scheme = z.infer<typeof schemeSchema>;

/** A scheme with its version in words; 0 for one that came with Tidemark, null where what raised a signal is no scheme. */
export function schemeInWords(scheme: string, version: number | null): string {
  if (version === null) return scheme;
  return version === 0 ? `${scheme} (built in)` : `${scheme}, version ${version}`;
}
