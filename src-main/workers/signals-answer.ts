import { coverageOfRows } from '#main/analysis/exposure/packed-exposures.ts';
import { compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import { readSignals, signalWarnings } from '#main/analysis/signals/signal-reading.ts';
import { signalsScript } from '#main/analysis/signals/signal-script.ts';
import { lookDays, type SignalsSpec } from '#main/analysis/signals/signal-spec.ts';
import { signals } from '#main/analysis/signals/signals.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { eventsUpTo } from './exposure-rows.ts';
import type { ExposureSource } from './exposure-source.ts';
import { taken } from './task-failure.ts';

/** What the review triggers of a scheme raise, look by look. */
export function signalsAnswer(
  { exposures, people, uncountedUpTo }: ExposureSource,
  spec: SignalsSpec,
  scheme: Scheme,
): AnalysisAnswer {
  const looks = lookDays(spec);
  const lastDay = looks.at(-1) ?? 0;
  const compiled = taken(compileScheme(scheme));
  const clearAfterDays = spec.clearAfterDays ?? scheme.cooldown_days;
  const coverage = coverageOfRows(eventsUpTo(exposures, lastDay), uncountedUpTo(lastDay));
  const result = signals({ exposures, people, compiled, looks, clearAfterDays, rows: spec.rows });
  return {
    asOf: isoOfDay(lastDay),
    result: { coverage, cooldownDays: scheme.cooldown_days, clearAfterDays, ...result },
    reading: readSignals(result, { scheme, clearAfterDays, every: spec.every, coverage }),
    warnings: signalWarnings(result, scheme),
    coverage,
    r: signalsScript({ compiled, looks, clearAfterDays }),
  };
}
