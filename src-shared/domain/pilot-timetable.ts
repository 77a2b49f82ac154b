import type { ShortfallReason, TimetableRuleName } from './session-timetable.ts';

/** Whom a timetable is for: before consent everybody who is offered the sessions, afterwards who has consented. */
export const reachedPeople = ['offered', 'consented'] as const;
export type ReachedPeople = (typeof reachedPeople)[number];

/**
 * What `pilot-timetable` returns as `result`: proposed sessions of a pilot, and how many people they would reach. Counts of people
 * under 5 are null, as are those from which one follows.
 */
export type PilotTimetableResult = {
  readonly pilot: string;
  readonly reach: ReachedPeople;
  readonly from: string;
  readonly to: string;
  /** In order of time; the index of one is what `rows` name it by. */
  readonly sessions: readonly TimetabledSession[];
  readonly coverage: {
    readonly people: number | null;
    readonly full: number | null;
    readonly part: number | null;
    readonly none: number | null;
    /** Sessions planned over sessions wanted, 0–1; null with fewer than 10 people. */
    readonly dose: number | null;
    readonly shortfalls: readonly {
      readonly reason: ShortfallReason;
      readonly words: string;
      readonly people: number | null;
    }[];
  };
  /** Share, 0–1, of what any timetable within the rules could reach that this one reaches at least; null for one that was given. */
  readonly atLeast: number | null;
  /** With rows alone: who is to come when. */
  readonly rows?: readonly TimetabledPerson[];
  /** Of a timetable that was given to be checked: every rule that it breaks. */
  readonly broken?: readonly TimetableFault[];
};

export type TimetabledSession = {
  /** UTC, such as `2026-03-31T09:00:00Z`. */
  readonly at: string;
  readonly minutes: number;
  readonly place: string;
  /** From 1. */
  readonly facilitator: number;
};

export type TimetableFault = {
  /** Index among the sessions. */
  readonly session: number;
  /** Null where the session as a whole breaks the rule, or for somebody who is not enrolled. */
  readonly person: string | null;
  readonly rule: TimetableRuleName;
  readonly words: string;
};

export type TimetabledPerson = {
  readonly person: string;
  readonly sessions: readonly number[];
  /** Why they have fewer sessions than wanted; null where they have them all. */
  readonly shortfall: string | null;
};
