import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotTimetableResult, TimetabledSession, TimetableFault } from '#shared/domain/pilot-timetable.ts';
import { formatCount, formatDate, formatShare, none } from '../../../ui/format.ts';
import type { KeyFigure } from '../../../ui/surface.tsx';
import { timetableText as text } from './text.ts';
import { localOf, weekdayOf } from './weeks.ts';

/** A session with its place in the timetable, by which faults name it. */
export type PlacedSession = TimetabledSession & {
  readonly index: number;
  /** Pseudonyms of those with a seat; null for whoever does not see single people. */
  readonly people: readonly string[] | null;
};

/** A session as it is changed by hand. */
export type EditedSession = TimetabledSession & { readonly people: readonly string[] };

export function readTimetable({ result }: AnalysisResult): PilotTimetableResult {
  const timetable = result as Partial<PilotTimetableResult>;
  if (!Array.isArray(timetable.sessions) || typeof timetable.coverage !== 'object') {
    throw new Error('The result of pilot-timetable does not have its shape.');
  }
  return timetable as PilotTimetableResult;
}

/** The sessions of a result, each with those who have a seat in it. */
export function placedSessions({ sessions, rows }: PilotTimetableResult): PlacedSession[] {
  const people = sessions.map((): string[] => []);
  for (const row of rows ?? []) for (const session of row.sessions) people[session]?.push(row.person);
  return sessions.map((session, index) => ({
    ...session,
    index,
    people: rows === undefined ? null : (people[index] ?? []),
  }));
}

export function placedAgain(sessions: readonly EditedSession[]): PlacedSession[] {
  return sessions.map((session, index) => ({ ...session, index }));
}

export function editable(sessions: readonly PlacedSession[]): EditedSession[] {
  return sessions.map(({ index, people, ...session }) => ({ ...session, people: people ?? [] }));
}

/** The timetable with one session in place of another, or added where there is none; null takes it out. */
export function withSession(
  sessions: readonly EditedSession[],
  index: number | null,
  session: EditedSession | null,
): EditedSession[] {
  if (index === null) return session === null ? [...sessions] : [...sessions, session];
  return sessions.flatMap((own, at) => (at === index ? (session === null ? [] : [session]) : [own]));
}

/** `Mon 6 Apr 2026, 09:30`. */
export function sessionWhen({ at }: Pick<TimetabledSession, 'at'>): string {
  const { day, time } = localOf(at);
  return `${weekdayOf(day)} ${formatDate(day)}, ${time}`;
}

export function faultsBySession(broken: readonly TimetableFault[]): ReadonlyMap<number, readonly TimetableFault[]> {
  return Map.groupBy(broken, ({ session }) => session);
}

/** Broken rules in words, each once. */
export function faultWords(broken: readonly TimetableFault[]): string[] {
  return [...new Set(broken.map(({ person, words }) => text.fault(person, words)))];
}

/** The same with the session that each is of. */
export function faultLines(broken: readonly TimetableFault[], sessions: readonly PlacedSession[]): string[] {
  const lines = broken.map(({ session, person, words }) => {
    const own = sessions[session];
    const name = own ? `${sessionWhen(own)}, ${own.place}` : String(session + 1);
    return text.faultOf(name, text.fault(person, words));
  });
  return [...new Set(lines)];
}

/** How many people are reached, each figure with what it is out of or why it is not told. */
export function coverageFigures({ coverage, atLeast, reach }: PilotTimetableResult): KeyFigure[] {
  const { people, full, part, none: without, dose } = coverage;
  const counted = (label: string, count: number | null): KeyFigure => {
    if (count === null) return { label, value: none, note: text.few };
    return people === null || people === 0
      ? { label, value: formatCount(count) }
      : { label, value: formatCount(count), note: text.ofPeople(count, people) };
  };
  return [
    people === null
      ? { label: text.people, value: none, note: text.few }
      : { label: text.people, value: formatCount(people), note: text.forReach[reach] },
    counted(text.full, full),
    counted(text.part, part),
    counted(text.none, without),
    dose === null
      ? { label: text.dose, value: none, note: text.fewShare }
      : { label: text.dose, value: formatShare(dose) },
    ...(atLeast === null
      ? []
      : [
          // Rounded down: never said to be nearer to the best than it is.
          { label: text.atLeast, value: `${Math.floor(100 * atLeast)}%`, note: text.atLeastNote },
        ]),
  ];
}
