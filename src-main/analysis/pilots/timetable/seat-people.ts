import { londonDay } from '#shared/domain/dates.ts';
import type { ProposedSession, Roster, TimetableRules } from '#shared/domain/session-timetable.ts';
import { brokenByDuty } from './check-timetable.ts';
import { type KeptDuty, keptDuties } from './kept-duties.ts';
import { mayBeAway, OnDuty } from './on-duty.ts';

type Session = Omit<ProposedSession, 'mayCome'>;

/** Days on which people come, as they are given seats. */
class Courses {
  readonly #days = new Map<number, number[]>();
  readonly #rules: TimetableRules;

  constructor(rules: TimetableRules) {
    this.#rules = rules;
  }

  count(person: number): number {
    return this.#days.get(person)?.length ?? 0;
  }

  mayCome(person: number, day: number): boolean {
    const days = this.#days.get(person) ?? [];
    return days.length < this.#rules.sessionsEach && days.every((own) => Math.abs(own - day) >= this.#rules.gapDays);
  }

  add(person: number, day: number): void {
    this.#days.set(person, [...(this.#days.get(person) ?? []), day]);
  }
}

/**
 * Gives the seats of sessions that somebody placed by hand: people keep theirs as far as the rules for them allow, and what is free
 * goes to whoever may come, those with the fewest sessions first. It moves no session.
 */
export function seatPeople(sessions: readonly Session[], roster: Roster, rules: TimetableRules): Session[] {
  const { worked } = keptDuties(roster);
  const byPlace = Map.groupBy(worked, ({ place }) => place);
  const onDuty = new Map([...byPlace].map(([place, duties]) => [place, new OnDuty(duties)]));
  const courses = new Courses(rules);
  const plans = [...sessions.keys()]
    .sort((a, b) => (sessions[a]?.at ?? 0) - (sessions[b]?.at ?? 0) || a - b)
    .map((index) => {
      const session = sessions[index] as Session;
      const until = session.at + session.minutes * 60;
      const there = onDuty.get(session.place)?.fewest(session.at, until) ?? 0;
      return {
        ...{ index, session, day: londonDay(session.at), people: [] as number[] },
        seats: Math.min(rules.places, mayBeAway(there, rules.awayShare)),
        mayCome: peopleFor(session, byPlace.get(session.place) ?? [], { enrolled: roster.enrolled, rules }),
      };
    });
  const seat = ({ people, seats, day }: (typeof plans)[number], candidates: readonly number[]): void => {
    for (const person of candidates) {
      if (people.length >= seats) return;
      if (people.includes(person) || !courses.mayCome(person, day)) continue;
      people.push(person);
      courses.add(person, day);
    }
  };
  for (const plan of plans) {
    seat(
      plan,
      plan.session.people.filter((person) => plan.mayCome.has(person)),
    );
  }
  for (const plan of plans) {
    const fewestFirst = [...plan.mayCome].sort((a, b) => courses.count(a) - courses.count(b) || a - b);
    seat(plan, fewestFirst);
  }
  const seated = new Map(plans.map(({ index, people }) => [index, people.sort((a, b) => a - b)]));
  return sessions.map((session, index) => ({ ...session, people: seated.get(index) ?? [] }));
}

/** Enrolled people one of whose own duties holds a session. */
function peopleFor(
  session: Session,
  duties: readonly KeptDuty[],
  { enrolled, rules }: { readonly enrolled: number; readonly rules: TimetableRules },
): ReadonlySet<number> {
  const near = duties.filter(({ person, start, end }) => person < enrolled && start <= session.at && end > session.at);
  const isHeld = (own: readonly KeptDuty[]): boolean => brokenByDuty(session, own, rules) === null;
  return new Set([...Map.groupBy(near, ({ person }) => person)].filter(([, own]) => isHeld(own)).map(([one]) => one));
}
