import { formatNumber, formatShare } from '../report/format.ts';
import type { EarlyWarningResult, Estimate, Performance } from './early-warning.ts';
import { cannotAssess, countWords, estimateWords, numberWords } from './early-warning-words.ts';

export type MeasureRow = {
  readonly measure: string;
  readonly later: string;
  readonly rules: string;
  readonly apparent: string;
  readonly corrected: string;
  readonly units: string;
};

/** Every measure beside each other: later waves, rules, the same data, less the optimism, units left out. */
export function measureRows({ validation, rules }: EarlyWarningResult): readonly MeasureRow[] {
  const { temporal, apparent, optimism, leaveOneUnitOut } = validation;
  const row = (measure: string, of: (performance: Performance) => string, corrected: string = '–'): MeasureRow => ({
    measure,
    later: temporal ? of(temporal) : cannotAssess,
    rules: rules.performance ? of(rules.performance) : cannotAssess,
    apparent: apparent ? of(apparent) : cannotAssess,
    corrected,
    units: leaveOneUnitOut.overall ? of(leaveOneUnitOut.overall) : cannotAssess,
  });
  const estimate = (pick: (performance: Performance) => Estimate | null) => (performance: Performance) =>
    estimateWords(pick(performance));
  const corrected = (value: number | undefined, decimals = 2): string =>
    value === undefined ? '–' : formatNumber(value, decimals);
  return [
    row('Screenings tested', ({ landmarks }) => countWords(landmarks)),
    row('Followed by a case', ({ events }) => countWords(events)),
    row(
      'Tells apart (AUC)',
      estimate(({ auc }) => auc),
      corrected(optimism?.correctedAuc),
    ),
    row(
      'Calibration slope',
      estimate(({ slope }) => slope),
      corrected(optimism?.correctedSlope),
    ),
    row(
      'Calibration intercept',
      estimate(({ intercept }) => intercept),
    ),
    row(
      'Observed over expected',
      estimate(({ observedExpected }) => observedExpected),
    ),
    row('Brier score', ({ brier }) => numberWords(brier, 3), corrected(optimism?.correctedBrier, 3)),
    row('Scaled Brier score', ({ scaledBrier }) => numberWords(scaledBrier, 3)),
    row('Average precision', ({ averagePrecision }) => numberWords(averagePrecision, 3)),
    row('Share followed by a case', ({ prevalence }) =>
      prevalence === null ? 'not assessable' : formatShare(prevalence, 1),
    ),
  ];
}
