import type { PilotDesign, PilotOutcome } from './pilot.ts';

/** What each design is called in a report. */
export const designWords: Readonly<Record<PilotDesign, string>> = {
  'pre-post': 'Before and after, one group',
  randomised: 'Randomised by person',
  'cluster-randomised': 'Randomised by team or area',
  'stepped-wedge': 'Stepped wedge',
  'difference-in-differences': 'Difference in differences',
  'interrupted-time-series': 'Interrupted time series',
  weighting: 'Comparison made alike by weighting',
};

/** `GHQ-12, likert; lower is better; measured from day 80 to day 120, at baseline from day −42 to day 0`. */
export function outcomeInWords({ measure, better, baseline, followUp }: PilotOutcome): string {
  const of =
    measure.of === 'score'
      ? [measure.instrument, measure.scale].filter((part) => part !== null).join(', ')
      : `${measure.count} of absence${measure.reason === 'all' ? '' : ', psychological'}`;
  const days = (span: PilotOutcome['followUp']): string =>
    `from day ${dayOf(span.fromDay)} to day ${dayOf(span.toDay)}`;
  const before = baseline === null ? '' : `, at baseline ${days(baseline)}`;
  return `${of}; ${better === 'low' ? 'lower' : 'higher'} is better; measured ${days(followUp)}${before}`;
}

function dayOf(day: number): string {
  return `${day}`.replace('-', '−');
}
