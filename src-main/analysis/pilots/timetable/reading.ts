import { counted, plainDate, plainNumber, plainShare } from '#main/analysis/exposure/words.ts';
import { dayOfIso, londonDay } from '#shared/domain/dates.ts';
import type { PilotTimetableResult, ReachedPeople } from '#shared/domain/pilot-timetable.ts';
import type { Roster, SessionTimetable } from '#shared/domain/session-timetable.ts';
import type { PilotTimetableSpec } from './spec.ts';
import { boundWords } from './words.ts';

/** A proposed timetable in sentences. */
export function readPilotTimetable(
  { sessions, coverage, atLeast, broken }: PilotTimetableResult,
  proven: Pick<SessionTimetable, 'points' | 'bound'> | null,
  { sessionsEach }: PilotTimetableSpec,
): string[] {
  if (coverage.people === null) return ['Fewer than 5 people are to be reached: nothing is told of them.'];
  if (coverage.people === 0) return ['Nobody is to be reached.'];
  const { people, full, none, dose } = coverage;
  const course = counted(sessionsEach, 'session', 'sessions');
  const whole =
    full === null
      ? 'How many people have a whole course is withheld.'
      : `${plainNumber(full)} of ${counted(people, 'person', 'people')} have a whole course of ${course}.`;
  const missed = none === null ? 'How many have none is withheld.' : `${plainNumber(none)} have none.`;
  const told = coverage.shortfalls.flatMap(({ words, people: count }) =>
    count === null || count === 0 ? [] : [`${counted(count, 'person', 'people')}: ${words}.`],
  );
  return [
    `${counted(sessions.length, 'session is', 'sessions are')} ${broken ? 'in the timetable that was given' : 'proposed'}.`,
    ...(broken ? [brokenSentence(broken.length)] : []),
    `${whole} ${missed}`,
    ...(dose === null ? [] : [`That is ${plainShare(dose)} of all sessions wanted.`]),
    ...(atLeast === null || proven === null ? [] : [boundWords(proven)]),
    ...told,
  ];
}

function brokenSentence(count: number): string {
  return count === 0 ? 'It breaks no rule.' : `It breaks ${counted(count, 'rule', 'rules')}: “broken” names each.`;
}

/** For whom a timetable is, and for how many it is not. */
type Reached = { readonly reach: ReachedPeople; readonly withoutConsent: number };

/** What a reader has to know of the data. */
export function pilotTimetableWarnings(
  { enrolled, duties }: Roster,
  { from, to }: PilotTimetableSpec,
  reached: Reached,
): string[] {
  const consent = consentWords(reached);
  if (enrolled === 0) {
    return ['Nobody is enrolled in these arms of this pilot: import its pilot_enrolments first.', ...consent];
  }
  if (duties.length === 0) {
    return [`No duties are held from ${plainDate(dayOfIso(from) ?? 0)} on: import the duties of the weeks to come.`];
  }
  const last = londonDay(duties.reduce((latest, { start }) => Math.max(latest, start), 0));
  const ends = dayOfIso(to) ?? 0;
  return [
    ...(last < ends - 1 ? [`Duties are held until ${plainDate(last)} alone: nothing is proposed after that.`] : []),
    ...consent,
    'Who works is what the duties say: leave that they do not know is not seen. Check each week before it begins.',
  ];
}

function consentWords({ reach, withoutConsent }: Reached): string[] {
  if (reach === 'offered') {
    return ['It is for everybody who is offered the sessions, whether or not they have consented.'];
  }
  if (withoutConsent === 0) return [];
  const who = withoutConsent < 5 ? 'Fewer than 5 people have' : counted(withoutConsent, 'person has', 'people have');
  return [`${who} not consented: no session is planned for them.`];
}
