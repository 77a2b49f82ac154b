import { londonDay } from '#shared/domain/dates.ts';
import {
  type BrokenRule,
  type ProposedSession,
  type Roster,
  type TimetableRuleName,
  type TimetableRules,
  timetableRuleNames,
} from '#shared/domain/session-timetable.ts';
import { isNightDuty, type KeptDuty, keptDuties } from './kept-duties.ts';
import { mayBeAway } from './on-duty.ts';

type Planned = Pick<ProposedSession, 'at' | 'minutes' | 'place' | 'facilitator' | 'people'>;

/**
 * Every rule that a timetable breaks, whoever made it, by session. It asks the duties themselves and shares nothing with the
 * search for a timetable but the choice of duties that count.
 */
export function checkTimetable(sessions: readonly Planned[], roster: Roster, rules: TimetableRules): BrokenRule[] {
  const { worked, onLeave } = keptDuties(roster);
  const duties = Map.groupBy(worked, ({ person }) => person);
  const there = Map.groupBy(worked, ({ place }) => place);
  const leave = Map.groupBy(onLeave, ({ person }) => person);
  const broken: BrokenRule[] = [];
  sessions.forEach((session, index) => {
    const others = sessions.filter((_, other) => other !== index);
    for (const rule of brokenBySession(session, { others, there: there.get(session.place) ?? [], rules })) {
      broken.push({ rule, session: index, person: null });
    }
    session.people.forEach((person, place) => {
      const tell = (rule: TimetableRuleName): number => broken.push({ rule, session: index, person });
      if (person >= roster.enrolled || person < 0) tell('enrolled');
      if (session.people.indexOf(person) < place) tell('once in a session');
      const isAway = (leave.get(person) ?? []).some((duty) => isDuring(session, duty));
      const rule = isAway ? 'not on leave' : brokenByDuty(session, duties.get(person) ?? [], rules);
      if (rule !== null) tell(rule);
    });
  });
  broken.push(...brokenCourses(sessions, rules));
  const order = (rule: TimetableRuleName): number => timetableRuleNames.indexOf(rule);
  return broken.sort((a, b) => order(a.rule) - order(b.rule) || a.session - b.session);
}

function endOf({ at, minutes }: Planned): number {
  return at + minutes * 60;
}

function isDuring(session: Planned, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return start <= session.at && endOf(session) <= end;
}

function* brokenBySession(
  session: Planned,
  {
    others,
    there,
    rules,
  }: {
    readonly others: readonly Planned[];
    readonly there: readonly KeptDuty[];
    readonly rules: TimetableRules;
  },
): Generator<TimetableRuleName> {
  const day = londonDay(session.at);
  const onSameDay = others.filter(({ at }) => londonDay(at) === day);
  const overlaps = (other: Planned, pause: number): boolean =>
    session.at < endOf(other) + pause && other.at < endOf(session) + pause;
  if (session.minutes !== rules.minutes) yield 'length';
  if (day < rules.firstDay || day > rules.lastDay) yield 'period';
  if (rules.closedDays.includes(day)) yield 'closed day';
  if (session.people.length > rules.places) yield 'places';
  if (session.people.length < rules.fewestPeople) yield 'fewest people';
  if (!leavesEnough(session, { others, there, rules })) yield 'enough on duty';
  if (others.some((other) => other.place === session.place && overlaps(other, 0))) {
    yield 'one session at a time in a place';
  }
  const own = others.filter(({ facilitator }) => facilitator === session.facilitator);
  const isOneOfThem = session.facilitator >= 1 && session.facilitator <= rules.facilitators;
  if (!isOneOfThem || own.some((other) => overlaps(other, rules.pauseMinutes * 60))) {
    yield 'one session at a time for a facilitator';
  }
  const ownThatDay = onSameDay.filter(({ facilitator }) => facilitator === session.facilitator).length + 1;
  if (ownThatDay > rules.sessionsPerFacilitatorDay) yield 'sessions of a facilitator in a day';
  if (rules.sessionsPerDay !== null && onSameDay.length + 1 > rules.sessionsPerDay) yield 'sessions in a day';
}

/** Whether no more are away at any moment of a session than may be, by those on duty in its place. */
function leavesEnough(
  session: Planned,
  {
    others,
    there,
    rules,
  }: {
    readonly others: readonly Planned[];
    readonly there: readonly KeptDuty[];
    readonly rules: TimetableRules;
  },
): boolean {
  const atOnce = [session, ...others.filter(({ place }) => place === session.place)];
  const changes = [...there.flatMap(({ start, end }) => [start, end]), ...atOnce.map(({ at }) => at)];
  const moments = [session.at, ...changes.filter((at) => at > session.at && at < endOf(session))];
  return moments.every((moment) => {
    const onDuty = there.filter(({ start, end }) => start <= moment && moment < end).length;
    const away = atOnce.filter((own) => own.at <= moment && moment < endOf(own));
    return away.reduce((sum, { people }) => sum + people.length, 0) <= mayBeAway(onDuty, rules.awayShare);
  });
}

/** The first rule that somebody's coming breaks by their own duties; null where one of them holds the session. */
export function brokenByDuty(
  session: Planned,
  duties: readonly KeptDuty[],
  rules: TimetableRules,
): TimetableRuleName | null {
  const during = duties.find((duty) => duty.place === session.place && isDuring(session, duty));
  if (during === undefined) return 'on duty there';
  if (during.isRestDay) return 'no rest day';
  if (!rules.nights && isNightDuty(during)) return 'no night';
  const first = during.start + rules.afterStartMinutes * 60;
  const last = during.end - rules.beforeEndMinutes * 60;
  return session.at < first || endOf(session) > last ? 'not at the edge of a duty' : null;
}

/** What nobody sees from one session: that somebody comes too soon again, or too often. */
function* brokenCourses(sessions: readonly Planned[], rules: TimetableRules): Generator<BrokenRule> {
  const inOrder = [...sessions.keys()].sort((a, b) => (sessions[a]?.at ?? 0) - (sessions[b]?.at ?? 0) || a - b);
  const courses = new Map<number, { lastDay: number; count: number }>();
  for (const session of inOrder) {
    const { at, people } = sessions[session] as Planned;
    const day = londonDay(at);
    for (const person of new Set(people)) {
      const { lastDay, count } = courses.get(person) ?? { lastDay: Number.NEGATIVE_INFINITY, count: 0 };
      if (day - lastDay < rules.gapDays) yield { rule: 'days between sessions', session, person };
      if (count + 1 > rules.sessionsEach) yield { rule: 'no more than wanted', session, person };
      courses.set(person, { lastDay: day, count: count + 1 });
    }
  }
}
