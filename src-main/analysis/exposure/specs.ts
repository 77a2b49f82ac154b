import { z } from 'zod';
import { dayOfIso, lastDayOfMonth, monthIndexOfIso, monthOfDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../parse-spec.ts';

const windows = z
  .array(z.number().int().min(1).max(36_600))
  .min(1)
  .max(12)
  .refine((list) => new Set(list).size === list.length, 'each window may be named once')
  .default([28, 90, 180, 365]);
const common = {
  windows,
  halfLifeDays: z.number().positive().max(36_600).default(180),
  scheme: z.string().min(1).max(64).default('count-v1'),
  rows: z.boolean().default(false),
};
export const monthOrDate = z
  .string()
  .refine((text) => monthIndexOfIso(text) !== null, 'must be a month such as 2026-03 or a date such as 2026-03-31');

const loadSchema = z.strictObject({ asOf: date, ...common });
const seriesSchema = z.strictObject({ from: monthOrDate, to: monthOrDate, ...common });

/** The spec of `exposure-load` with every default filled in. */
export type ExposureLoadSpec = z.infer<typeof loadSchema>;
/** The spec of `exposure-series` with every default filled in. */
export type ExposureSeriesSpec = z.infer<typeof seriesSchema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parseExposureLoadSpec(spec: unknown): Result<ExposureLoadSpec> {
  return parseSpec(loadSchema, spec, 'exposure-load');
}

/** Fails with `BAD_SPEC`, naming the field. */
export function parseExposureSeriesSpec(spec: unknown): Result<ExposureSeriesSpec> {
  return parseSpec(seriesSchema, spec, 'exposure-series');
}

/** The month ends a series speaks of: `2026-03` and its last day, ascending. */
export type MonthEnds = { readonly months: readonly string[]; readonly days: Int32Array };

const mostMonths = 1_200;

/**
 * Every month end from `from` to `to`, both included. A month stands for all of its days, so a date in `to` before the
 * end of its month leaves that month out: its end has not come. Fails with `BAD_SPEC` when none is left.
 */
export function monthEndsBetween(from: string, to: string): Result<MonthEnds> {
  const first = monthIndexOfIso(from);
  const end = monthIndexOfIso(to);
  if (first === null || end === null) return badRange('"from" and "to" are months or dates');
  const dayOfTo = dayOfIso(to);
  const last = dayOfTo !== null && dayOfTo < lastDayOfMonth(end) ? end - 1 : end;
  if (last < first) return badRange('no month ends between "from" and "to"');
  if (last - first >= mostMonths) return badRange(`it covers more than ${mostMonths} months`);
  const days = Int32Array.from({ length: last - first + 1 }, (_, index) => lastDayOfMonth(first + index));
  return ok({ months: Array.from(days, monthOfDay), days });
}

function badRange(reason: string): Result<never> {
  return fail(
    'BAD_SPEC',
    `The months of the series cannot be used: ${reason}.`,
    'Nothing was run. Correct "from" and "to" and run it again.',
  );
}
