import { isoOfEpoch } from '#shared/domain/dates.ts';
import type {
  PilotTimetableResult,
  ReachedPeople,
  TimetabledPerson,
  TimetableFault,
} from '#shared/domain/pilot-timetable.ts';
import {
  type BrokenRule,
  type ProposedSession,
  type SessionTimetable,
  shortfallReasons,
  type TimetableCoverage,
} from '#shared/domain/session-timetable.ts';
import { alone, type MayShowTable } from '../../peers/period.ts';
import type { PilotTimetableSpec } from './spec.ts';
import { brokenWords, shortfallWords } from './words.ts';

/** People of the workforce are not counted under this; nor has a share fewer than the second behind it. */
const fewestPeople = 5;
const fewestForShare = 10;
const courses = ['full', 'part', 'none'] as const;

type Told = {
  readonly sessions: readonly Omit<ProposedSession, 'mayCome'>[];
  readonly coverage: TimetableCoverage;
  /** How near to the best it is; null where it was given. */
  readonly proven: Pick<SessionTimetable, 'points' | 'bound'> | null;
  /** Of a timetable that was given. */
  readonly broken?: readonly BrokenRule[];
};

type Beside = {
  /** Pseudonyms of those to be reached. */
  readonly people: readonly string[];
  readonly reach: ReachedPeople;
  readonly mayShowTable: MayShowTable;
};

/** A timetable as it may be told: sessions and counts for everybody who reads, people by pseudonym only with rows. */
export function tellTimetable(
  timetable: Told,
  spec: PilotTimetableSpec,
  { people, reach, mayShowTable }: Beside,
): PilotTimetableResult {
  const { coverage, proven, broken } = timetable;
  const hasShare = coverage.people >= fewestForShare;
  return {
    pilot: spec.pilot,
    reach,
    from: spec.from,
    to: spec.to,
    sessions: timetable.sessions.map(({ at, minutes, place, facilitator }) => {
      return { at: isoOfEpoch(at), minutes, place, facilitator };
    }),
    coverage: {
      people: alone(coverage.people, fewestPeople),
      ...countsOf(timetable, mayShowTable),
      dose: hasShare ? coverage.dose : null,
    },
    atLeast: hasShare && proven !== null && proven.bound > 0 ? proven.points / proven.bound : null,
    ...(spec.rows ? { rows: rowsOf(timetable, people) } : {}),
    ...(spec.rows && broken ? { broken: broken.map((one) => faultOf(one, people)) } : {}),
  };
}

/** By reason and by how much of a course people have, withheld together: one count could be worked out from the other. */
function countsOf(
  { coverage }: Told,
  mayShowTable: MayShowTable,
): Omit<PilotTimetableResult['coverage'], 'people' | 'dose'> {
  const { full, shortfalls } = coverage;
  const reasons = shortfallReasons.filter((reason) => shortfalls.some((own) => own.reason === reason));
  const counts = reasons.map((reason) => {
    const own = shortfalls.filter((one) => one.reason === reason);
    const none = own.filter(({ sessions }) => sessions === 0).length;
    return [0, own.length - none, none];
  });
  const shows = mayShowTable(['whole course', ...reasons], courses, [[full, 0, 0], ...counts], fewestPeople);
  const total = (column: number): number | null =>
    shows(reasons.length + 1, column)
      ? counts.reduce((sum, row) => sum + (row[column] ?? 0), column === 0 ? full : 0)
      : null;
  return {
    full: total(0),
    part: total(1),
    none: total(2),
    shortfalls: reasons.map((reason, at) => ({
      reason,
      words: shortfallWords[reason],
      people: shows(at + 1, courses.length) ? (counts[at] ?? []).reduce((sum, count) => sum + count, 0) : null,
    })),
  };
}

function faultOf({ rule, session, person }: BrokenRule, people: readonly string[]): TimetableFault {
  return { session, person: person === null ? null : (people[person] ?? null), rule, words: brokenWords[rule] };
}

function rowsOf({ sessions, coverage }: Told, people: readonly string[]): TimetabledPerson[] {
  const own: number[][] = people.map(() => []);
  sessions.forEach((session, index) => {
    for (const person of session.people) own[person]?.push(index);
  });
  const reasonOf = new Map(coverage.shortfalls.map(({ person, reason }) => [person, shortfallWords[reason]]));
  return people.map((person, index) => ({
    person,
    sessions: own[index] ?? [],
    shortfall: reasonOf.get(index) ?? null,
  }));
}
