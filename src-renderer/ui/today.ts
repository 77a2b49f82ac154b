import { isoOfDay, londonDay } from '#shared/domain/dates.ts';

/** The day it is in London, such as 2026-03-31. */
export function todayIso(): string {
  return isoOfDay(londonDay(Math.floor(Date.now() / 1_000)));
}
