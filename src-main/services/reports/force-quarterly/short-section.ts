import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { leastMonthsForLimits } from '#shared/domain/indicators.ts';
import type { Block, KeyFigure, ReportSection, RichText } from '#shared/report/document.ts';
import { formatDate, formatNumber, formatShare } from '#shared/report/format.ts';
import { absenceOf } from '../added/absence-part.ts';
import { peopleAs, screenedAs } from '../counts-to-release.ts';
import { syntheticNote } from '../frame-sections.ts';
import { changeOfCount, changeOfRate, comparedWords } from './change-words.ts';
import { type JudgedQuarters, monthEvents, quarterEvents } from './quarterly-counts.ts';
import type { QuarterFacts, QuarterlyFacts } from './quarterly-facts.ts';
import { differenceSentences } from './wellbeing-section.ts';

/** What of other places may be named in short: null where its section is not in the report, or withheld. */
export type ToldElsewhere = {
  /** Of the quarter, the one before and the same one of the year before. */
  readonly absence: readonly [AnalysisResult, AnalysisResult, AnalysisResult] | null;
  readonly indicators: AnalysisResult | null;
  /** Actions of the plan that go on, those of them that are overdue, and those with a break in the loop. */
  readonly plan: { readonly open: number; readonly overdue: number; readonly broken: number } | null;
};

type Three = readonly [number | null, number | null, number | null];

const leastPeople = 10;

/** The figures a chief officer reads first, and what they say in sentences. */
export function shortSection(facts: QuarterlyFacts, judged: JudgedQuarters, told: ToldElsewhere): ReportSection {
  const figures = keyFigures(facts, judged, told);
  return {
    id: 'summary',
    heading: 'In short',
    blocks: [
      ...(facts.synthetic ? [syntheticNote] : []),
      { kind: 'key-figures', figures: figures.slice(0, 3) },
      { kind: 'key-figures', figures: figures.slice(3) },
      { kind: 'list', ordered: false, items: findings(facts, judged, told) },
      limits,
    ],
  };
}

const limits: Block = {
  kind: 'paragraph',
  tone: 'small',
  text: 'These are records of work, absence and answers. They show that something changed, not why, and a difference between two quarters is often chance: the rules of the run charts say when it is not. Nothing here is about one person, and no line of it may be used for discipline, promotion, vetting or posting.',
};

function eventsOf({ three }: QuarterlyFacts, judged: JudgedQuarters): Three {
  const count = ({ quarter, isHeld }: (typeof three)[number]): number | null =>
    isHeld ? judged.shown(quarterEvents({}, quarter)).value : null;
  return [count(three[0]), count(three[1]), count(three[2])];
}

/** `formatted`, or why there is none. */
function figure(value: string | null, isHeld: boolean, label: string, note: string): KeyFigure {
  return { value: value ?? (isHeld ? 'withheld' : 'not held'), label, note };
}

function keyFigures(facts: QuarterlyFacts, judged: JudgedQuarters, told: ToldElsewhere): KeyFigure[] {
  const [now] = facts.three;
  const [events, before] = eventsOf(facts, judged);
  const people = now.isHeld ? judged.shown(peopleAs({}, now.quarter)).value : null;
  const perPerson = events === null || people === null || people < leastPeople ? null : events / people;
  const beforeWords = (value: string | null): string =>
    value === null ? 'no quarter before' : `${value} the quarter before`;
  return [
    figure(
      events === null ? null : formatNumber(events),
      now.isHeld,
      'recorded exposures',
      beforeWords(before === null ? null : formatNumber(before)),
    ),
    figure(
      perPerson === null ? null : formatNumber(perPerson, 1),
      now.isHeld,
      'exposures per person',
      people === null ? 'in post at the end' : `${formatNumber(people)} in post at the end`,
    ),
    coverageFigure(now, events),
    screeningFigure(now, judged),
    ...absenceFigures(told.absence, beforeWords),
  ];
}

function coverageFigure({ exposure, isHeld }: QuarterFacts, events: number | null): KeyFigure {
  const share = exposure.coverage === null || events === null ? null : formatShare(exposure.coverage, 1);
  return figure(share, isHeld, 'coverage', 'exposure rows whose code has a rule');
}

function screeningFigure({ screening, quarter }: QuarterFacts, judged: JudgedQuarters): KeyFigure {
  const [first] = screening;
  if (first === undefined) return figure(null, false, 'answered the screening', 'nobody was invited');
  const [answered, invited] = (['answered', 'invited'] as const).map(
    (response) => judged.shown(screenedAs(first.instrument, response, quarter)).value,
  );
  const isTold = answered != null && invited != null && invited >= leastPeople;
  return figure(
    isTold ? formatShare(answered / invited) : null,
    true,
    'answered the screening',
    isTold ? `${first.instrument}: ${formatNumber(answered)} of ${formatNumber(invited)}` : first.instrument,
  );
}

