import { dayOfIso, londonDay, mondayOf } from '#shared/domain/dates.ts';
import { type DoseLevel, noCluster } from '#shared/domain/pilot-fidelity.ts';
import type { AttendedSession, EnrolledPerson, FidelityRecords, PlannedSession } from './records.ts';
import type { PilotFidelitySpec } from './spec.ts';

/** What one person was to have and had. */
export type PersonDose = {
  readonly cluster: string;
  readonly planned: number;
  readonly sessions: number;
  readonly minutes: number;
  readonly level: DoseLevel;
  /** Sessions attended within and outside their shift; those of which nothing is known are in neither. */
  readonly inShift: number;
  readonly outOfShift: number;
  /** Mondays of the weeks in which they came. */
  readonly weeks: readonly number[];
};

/** A planned session, and whether somebody of those it was for came to it. */
export type SessionDelivery = PlannedSession & { readonly week: number; readonly isHeld: boolean };

export type Delivery = {
  readonly people: readonly PersonDose[];
  readonly sessions: readonly SessionDelivery[];
  readonly firstDay: number | null;
  /** Attended sessions whose length neither they nor a planned session tells. */
  readonly withoutMinutes: number;
};

/** Puts what was attended beside what was planned, for those in the arms that were offered it, up to `asOf`. */
export function deliveryOf(records: FidelityRecords, spec: PilotFidelitySpec): Delivery {
  const lastDay = dayOfIso(spec.asOf) ?? 0;
  const enrolled = records.enrolled.filter((one) => isOffered(one, spec, lastDay));
  const clusters = new Set(enrolled.map(({ cluster }) => cluster));
  const planned = records.planned.filter(
    ({ cluster, at }) => londonDay(at) <= lastDay && (cluster === null || clusters.has(cluster)),
  );
  const attendedBy = Map.groupBy(
    records.attended.filter(({ at }) => londonDay(at) <= lastDay),
    ({ person }) => person,
  );
  const held = new Set<PlannedSession>();
  let withoutMinutes = 0;
  const days = planned.map(({ at }) => londonDay(at));
  const people = enrolled.map((one) => {
    const own = planned.filter((session) => isFor(one, session));
    const attended = attendedBy.get(one.person) ?? [];
    const matched = attended.map((session) => nearest(session, own, spec.toleranceMinutes * 60));
    for (const session of matched) if (session) held.add(session);
    const lengths = attended.map(({ minutes }, index) => minutes ?? matched[index]?.minutes ?? null);
    withoutMinutes += lengths.filter((minutes) => minutes === null).length;
    days.push(...attended.map(({ at }) => londonDay(at)));
    return doseOf(one, { planned: own.length, attended, lengths }, spec);
  });
  return {
    people,
    sessions: planned.map((session) => ({
      ...session,
      week: mondayOf(londonDay(session.at)),
      isHeld: held.has(session),
    })),
    firstDay: days.length === 0 ? null : days.reduce((first, day) => Math.min(first, day)),
    withoutMinutes,
  };
}

function isOffered({ arm, fromDay }: EnrolledPerson, { arms }: PilotFidelitySpec, lastDay: number): boolean {
  return (fromDay ?? lastDay) <= lastDay && (arms === null || (arm !== null && arms.includes(arm)));
}

/** Whether a session was for a person: of their cluster or of all, from when they were in until they withdrew. */
function isFor({ cluster, fromDay, withdrawnDay }: EnrolledPerson, session: PlannedSession): boolean {
  const day = londonDay(session.at);
  const isTheirs = session.cluster === null || session.cluster === cluster;
  return isTheirs && day >= (fromDay ?? day) && day < (withdrawnDay ?? Number.POSITIVE_INFINITY);
}

function nearest(
  { at }: AttendedSession,
  planned: readonly PlannedSession[],
  toleranceSeconds: number,
): PlannedSession | null {
  let found: PlannedSession | null = null;
  for (const session of planned) {
    const apart = Math.abs(session.at - at);
    if (apart <= toleranceSeconds && (found === null || apart < Math.abs(found.at - at))) found = session;
  }
  return found;
}

function doseOf(
  { cluster }: EnrolledPerson,
  {
    planned,
    attended,
    lengths,
  }: {
    readonly planned: number;
    readonly attended: readonly AttendedSession[];
    readonly lengths: readonly (number | null)[];
  },
  { sessionsEach, enoughShare }: PilotFidelitySpec,
): PersonDose {
  const sessions = attended.length;
  const enough = enoughShare * (sessionsEach ?? planned) - 1e-9;
  return {
    cluster: cluster ?? noCluster,
    planned,
    sessions,
    minutes: lengths.reduce<number>((sum, minutes) => sum + (minutes ?? 0), 0),
    level: sessions === 0 ? 'none' : sessions < enough ? 'part' : 'enough',
    inShift: attended.filter(({ withinShift }) => withinShift === true).length,
    outOfShift: attended.filter(({ withinShift }) => withinShift === false).length,
    weeks: [...new Set(attended.map(({ at }) => mondayOf(londonDay(at))))],
  };
}
