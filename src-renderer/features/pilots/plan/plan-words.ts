import type { PilotOutcome, PilotPlan } from '#shared/domain/pilot.ts';
import { formatCount, formatDate, plural } from '../../../ui/format.ts';
import type { Fact } from '../../../ui/surface.tsx';
import { text as pilotText } from '../text.ts';
import { planText as text } from './text.ts';

function said(words: string): string {
  return words === '' ? text.notSaid : words;
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? text.nothing : words.join('; ');
}

function daysWords({ fromDay, toDay }: PilotOutcome['followUp']): string {
  return `day ${formatDay(fromDay)} to day ${formatDay(toDay)}`;
}

function formatDay(day: number): string {
  return formatCount(day).replace('-', '−');
}

function measureWords({ measure }: PilotOutcome): string {
  if (measure.of === 'absence') {
    const reason = measure.reason === 'all' ? '' : `, ${text.reasons[measure.reason].toLowerCase()}`;
    return `${text.counts[measure.count]}${reason}`;
  }
  const scale = measure.scale === null ? '' : `, ${measure.scale}`;
  return `${measure.instrument}${scale}, ${text.kinds[measure.answeredIn].toLowerCase()}`;
}

/** `GHQ-12, likert, screenings; lower is better; follow-up day 80 to day 120; baseline day −42 to day 0`. */
export function outcomeWords(outcome: PilotOutcome): string {
  const { better, baseline, followUp } = outcome;
  const parts = [
    measureWords(outcome),
    `${text.betterWays[better]} is better`,
    `${text.followUp.toLowerCase()} ${daysWords(followUp)}`,
    ...(baseline === null ? [] : [`${text.baseline.toLowerCase()} ${daysWords(baseline)}`]),
  ];
  return parts.join('; ');
}

export function ideaFacts({ title, logicModel, eligibility }: PilotPlan): Fact[] {
  const parts = ['problem', 'inputs', 'activities', 'outputs', 'outcomes', 'assumptions'] as const;
  return [
    { term: text.title, value: title },
    ...parts.map((part) => ({ term: text.logic[part], value: said(logicModel[part]) })),
    { term: text.eligibility, value: said(eligibility) },
  ];
}

export function designFacts({ design, arms, rollout, allocation, sessions }: PilotPlan): Fact[] {
  return [
    { term: text.design, value: design === null ? pilotText.noDesign : pilotText.designs[design] },
    ...arms.map(({ arm, what, share, isComparison }) => ({
      term: `${text.arm} “${arm}”`,
      value: `${said(what)} ${text.share} ${share}.${isComparison ? ` The others are compared with it.` : ''}`,
    })),
    ...rollout.map(({ group, from }) => ({ term: group, value: `from ${formatDate(from)}` })),
    ...(allocation === null
      ? []
      : [
          { term: text.blockSizes, value: allocation.blockSizes.join(', ') },
          { term: text.byStratum, value: allocation.byStratum ? text.yes : text.no },
        ]),
    { term: text.sessions, value: sessions === null ? text.nothing : sessionWords(sessions) },
  ];
}

function sessionWords({ planned, minutes, withinShift }: NonNullable<PilotPlan['sessions']>): string {
  return `${plural(planned, 'session')} of ${minutes} minutes for each person, ${withinShift ? 'within' : 'outside'} the shift`;
}

export function outcomeFacts({ primary, secondaries }: PilotPlan): Fact[] {
  return [
    { term: text.primary, value: primary === null ? text.notSaid : outcomeWords(primary) },
    ...secondaries.map((outcome, at) => ({ term: text.secondary(at + 1), value: outcomeWords(outcome) })),
  ];
}

export function analysisFacts({ estimand, analysis, sampleSize }: PilotPlan): Fact[] {
  const { smallSample, tippingPointDeltas, covariates, subgroups } = analysis;
  return [
    { term: text.population, value: said(estimand.population) },
    { term: text.treatments, value: said(estimand.treatments) },
    { term: text.summary, value: said(estimand.summary) },
    {
      term: text.events,
      value: listed(estimand.intercurrentEvents.map(({ event, handling }) => `${event}: ${text.handlings[handling]}`)),
    },
    { term: text.smallSample, value: smallSample === null ? text.notSaid : text.corrections[smallSample] },
    { term: text.deltas, value: listed(tippingPointDeltas.map(String)) },
    { term: text.covariates, value: listed(covariates) },
    { term: text.subgroups, value: listed(subgroups) },
    ...(sampleSize?.by === 'power'
      ? []
      : [{ term: text.sampleSize, value: sampleSize === null ? text.notSaid : sampleSize.reason }]),
  ];
}