function absenceFigures(
  absence: ToldElsewhere['absence'],
  beforeWords: (value: string | null) => string,
): readonly KeyFigure[] {
  if (absence === null) return [];
  const [now, before] = absence.map((analysis) => absenceOf(analysis).all);
  const isHeld = now != null && now.peopleAbsent > 0;
  const rate = now?.ratePercent ?? null;
  const share = now?.psychological?.share ?? null;
  const shareBefore = before?.psychological?.share ?? null;
  const rateBefore = before?.ratePercent ?? null;
  return [
    figure(
      isHeld && rate !== null ? formatNumber(rate, 1) : null,
      isHeld,
      'FTE days lost per 100',
      beforeWords(rateBefore === null ? null : formatNumber(rateBefore, 1)),
    ),
    figure(
      isHeld && share !== null ? formatShare(share) : null,
      isHeld,
      'of days lost: psychological',
      beforeWords(shareBefore === null ? null : formatShare(shareBefore)),
    ),
  ];
}

function findings(facts: QuarterlyFacts, judged: JudgedQuarters, told: ToldElsewhere): RichText[] {
  const [now] = facts.three;
  const instruments = now.screening.map(({ instrument }) => instrument);
  return [
    ...exposureWords(facts, judged),
    ...instruments.slice(0, 2).flatMap((instrument) => differenceSentences(instrument, facts, judged)),
    ...absenceWords(told.absence),
    ...indicatorWords(told.indicators, now.quarter.months),
    ...planWords(told.plan),
  ];
}

function exposureWords(facts: QuarterlyFacts, judged: JudgedQuarters): string[] {
  const [events, ...others] = eventsOf(facts, judged);
  const { name, months } = facts.quarters.now;
  if (events === null) return [];
  const compared = comparedWords(events, others, changeOfCount, (value) => formatNumber(value));
  const first = `${formatNumber(events)} exposures were recorded from ${name}${compared === null ? '' : `, ${compared}`}.`;
  const limits = facts.window?.exposure.limits ?? null;
  if (limits === null) return [`${first} Too few months are held to say what is usual.`];
  const outside = months.filter((month) => {
    const { value } = judged.shown(monthEvents(month));
    return value !== null && (value > limits.upper || value < limits.lower);
  });
  return [
    outside.length === 0
      ? `${first} No month of the quarter lies outside what is usual for this force.`
      : `${first} Outside what is usual for this force: ${outside.map(formatDate).join(', ')}.`,
  ];
}

function absenceWords(absence: ToldElsewhere['absence']): string[] {
  if (absence === null) return [];
  const figures = absence.map((analysis) => absenceOf(analysis).all);
  const held = figures.map((all) => (all !== null && all.peopleAbsent > 0 ? all : null));
  const [rate, ...rates] = held.map((all) => all?.ratePercent ?? null) as unknown as Three;
  if (rate === null) return [];
  const inDays = (now: number | null, then: number | null) => changeOfRate(now, then, 'days');
  const written = (value: number): string => formatNumber(value, 1);
  const compared = comparedWords(rate, rates, inDays, written);
  const [share] = held.map((all) => all?.psychological?.share ?? null);
  return [
    `${formatNumber(rate, 1)} FTE days of each 100 were lost to absence${compared === null ? '' : `, ${compared}`}${share == null ? '' : `; ${formatShare(share)} of them under a psychological reason`}.`,
  ];
}

/** Indicators whose newest month within the quarter is part of a signal. */
function indicatorWords(analysis: AnalysisResult | null, months: readonly string[]): string[] {
  if (analysis === null) return [];
  const { indicators } = analysis.result as { readonly indicators: readonly Indicator[] };
  const changed = indicators.flatMap(({ definition, chart }) => {
    const measured = chart.points.filter(({ state }) => state === 'measured');
    const newest = measured.findLast(({ month }) => months.includes(month));
    return newest?.signal == null || measured.length < leastMonthsForLimits
      ? []
      : [{ title: definition.title, kind: newest.signal.kind }];
  });
  const namesOf = (kind: string): string =>
    changed
      .filter((one) => one.kind === kind)
      .map(({ title }) => title)
      .join('; ');
  const sentences = [
    ['concern', 'Changed for the worse by the rules of the run chart'],
    ['improvement', 'Changed for the better'],
    ['neutral', 'Changed, with no better or worse'],
  ] as const;
  const said = sentences.flatMap(([kind, words]) => (namesOf(kind) === '' ? [] : [`${words}: ${namesOf(kind)}.`]));
  return said.length === 0 ? ['No indicator is out of the ordinary by the rules of the run chart.'] : said;
}

function planWords(plan: ToldElsewhere['plan']): string[] {
  if (plan === null || plan.open === 0) return [];
  const actions = plan.open === 1 ? 'One action of the plan goes on' : `${plan.open} actions of the plan go on`;
  return [`${actions}: ${plan.overdue} overdue, ${plan.broken} with a break in the loop.`];
}
