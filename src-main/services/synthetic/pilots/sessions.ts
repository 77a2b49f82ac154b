import type { RandomStream } from '#shared/domain/random.ts';
import type { AttendedSession, PlannedSession } from './made-pilot.ts';

export type SessionSeries = {
  readonly cluster: string;
  readonly firstDay: number;
  readonly count: number;
  readonly everyDays: number;
  readonly startHour: number;
  readonly minutes: number;
};

/** Sessions one after the other, always at the same time of day; most have a score of the checklist, out of 20. */
export function plannedSessions(
  random: RandomStream,
  { cluster, firstDay, count, everyDays, startHour, minutes }: SessionSeries,
): readonly PlannedSession[] {
  return Array.from({ length: count }, (_, at) => {
    const isScored = random.nextUniform() < 0.8;
    const checklist = 13 + random.nextBelow(8);
    return {
      ...{ cluster, minutes, checklist: isScored ? checklist : null },
      at: (firstDay + at * everyDays) * 86_400 + startHour * 3_600,
    };
  });
}

/** Of sessions that are planned, those that are held: one in twenty falls out, for everybody. */
export function heldOf(random: RandomStream, planned: readonly PlannedSession[]): readonly PlannedSession[] {
  return planned.filter(() => random.nextBelow(20) !== 0);
}

const inShiftShare = 0.88;

/** The sessions that somebody comes to, each as likely as the others, a little late and sometimes not to the end. */
export function attendedBy(
  random: RandomStream,
  person: number,
  held: readonly PlannedSession[],
  share: number,
): readonly AttendedSession[] {
  return held.flatMap(({ at, minutes }) => {
    const comes = random.nextUniform() < share;
    const late = random.nextBelow(4);
    const leaves = random.nextBelow(5) === 0;
    const withinShift = random.nextUniform() < inShiftShare;
    const stayed = Math.max(5, minutes - late - (leaves ? 5 : 0));
    return comes ? [{ person, at: at + late * 60, minutes: stayed, withinShift }] : [];
  });
}

/** Most people come nearly always, some now and then, and a few never; it has nothing to do with how they are. */
export function shareAttended(random: RandomStream): number {
  const kind = random.nextUniform();
  const within = random.nextUniform();
  if (kind < 0.08) return 0;
  return kind < 0.28 ? 0.2 + 0.4 * within : 0.7 + 0.3 * within;
}
