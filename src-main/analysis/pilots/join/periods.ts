import { ExpectedError } from '#shared/domain/result.ts';

/** A stretch of days, both ends included. Where periods lie around a start, 1 is the first from it on. */
export type Period = { readonly period: number; readonly fromDay: number; readonly toDay: number };

/** Whole periods of one length between two days, one of which begins on `start`. */
export function periodsAround(
  start: number,
  lengthDays: number,
  { firstDay, lastDay }: { readonly firstDay: number; readonly lastDay: number },
): Period[] {
  const before = Math.max(0, Math.floor((start - firstDay) / lengthDays));
  const after = Math.max(0, Math.floor((lastDay - start + 1) / lengthDays));
  return Array.from({ length: before + after }, (_, at) => {
    const fromDay = start + (at - before) * lengthDays;
    return { period: at - before + 1, fromDay, toDay: fromDay + lengthDays - 1 };
  });
}

export function noStart(pilot: string): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    `It is not known where ${pilot} began: no team or area of the extracts is one of the plan’s rollout.`,
    'Nothing was computed. Look at the teams of pilot_enrolments and pilot_clusters, or at the units of people.',
  );
}

export function nothingKnown(outcome: string): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    `Nothing is held of ${outcome}.`,
    'Nothing was computed. Import the extract that it is read from, and run it again.',
  );
}
