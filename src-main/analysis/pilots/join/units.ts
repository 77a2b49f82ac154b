import { dayOfIso } from '#shared/domain/dates.ts';
import type { PilotPlan } from '#shared/domain/pilot.ts';
import type { Participant, PilotRecords } from './records.ts';

/** Where people count in designs of teams and areas, and when the pilot began there. */
export type Units = {
  /** Team or area of everybody who counts. */
  readonly people: readonly { readonly person: number; readonly unit: string }[];
  /** First day of the pilot in each; null where it never began. */
  readonly begins: ReadonlyMap<string, number | null>;
  /** The enrolled people of the teams where it began. */
  readonly offered: readonly Participant[];
};

/**
 * Teams of the enrolments where they name any, else the units of HR. A team begins when its sequence, or itself, does by the plan's rollout, else when
 * the extract says that the pilot began there.
 */
export function unitsOf({ participants, clusters, members, unused }: PilotRecords, { rollout }: PilotPlan): Units {
  const enrolled = participants.filter(({ notEnrolledReason }) => notEnrolledReason === null);
  const ofTeams = enrolled.flatMap(({ person, cluster }) => (cluster === null ? [] : [{ person, unit: cluster }]));
  const people =
    ofTeams.length > 0
      ? ofTeams
      : [...members].flatMap(([person, { unit }]) => (unused.has(person) ? [] : [{ person, unit }]));
  const planned = new Map(rollout.map(({ group, from }) => [group, dayOfIso(from)]));
  const rowOf = new Map(clusters.map((row) => [row.cluster, row]));
  const begins = new Map(
    [...new Set(people.map(({ unit }) => unit))].map((unit) => {
      const row = rowOf.get(unit);
      const byPlan = planned.get(row?.sequence ?? '') ?? planned.get(unit) ?? null;
      return [unit, byPlan ?? row?.exposedFrom ?? null];
    }),
  );
  const offered = enrolled.filter(({ cluster }) => cluster !== null && (begins.get(cluster) ?? null) !== null);
  return { people, begins, offered };
}

/** Days on which the pilot began somewhere, the first first. */
export function startsOf({ begins }: Units): number[] {
  return [...new Set([...begins.values()].filter((day) => day !== null))].sort((a, b) => a - b);
}

/** Teams whose first day, by the extract, is another than the plan's. */
export function begunOtherwise({ clusters }: PilotRecords, { begins }: Units): string[] {
  const other = clusters.filter(({ cluster, exposedFrom }) => {
    const planned = begins.get(cluster) ?? null;
    return exposedFrom !== null && planned !== null && exposedFrom !== planned;
  });
  if (other.length === 0) return [];
  return [
    `By the extract the pilot began on another day than planned in ${other.length} of ${begins.size} teams: they count from the day of the plan.`,
  ];
}
