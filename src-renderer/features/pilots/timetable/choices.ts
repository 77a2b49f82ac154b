import { dayOfIso, isoOfDay, mondayOf } from '#shared/domain/dates.ts';
import type { PilotPlan } from '#shared/domain/pilot.ts';

/** What is chosen on screen; a number is not a number while its field is empty. */
export type TimetableChoices = {
  readonly from: string;
  readonly weeks: number;
  readonly sessionsEach: number;
  readonly gapDays: number;
  readonly minutes: number;
  readonly places: number;
  readonly facilitators: number;
  readonly sessionsPerFacilitatorDay: number;
  readonly awayPercent: number;
  readonly fewestPeople: number;
  readonly pauseMinutes: number;
  readonly afterStartMinutes: number;
  readonly beforeEndMinutes: number;
  readonly nights: boolean;
  readonly reach: 'best' | 'consented' | 'offered';
  readonly placeBy: 'unit' | 'cluster';
};

export const mainNumbers = [
  'weeks',
  'sessionsEach',
  'gapDays',
  'minutes',
  'places',
  'facilitators',
  'sessionsPerFacilitatorDay',
  'awayPercent',
] as const;
export const furtherNumbers = ['fewestPeople', 'pauseMinutes', 'afterStartMinutes', 'beforeEndMinutes'] as const;
type NumberChoice = (typeof mainNumbers)[number] | (typeof furtherNumbers)[number];

/** What each number may be, as the analysis has it. */
export const bounds: Readonly<Record<NumberChoice, readonly [least: number, most: number]>> = {
  weeks: [1, 56],
  sessionsEach: [1, 100],
  gapDays: [1, 60],
  minutes: [5, 240],
  places: [1, 500],
  facilitators: [1, 100],
  sessionsPerFacilitatorDay: [1, 24],
  awayPercent: [1, 100],
  fewestPeople: [1, 100],
  pauseMinutes: [0, 240],
  afterStartMinutes: [0, 240],
  beforeEndMinutes: [0, 240],
};

const weeks = 8;

/**
 * The defaults of the analysis, with the sessions that the plan wants. They begin on the Monday to come, or where the duties that
 * are held end before that, so many weeks before their end.
 */
export function defaultChoices({ sessions }: PilotPlan, today: string, lastDuty: string): TimetableChoices {
  const next = mondayOf(dayOfIso(today) ?? 0) + 7;
  const end = dayOfIso(lastDuty) ?? next;
  const from = end >= next ? next : mondayOf(end + 1) - 7 * weeks;
  return {
    ...{ from: isoOfDay(from), weeks, sessionsEach: sessions?.planned ?? 8, gapDays: 5 },
    ...{ minutes: sessions?.minutes ?? 20, places: 12, facilitators: 2, sessionsPerFacilitatorDay: 4 },
    ...{ awayPercent: 25, fewestPeople: 1, pauseMinutes: 15, afterStartMinutes: 30, beforeEndMinutes: 30 },
    ...{ nights: false, reach: 'best', placeBy: 'unit' },
  };
}

export function isComplete(choices: TimetableChoices): boolean {
  return [...mainNumbers, ...furtherNumbers].every((field) => {
    const [least, most] = bounds[field];
    return choices[field] >= least && choices[field] <= most;
  });
}

/** The spec of `pilot-timetable`. */
export function timetableSpec(
  { from, weeks: length, awayPercent, reach, ...rules }: TimetableChoices,
  { pilot, arms }: PilotPlan,
  rows: boolean,
): Record<string, unknown> {
  const offered = arms.filter(({ isComparison }) => !isComparison).map(({ arm }) => arm);
  return {
    ...rules,
    pilot,
    arms: offered.length === 0 ? null : offered,
    reach: reach === 'best' ? null : reach,
    from,
    to: isoOfDay((dayOfIso(from) ?? 0) + 7 * length - 1),
    awayShare: awayPercent / 100,
    rows,
  };
}
