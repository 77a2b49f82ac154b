import { dayOfIso } from '#shared/domain/dates.ts';
import type { Consent } from '#shared/domain/pilot-consent.ts';
import {
  type EnrolmentCounts,
  type EnrolmentGroup,
  type EnrolmentState,
  enrolmentStateOf,
  enrolmentStates,
  type PilotEnrolmentResult,
} from '#shared/domain/pilot-enrolment.ts';
import { sortedNames } from '../../peers/period.ts';
import type { PilotEnrolmentSpec } from './spec.ts';

export type EnrolledStanding = Consent & {
  readonly stratum: string | null;
  readonly cluster: string | null;
  readonly arm: string | null;
  readonly eligibleDay: number | null;
  readonly notEnrolledReason: string | null;
};

type Enrolled = EnrolledStanding & { readonly state: EnrolmentState };
/** A count of people; `loss` is what withholding it costs the reader. */
type Asked = { readonly name: string; readonly counts: (person: Enrolled) => boolean; readonly loss: number };

/** Counts that may be given together, by name; null for one that is withheld. */
type GiveCounts = (
  people: readonly Enrolled[],
  asked: readonly Asked[],
  threshold: number,
) => Promise<ReadonlyMap<string, number | null>>;
type Part = 'stratum' | 'cluster';

// A total is worth more to a reader than the groups that it is made of.
const losses = { all: 1_000, state: 300, group: 30, cell: 10, note: 5 } as const;

/** How many people have come how far in a pilot: all together, by stratum and by cluster. */
export async function pilotEnrolment(
  standings: readonly EnrolledStanding[],
  spec: PilotEnrolmentSpec,
  giveCounts: GiveCounts,
): Promise<PilotEnrolmentResult> {
  const lastDay = dayOfIso(spec.asOf) ?? 0;
  const people = standings.map((one) => ({ ...one, state: enrolmentStateOf(one, lastDay, spec.drawn) }));
  const groups = {
    stratum: sortedNames(people.map(({ stratum }) => stratum ?? '')),
    cluster: sortedNames(people.map(({ cluster }) => cluster ?? '')),
  };
  const reasons = sortedNames(people.flatMap(({ notEnrolledReason: reason }) => (reason === null ? [] : [reason])));
  const hasLeft = ({ state }: Enrolled): boolean => state === 'withdrawn';
  const asked: Asked[] = [
    ...countsIn('all', () => true, { group: losses.all, cell: losses.state }),
    ...(['stratum', 'cluster'] as const).flatMap((part) =>
      groups[part].flatMap((group) => countsIn(nameOf(part, group), (one) => (one[part] ?? '') === group, losses)),
    ),
    ...reasons.map((reason) => ({
      name: nameOf('reason', reason),
      counts: (one: Enrolled) => one.notEnrolledReason === reason,
      loss: losses.note,
    })),
    { name: 'left out', counts: (one) => hasLeft(one) && !one.isDataUsed, loss: losses.note },
    { name: 'contradicted', counts: (one) => hasLeft(one) && one.isContradicted, loss: losses.note },
  ];
  const given = await giveCounts(people, asked, spec.minimum);
  const told = (name: string): number | null => given.get(name) ?? null;
  const groupsOf = (part: Part): EnrolmentGroup[] =>
    groups[part].map((group) => ({ group, ...toldIn(nameOf(part, group), told) }));
  return {
    pilot: spec.pilot,
    asOf: spec.asOf,
    minimum: spec.minimum,
    all: toldIn('all', told),
    strata: groupsOf('stratum'),
    clusters: groupsOf('cluster'),
    reasons: reasons.map((reason) => ({ reason, people: told(nameOf('reason', reason)) })),
    leftOut: told('left out'),
    contradicted: told('contradicted'),
  };
}

function nameOf(part: Part | 'reason', group: string): string {
  return JSON.stringify([part, group]);
}

/** Everybody of a group, and those of each state in it. */
function countsIn(
  name: string,
  isIn: (person: Enrolled) => boolean,
  loss: { readonly group: number; readonly cell: number },
): Asked[] {
  return [
    { name, counts: isIn, loss: loss.group },
    ...enrolmentStates.map((state, at) => ({
      name: `${name} ${state}`,
      counts: (one: Enrolled) => one.state === state && isIn(one),
      // Each a little more than the one before, so that the same state is withheld in every group where any would do.
      loss: loss.cell + at,
    })),
  ];
}

function toldIn(name: string, told: (name: string) => number | null): EnrolmentCounts {
  const byState = Object.fromEntries(enrolmentStates.map((state) => [state, told(`${name} ${state}`)]));
  return { people: told(name), byState: byState as EnrolmentCounts['byState'] };
}
