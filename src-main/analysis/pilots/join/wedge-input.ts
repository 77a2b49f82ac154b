import type { WedgeOutcome } from '../evaluation/stepped-wedge.ts';
import { type Joined, mixedDfOf, type ToJoin } from './joined.ts';
import type { MeasuredOutcome } from './measured-outcome.ts';
import { noStart, type Period } from './periods.ts';
import { begunOtherwise, startsOf, type Units, unitsOf } from './units.ts';

/**
 * Scores of teams in the periods between the starts of the sequences: the first as long as the one after it, the last as long as the follow-up of the
 * plan. Scores of a team between its start and the first day of the follow-up are left out.
 */
export function joinWedge(join: ToJoin): Joined {
  const { records, plan, spec, primary, secondaries } = join;
  const units = unitsOf(records, plan);
  const starts = startsOf(units);
  if (starts.length === 0) throw noStart(spec.pilot);
  const wedge = (outcome: MeasuredOutcome): WedgeOutcome => ({
    ...{ name: outcome.name, unit: outcome.unit, better: outcome.better, norms: outcome.norms },
    rows: rowsOf(outcome, periodsOfWedge(starts, outcome), units),
  });
  const without = [...units.begins].filter(([, day]) => day === null).length;
  return {
    ...{ arm: null, comparison: null, offered: units.offered },
    input: {
      design: 'stepped-wedge',
      df: mixedDfOf(plan),
      primary: wedge(primary),
      secondaries: secondaries.map(wedge),
    },
    warnings: [
      ...begunOtherwise(records, units),
      ...(without === 0 ? [] : [`Of ${without} teams it is not known when they begin: they are left out.`]),
    ],
  };
}

export function periodsOfWedge(
  starts: readonly number[],
  { planned: { baseline, followUp } }: Pick<MeasuredOutcome, 'planned'>,
): Period[] {
  const [first = 0, second = first + followUp.toDay + 1] = starts;
  const opening = baseline === null ? first - (second - first) : first + baseline.fromDay;
  const edges = [opening, ...starts, (starts.at(-1) ?? first) + followUp.toDay + 1];
  return edges.slice(0, -1).map((fromDay, at) => ({ period: at + 1, fromDay, toDay: (edges[at + 1] ?? fromDay) - 1 }));
}

function rowsOf(outcome: MeasuredOutcome, periods: readonly Period[], { people, begins }: Units): WedgeOutcome['rows'] {
  const settlesAfter = Math.max(0, outcome.planned.followUp.fromDay);
  return people.flatMap(({ person, unit }) => {
    const begun = begins.get(unit) ?? null;
    if (begun === null) return [];
    return periods.flatMap(({ period, fromDay, toDay }) => {
      const exposed = fromDay >= begun;
      const firstDay = exposed ? Math.max(fromDay, begun + settlesAfter) : fromDay;
      const score = firstDay > toDay ? null : outcome.valueOf(person, firstDay, toDay, 'last');
      return score === null ? [] : [{ cluster: unit, period, exposed, person: String(person), score }];
    });
  });
}
