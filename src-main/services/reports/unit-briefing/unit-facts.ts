import type { AbsenceResult } from '#main/analysis/absence/absence-result.ts';
import type { ExposurePeriodResult } from '#main/analysis/exposure/exposure-period.ts';
import { unknownPost } from '#main/analysis/exposure/exposure-totals.ts';
import type { ExposureTrendResult } from '#main/analysis/exposure/trend/exposure-trend.ts';
import type { SupportUptake } from '#main/analysis/support/support-uptake.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { UnitBriefingSpec } from '#shared/contract/report-specs/unit-briefing.ts';
import { dayOfIso, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { answered } from '../added/added-sections.ts';
import { runAll } from '../run-all.ts';

export type FilledUnitSpec = { readonly [Key in keyof UnitBriefingSpec]-?: NonNullable<UnitBriefingSpec[Key]> };

export type UnitFacts = {
  readonly spec: FilledUnitSpec;
  readonly synthetic: boolean;
  readonly exposure: ExposurePeriodResult & { readonly coverage: number | null };
  /** Place of the unit among those of `exposure`. */
  readonly row: number;
  /** Rates of each unit and of the force, all kinds together. */
  readonly units: ExposureTrendResult;
  readonly force: ExposureTrendResult;
  /** Every kind of exposure of every unit apart. */
  readonly kinds: ExposureTrendResult;
  readonly absence: AbsenceResult;
  /** Null where no support is held. */
  readonly support: SupportUptake | null;
  readonly analyses: readonly AnalysisResult[];
};

/** No rate, mean or share of fewer, and so no briefing. */
export const leastOfUnit = 10;

function fill(given: UnitBriefingSpec): Result<FilledUnitSpec> {
  const { from, to, unit } = given;
  const last = dayOfIso(to);
  const isWhole =
    dayOfIso(from) !== null &&
    from.endsWith('-01') &&
    last !== null &&
    last === lastDayOfMonth(monthIndexOfIso(to) ?? 0) &&
    from <= to;
  if (!isWhole) {
    return fail(
      'BAD_SPEC',
      'A briefing is of whole months, and these days are not.',
      'Nothing was built. Write "from" as the first day of a month and "to" as the last of one, such as 2025-04-01 and 2026-03-31.',
    );
  }
  return ok({
    ...{ template: given.template, unit, from, to },
    threshold: given.threshold ?? 5,
    clinicalThreshold: given.clinicalThreshold ?? 10,
    title: given.title ?? `Briefing for ${unit}`,
    marking: given.marking ?? defaultMarking,
    version: given.version ?? '1.0',
  });
}

const mostNamed = 30;

/** Fails with `BAD_SPEC` for a period that is none, and `NOT_FOUND` for a unit that nobody was posted to. */
export async function unitFacts(context: VaultContext, given: UnitBriefingSpec): Promise<Result<UnitFacts>> {
  const filled = fill(given);
  if (!filled.ok) return filled;
  const spec = filled.value;
  const { from, to, unit } = spec;
  const period = { from, to };
  const months = { from: from.slice(0, 7), to: to.slice(0, 7), chart: 'xmr' };
  const minimum = spec.clinicalThreshold;
  const asked = await runAll(context, [
    { method: 'exposure-period', spec: period },
    { method: 'exposure-trend', spec: { ...months, by: 'unit' } },
    { method: 'exposure-trend', spec: { ...months, by: 'force' } },
    { method: 'exposure-trend', spec: { ...months, by: 'unit', category: 'each', rules: 'none' } },
    { method: 'absence', spec: { ...period, by: 'unit', minimum } },
  ]);
  if (!asked.ok) return asked;
  const support = await answered(runAnalysis(context, 'support-uptake', { ...period, by: ['unit'], minimum }));
  // Where no support is held there is none to tell of, and the rest stands.
  if (!support.ok && support.error.code !== 'REFUSED_MODEL') return support;
  const [first, units, force, kinds, absence] = asked.value.map(({ result }) => result as unknown);
  const exposure = first as UnitFacts['exposure'];
  const row = exposure.units.indexOf(unit);
  if (row < 0 || unit === unknownPost) {
    const known = exposure.units.filter((name) => name !== unknownPost);
    const more = known.length > mostNamed ? ` and ${known.length - mostNamed} more` : '';
    return fail(
      'NOT_FOUND',
      `Nobody was ever posted to a unit “${unit}”.`,
      `Nothing was built. The units are: ${known.slice(0, mostNamed).join(', ') || 'none, import people first'}${more}.`,
    );
  }
  return ok({
    spec,
    synthetic: context.vault.synthetic,
    exposure,
    row,
    units: units as ExposureTrendResult,
    force: force as ExposureTrendResult,
    kinds: kinds as ExposureTrendResult,
    absence: absence as AbsenceResult,
    support: support.ok ? (support.value.result as unknown as SupportUptake) : null,
    analyses: support.ok ? [...asked.value, support.value] : asked.value,
  });
}
