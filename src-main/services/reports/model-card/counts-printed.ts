import { type CountToRelease, keyOf } from '#main/disclosure/released-counts.ts';
import type { Count, EarlyWarningResult, OutcomeCounts, Performance } from '#shared/domain/early-warning.ts';
import { printed } from '../added/added-part.ts';

/** What makes the outcome of two runs the same, beside its words and its horizon. */
export type CountedRun = {
  readonly asOf: string;
  readonly spellDays: number;
  readonly lagDays: Readonly<Record<string, number>>;
};

/**
 * Counts that stay or go together where they meet an earlier release, in the order in which they are tried: of today, of the test,
 * of everything, of the two parts of the outcome, of each wave, and of each wave as it was tested.
 */
export const cardParts = ['today', 'tested', 'whole', 'outcome parts', 'waves', 'folds'] as const;
export type CardPart = (typeof cardParts)[number];

/** A count of the card and what it counts; null where it is withheld. */
export type Told = {
  readonly part: CardPart;
  readonly group: string;
  readonly from: string;
  readonly to: string;
  readonly count: Count;
};

type Tell = (what: string, count: Count) => Told;

function outcomes(tell: Tell, what: string, { cases, nonCases, unknown }: OutcomeCounts): Told[] {
  return [
    tell(`${what}followed by a case`, cases),
    tell(`${what}followed by none`, nonCases),
    tell(`${what}not known`, unknown),
  ];
}

function tested(tell: Tell, what: string, performance: Performance | null): Told[] {
  if (performance === null) return [];
  const { landmarks, people, events, nonEvents } = performance;
  return [
    tell(`${what}: screenings`, landmarks),
    tell(`${what}: people`, people),
    tell(`${what}: cases`, events),
    tell(`${what}: others`, nonEvents),
  ];
}

/**
 * Every count of screenings or people that a card prints, in tables or in words, by what it counts: runs of the same outcome to
 * another day share their groups, so that what lies between two cards is protected like a count that is printed.
 */
export function countsPrinted(result: EarlyWarningResult, { asOf, spellDays, lagDays }: CountedRun): readonly Told[] {
  const { landmarks, waves, validation, assessable, fairness, drift, capacity } = result;
  const outcome = `early warning: ${result.caseWords} within ${result.horizonDays} days, spells over ${spellDays}, lags ${Object.values(lagDays).join(' ')}`;
  const since =
    (from: string, part: CardPart): Tell =>
    (what, count) => ({ part, group: `${outcome}: ${what}`, from: from < asOf ? from : asOf, to: asOf, count });
  const first = waves[0]?.from ?? asOf;
  const firstOf = new Map(waves.map(({ wave, from }) => [wave, from]));
  const firstTested = firstOf.get(validation.folds[0]?.testWave ?? '') ?? first;
  const whole = since(first, 'whole');
  const parts = since(first, 'outcome parts');
  const held = since(firstTested, 'tested');
  const fold = (wave: string): Tell => since(firstOf.get(wave) ?? first, 'folds');
  const now = since(asOf, 'today');
  return [
    now('assessable', assessable.assessable),
    ...assessable.reasons.map(({ reason, people }) => now(`not assessable: ${reason}`, people)),
    now('to be offered support', result.signals),
    ...tested(held, 'later waves', validation.temporal),
    ...fairness.flatMap(({ group, level, landmarks: screenings, events }) => [
      held(`${group} ${level}: screenings`, screenings),
      held(`${group} ${level}: cases`, events),
    ]),
    ...capacity.rows.map(({ signalsAWeek, missedCases }) => held(`missed at ${signalsAWeek} a week`, missedCases)),
    whole('screenings', landmarks.screenings),
    whole('people screened', landmarks.people),
    ...outcomes(whole, 'screenings ', landmarks),
    whole('screenings with a known outcome', result.sampleSize.held),
    ...tested(whole, 'the same data', validation.apparent),
    ...tested(whole, 'units left out', validation.leaveOneUnitOut.overall),
    ...outcomes(parts, 'cut-off reached, ', landmarks.caseness),
    ...outcomes(parts, 'long spell, ', landmarks.spell),
    ...waves.flatMap((wave) => outcomes(since(wave.from, 'waves'), `wave ${wave.wave} `, wave)),
    ...validation.folds.flatMap((each) => [
      ...tested(fold(each.testWave), `wave ${each.testWave} tested`, each),
      ...outcomes(since(first, 'folds'), `before ${each.testWave}, `, each.trainedOn),
    ]),
    ...drift.flatMap(({ wave, landmarks: screenings, events }) => [
      fold(wave)(`wave ${wave} compared: screenings`, screenings),
      fold(wave)(`wave ${wave} compared: cases`, events),
    ]),
  ];
}

/** Those that are printed, as the log of releases judges them. */
export function countsToJudge(told: readonly Told[]): readonly CountToRelease[] {
  const cells = told.flatMap(({ group, from, to, count }) =>
    count === null ? [] : [printed(group, { from, to }, count)],
  );
  return [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()];
}
