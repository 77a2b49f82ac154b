import { isoOfDay } from '#shared/domain/dates.ts';
import {
  doseLevels,
  type FidelityCluster,
  type FidelityFigures,
  type FidelityWeek,
  noCluster,
  type PilotFidelityResult,
} from '#shared/domain/pilot-fidelity.ts';
import { alone, type MayShow, type MayShowTable, sortedNames } from '../../peers/period.ts';
import type { Delivery, PersonDose, SessionDelivery } from './person-dose.ts';
import type { PilotFidelitySpec } from './spec.ts';
import { groupsToTell } from './tell-groups.ts';

/** Means and shares rest on at least so many people, whatever is counted. */
const fewestForMean = 10;

type Shown = { readonly mayShow: MayShow; readonly mayShowTable: MayShowTable };

/** Whether a pilot was delivered as planned: as a whole, by cluster and by week. */
export function pilotFidelity(delivery: Delivery, spec: PilotFidelitySpec, shown: Shown): PilotFidelityResult {
  const { people, sessions, firstDay } = delivery;
  const { minimum, enoughShare, pilot, asOf } = spec;
  const names = sortedNames(people.map(({ cluster }) => cluster));
  const groups = names.map((name) => people.filter(({ cluster }) => cluster === name));
  const counts = groups.map((own) => doseLevels.map((level) => own.filter((one) => one.level === level).length));
  const mayShow = shown.mayShowTable(names, doseLevels, counts, minimum);
  const sessionsOf = (name: string): SessionDelivery[] =>
    sessions.filter(({ cluster }) => (cluster ?? noCluster) === name);
  const ofClusters = names.map(sessionsOf);
  const tell = tellingOf(groups, ofClusters, minimum);
  const figures = (row: number, told: Told): FidelityFigures => ({
    people: mayShow(row, doseLevels.length) ? told.people.length : null,
    byDose: {
      none: mayShow(row, 0) ? levelCount(told.people, 'none') : null,
      part: mayShow(row, 1) ? levelCount(told.people, 'part') : null,
      enough: mayShow(row, 2) ? levelCount(told.people, 'enough') : null,
    },
    ...meansOf(told),
  });
  const clusters = names.map(
    (cluster, at): FidelityCluster => ({
      cluster,
      ...figures(at, { people: groups[at] ?? [], sessions: ofClusters[at] ?? [], ...tell.cluster(at) }),
    }),
  );
  return {
    pilot,
    from: firstDay === null || people.length < minimum ? null : isoOfDay(firstDay),
    to: asOf,
    minimum,
    enoughShare,
    all: figures(names.length, { people, sessions, ...tell.all }),
    clusters,
    weeks: people.length < minimum ? [] : weeksOf(delivery, minimum, shown.mayShow),
  };
}

type Telling = {
  readonly held: boolean;
  readonly means: boolean;
  readonly shift: boolean;
  readonly checklist: boolean;
};
type Told = {
  readonly people: readonly PersonDose[];
  readonly sessions: readonly SessionDelivery[];
  readonly tell: Telling;
};

/** What may be told of each cluster, and of all together. */
function tellingOf(
  groups: readonly (readonly PersonDose[])[],
  sessions: readonly (readonly SessionDelivery[])[],
  minimum: number,
): { readonly cluster: (at: number) => { readonly tell: Telling }; readonly all: { readonly tell: Telling } } {
  const isMany = (people: readonly unknown[]): boolean => people.length >= minimum;
  const hasMean = (people: readonly unknown[]): boolean => people.length >= fewestForMean;
  const hasShift = (people: readonly PersonDose[]): boolean => hasShiftShare(people, minimum);
  const scored = sessions.map((own) => own.filter(({ checklist }) => checklist !== null));
  const counted = groupsToTell(groups, isMany);
  const means = groupsToTell(groups, hasMean);
  const shift = groupsToTell(groups, hasShift);
  // A score is of whoever led a session: few are not told, whoever came.
  const checklist = groupsToTell(scored, isMany);
  const everybody = groups.flat();
  return {
    cluster: (at) => ({
      tell: {
        held: counted[at] === true,
        means: means[at] === true,
        shift: shift[at] === true,
        checklist: checklist[at] === true && means[at] === true,
      },
    }),
    all: {
      tell: {
        held: isMany(everybody),
        means: hasMean(everybody),
        shift: hasShift(everybody),
        checklist: isMany(scored.flat()) && hasMean(everybody),
      },
    },
  };
}

/** Whether a share would not tell of few people who came outside their shift, or within it. */
function hasShiftShare(people: readonly PersonDose[], minimum: number): boolean {
  const known = people.filter(({ inShift, outOfShift }) => inShift + outOfShift > 0).length;
  const within = people.filter(({ inShift }) => inShift > 0).length;
  const outside = people.filter(({ outOfShift }) => outOfShift > 0).length;
  return known >= fewestForMean && alone(within, minimum) !== null && alone(outside, minimum) !== null;
}

function meansOf({ people, sessions, tell }: Told): Omit<FidelityFigures, 'people' | 'byDose'> {
  const mean = (of: (one: PersonDose) => number): number | null =>
    tell.means ? people.reduce((sum, one) => sum + of(one), 0) / people.length : null;
  const within = people.reduce((sum, { inShift }) => sum + inShift, 0);
  const known = within + people.reduce((sum, { outOfShift }) => sum + outOfShift, 0);
  const scores = sessions.flatMap(({ checklist }) => checklist ?? []);
  return {
    plannedEach: mean(({ planned }) => planned),
    sessionsEach: mean((one) => one.sessions),
    minutesEach: mean(({ minutes }) => minutes),
    withinShift: tell.shift ? within / known : null,
    planned: sessions.length,
    held: tell.held ? sessions.filter(({ isHeld }) => isHeld).length : null,
    checklist: tell.checklist ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null,
  };
}

function levelCount(people: readonly PersonDose[], level: PersonDose['level']): number {
  return people.filter((one) => one.level === level).length;
}

/** Every week from the first to the last in which a session was planned or attended. */
function weeksOf({ people, sessions }: Delivery, minimum: number, mayShow: MayShow): FidelityWeek[] {
  const seen = [...sessions.map(({ week }) => week), ...people.flatMap(({ weeks }) => weeks)];
  if (seen.length === 0) return [];
  const first = seen.reduce((least, week) => Math.min(least, week));
  const last = seen.reduce((most, week) => Math.max(most, week));
  const weeks = Array.from({ length: (last - first) / 7 + 1 }, (_, at) => first + 7 * at);
  const came = weeks.map((week) => people.filter((one) => one.weeks.includes(week)).length);
  const shown = mayShow(weeks.map(isoOfDay), came, minimum);
  return weeks.map((week, at) => {
    const own = sessions.filter((session) => session.week === week);
    return {
      from: isoOfDay(week),
      planned: own.length,
      held: own.filter(({ isHeld }) => isHeld).length,
      people: shown[at] ? (came[at] ?? 0) : null,
    };
  });
}
