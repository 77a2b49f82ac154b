import { z } from 'zod';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import type { Result } from '#shared/domain/result.ts';
import { parseSpec } from '../../parse-spec.ts';
import { monthOrDate } from '../specs.ts';

const codes: ReadonlySet<string> = new Set(exposureCategories.map(({ code }) => code));

/** Limits from fewer points move so much that signals mislead. */
export const leastPoints = 12;

const trendSchema = z.strictObject({
  from: monthOrDate,
  to: monthOrDate,
  by: z.enum(['unit', 'role', 'force']).default('unit'),
  /** One category, or a chart of each; null is all together. */
  category: z
    .string()
    .refine((code) => code === 'each' || codes.has(code), 'must be a category code such as RTC_FATAL, or "each"')
    .nullable()
    .default(null),
  /** `auto`: u (u′ where overdispersed) for plain counts, XmR for weighted loads. */
  chart: z.enum(['auto', 'xmr', 'u']).default('auto'),
  /** Number of first months from which the limits come; null is all of them. */
  baseline: z.number().int().min(leastPoints).max(1_200).nullable().default(null),
  scheme: z.string().min(1).max(64).default('count-v1'),
  rules: z.enum(['nhs', 'none']).default('nhs'),
});

/** The spec of `exposure-trend` with every default filled in. */
export type ExposureTrendSpec = z.infer<typeof trendSchema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parseExposureTrendSpec(spec: unknown): Result<ExposureTrendSpec> {
  return parseSpec(trendSchema, spec, 'exposure-trend');
}
