import { compareSchemes } from '#main/analysis/exposure/comparison/compare-schemes.ts';
import {
  comparisonScript,
  comparisonWarnings,
  readComparison,
} from '#main/analysis/exposure/comparison/comparison-reading.ts';
import type { ComparisonSpec } from '#main/analysis/exposure/comparison/comparison-spec.ts';
import { coverageOfRows } from '#main/analysis/exposure/packed-exposures.ts';
import { compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { eventsUpTo } from './exposure-rows.ts';
import type { ExposureSource } from './exposure-source.ts';
import { taken } from './task-failure.ts';

type Compared = { readonly scheme: Scheme; readonly hash: string };

export type ComparisonQuestion = {
  readonly spec: ComparisonSpec;
  readonly compared: readonly [Compared, Compared];
};

/** Two schemes side by side on the data of a day. */
export function comparisonAnswer(
  { exposures, people, uncountedUpTo }: ExposureSource,
  { spec, compared }: ComparisonQuestion,
): AnalysisAnswer {
  const asOfDay = dayOfIso(spec.asOf) ?? 0;
  const uncounted = uncountedUpTo(asOfDay);
  const coverage = coverageOfRows(eventsUpTo(exposures, asOfDay), uncounted);
  const schemes = [compared[0].scheme, compared[1].scheme] as const;
  const result = compareSchemes({
    exposures,
    people,
    compared: [taken(compileScheme(schemes[0])), taken(compileScheme(schemes[1]))],
    asOfDay,
    rows: spec.rows,
  });
  return {
    asOf: spec.asOf,
    result: {
      schemes: compared.map(({ scheme, hash }) => ({
        scheme: scheme.id,
        status: scheme.status,
        hash,
        halfLifeDays: scheme.recency.value,
      })),
      coverage,
      ...result,
    },
    reading: readComparison(result, { schemes, asOfDay, coverage }),
    warnings: comparisonWarnings(schemes),
    coverage,
    r: comparisonScript(schemes, asOfDay, uncounted),
  };
}
