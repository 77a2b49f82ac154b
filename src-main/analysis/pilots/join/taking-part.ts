import { dayOfIso, londonDay } from '#shared/domain/dates.ts';
import type { PilotPlan } from '#shared/domain/pilot.ts';
import type { PilotRecords } from './records.ts';

/** Sessions that each person came to, up to a day; null where none of the pilot is recorded. */
export function sessionsEach(
  { attended }: Pick<PilotRecords, 'attended'>,
  asOf: string | null,
): ReadonlyMap<number, number> | null {
  if (attended.length === 0) return null;
  const lastDay = asOf === null ? null : dayOfIso(asOf);
  const counts = new Map<number, number>();
  for (const { person, at } of attended) {
    if (lastDay === null || londonDay(at) <= lastDay) counts.set(person, (counts.get(person) ?? 0) + 1);
  }
  return counts;
}

/** Whether somebody came to enough of the planned sessions; null where the plan has none, or none is recorded. */
export function tookPart(
  sessions: ReadonlyMap<number, number> | null,
  person: number,
  { sessions: planned }: Pick<PilotPlan, 'sessions'>,
  enoughShare: number,
): boolean | null {
  if (sessions === null || planned === null) return null;
  return (sessions.get(person) ?? 0) >= enoughShare * planned.planned - 1e-9;
}
