import { z } from 'zod';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../parse-spec.ts';
import { outcomeOfSpec } from './case-definition.ts';
import { type EarlyWarningSpec, earlyWarningDefaults } from './spec.ts';

const lag = z.number().int().min(0).max(366);
const lags = earlyWarningDefaults.lagDays;

const schema = z.strictObject({
  from: date.nullable().default(null),
  asOf: date,
  instrument: z.string().min(1).max(64).default('CBI'),
  /** Null is the main scale of the instrument, of the CBI personal burnout. */
  scale: z.string().min(1).max(64).nullable().default(null),
  /** Null is the first confirmed cut-off of the scale, for personal burnout the conventional 50. */
  cutOff: z
    .union([
      z.string().min(1).max(200),
      z.strictObject({ score: z.number().min(-1_000).max(1_000), source: z.string().trim().min(1).max(500) }),
    ])
    .nullable()
    .default(null),
  horizonDays: z.number().int().min(30).max(730).default(earlyWarningDefaults.horizonDays),
  spellDays: z.number().int().min(1).max(366).default(earlyWarningDefaults.spellDays),
  lagDays: z
    .strictObject({
      exposures: lag.default(lags.exposures),
      absences: lag.default(lags.absences),
      duties: lag.default(lags.duties),
      screenings: lag.default(lags.screenings),
    })
    .default(lags),
  folds: z.number().int().min(2).max(20).default(earlyWarningDefaults.folds),
  resamples: z.number().int().min(20).max(2_000).default(earlyWarningDefaults.resamples),
  seed: z.number().int().min(0).max(0xffff_ffff).default(earlyWarningDefaults.seed),
  capacityPerWeek: z.number().min(0.1).max(10_000).default(earlyWarningDefaults.capacityPerWeek),
  rows: z.boolean().default(false),
});

/** Fails with `BAD_SPEC`, naming the field; every default is filled in, the instrument, scale and cut-off by their own names. */
export function parseEarlyWarningSpec(spec: unknown): Result<EarlyWarningSpec> {
  const parsed = parseSpec(schema, spec, 'early-warning');
  if (!parsed.ok) return parsed;
  const { from, asOf } = parsed.value;
  if (from !== null && (dayOfIso(from) ?? 0) > (dayOfIso(asOf) ?? 0)) {
    return fail(
      'BAD_SPEC',
      'The period of early-warning ends before it begins.',
      'Nothing was run. Correct "from" and "asOf".',
    );
  }
  const outcome = outcomeOfSpec(parsed.value);
  return outcome.ok ? ok({ ...parsed.value, ...outcome.value }) : outcome;
}
