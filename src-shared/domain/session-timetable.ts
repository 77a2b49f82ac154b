import { z } from 'zod';

/**
 * A timetable of brief sessions inside the shifts that people work anyway. People are named by an index alone: those from 0 to
 * `enrolled` − 1 are to come, those above only count among the people on duty.
 */

/** Numbers of minutes that put sessions at the same times of every hour, whatever the clocks do. */
const grids = [5, 10, 15, 20, 30, 60] as const;

/** Rules that are no days, each with its default. */
export const timetableRuleFields = {
  minutes: z.number().int().min(5).max(240).default(20),
  /** Sessions wanted for each person. */
  sessionsEach: z.number().int().min(1).max(100).default(8),
  /** Least days from one session of a person to the next: 7 is once a week at most. */
  gapDays: z.number().int().min(1).max(60).default(5),
  /** Free of sessions at the start and at the end of every duty. */
  afterStartMinutes: z.number().int().min(0).max(240).default(30),
  beforeEndMinutes: z.number().int().min(0).max(240).default(30),
  gridMinutes: z.literal(grids).default(30),
  /** People whom one session holds. */
  places: z.number().int().min(1).max(500).default(12),
  /** Fewer than this are no session. */
  fewestPeople: z.number().int().min(1).max(100).default(1),
  facilitators: z.number().int().min(1).max(100).default(2),
  sessionsPerFacilitatorDay: z.number().int().min(1).max(24).default(4),
  /** All facilitators together; null where only their own number is limited. */
  sessionsPerDay: z.number().int().min(1).max(1_000).nullable().default(null),
  /** Between two sessions of a facilitator. */
  pauseMinutes: z.number().int().min(0).max(240).default(15),
  /** Share, 0–1, of the people on duty in a place who may be in a session at once. */
  awayShare: z.number().gt(0).max(1).default(0.25),
  /** Whether people on a night duty are asked too. */
  nights: z.boolean().default(false),
};

/** Longer than a course of brief sessions takes anywhere. */
export const mostTimetableDays = 400;

export const timetableRulesSchema = z
  .strictObject({
    ...timetableRuleFields,
    /** Local days (Europe/London, whole numbers since 1 January 1970), both included. */
    firstDay: z.number().int(),
    lastDay: z.number().int(),
    /** Local days without sessions. */
    closedDays: z.array(z.number().int()).max(3_660).default([]),
  })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay && lastDay - firstDay < mostTimetableDays, {
    path: ['lastDay'],
    message: `must be on or after "firstDay" and within ${mostTimetableDays} days of it`,
  });
export type TimetableRules = z.output<typeof timetableRulesSchema>;

/** Times are UTC epoch seconds. */
export type RosteredDuty = {
  readonly person: number;
  /** Unit, station or cluster; people come to sessions where they are on duty. */
  readonly place: string;
  readonly start: number;
  readonly end: number;
  /** A rest day that was cancelled: worked, but no day for a session. */
  readonly isRestDay: boolean;
};

/** Local days of leave or absence, both included. */
export type TimeAway = { readonly person: number; readonly firstDay: number; readonly lastDay: number };

export type Roster = {
  readonly enrolled: number;
  readonly duties: readonly RosteredDuty[];
  readonly away: readonly TimeAway[];
};

export type ProposedSession = {
  /** UTC epoch seconds. */
  readonly at: number;
  readonly minutes: number;
  readonly place: string;
  /** From 1. */
  readonly facilitator: number;
  /** Indices of those who are to come, rising. */
  readonly people: readonly number[];
  /** How many could come at most: by its places, by who must stay on duty and by who is there. */
  readonly mayCome: number;
};

/** Why somebody has fewer sessions than wanted: the first that holds. */
export const shortfallReasons = [
  'no duty',
  'on leave',
  'rest days only',
  'nights only',
  'duties too short',
  'no slack',
  'duties too few',
  'places taken',
] as const;
export type ShortfallReason = (typeof shortfallReasons)[number];

export type Shortfall = { readonly person: number; readonly sessions: number; readonly reason: ShortfallReason };

export type TimetableCoverage = {
  readonly people: number;
  readonly full: number;
  readonly part: number;
  readonly none: number;
  /** Sessions planned over sessions wanted, all people together, 0–1; 0 where nobody is enrolled. */
  readonly dose: number;
  readonly shortfalls: readonly Shortfall[];
};

export type SessionTimetable = {
  /** In order of time, then of place. */
  readonly sessions: readonly ProposedSession[];
  readonly coverage: TimetableCoverage;
  /**
   * Points of this timetable, and points that no timetable within the rules exceeds: for each person reached as many as sessions
   * are wanted of each, and one for every session of theirs after the first.
   */
  readonly points: number;
  readonly bound: number;
};

/** What no timetable may break, in the order in which it is looked for. */
export const timetableRuleNames = [
  'length',
  'period',
  'closed day',
  'places',
  'fewest people',
  'enough on duty',
  'one session at a time in a place',
  'one session at a time for a facilitator',
  'sessions of a facilitator in a day',
  'sessions in a day',
  'enrolled',
  'once in a session',
  'on duty there',
  'not on leave',
  'no rest day',
  'no night',
  'not at the edge of a duty',
  'days between sessions',
  'no more than wanted',
] as const;
export type TimetableRuleName = (typeof timetableRuleNames)[number];

export type BrokenRule = {
  readonly rule: TimetableRuleName;
  /** Index among the sessions of the timetable. */
  readonly session: number;
  /** Null where the session as a whole breaks it. */
  readonly person: number | null;
};
