import { judgeTimetable } from '#main/analysis/pilots/timetable/judge-timetable.ts';
import { proposeTimetable } from '#main/analysis/pilots/timetable/propose-timetable.ts';
import { pilotTimetableScript } from '#main/analysis/pilots/timetable/r-script.ts';
import { pilotTimetableWarnings, readPilotTimetable } from '#main/analysis/pilots/timetable/reading.ts';
import { seatPeople } from '#main/analysis/pilots/timetable/seat-people.ts';
import { type PilotTimetableSpec, rulesOf } from '#main/analysis/pilots/timetable/spec.ts';
import { tellTimetable } from '#main/analysis/pilots/timetable/tell-timetable.ts';
import type { Connection } from '#main/store/connection.ts';
import { readDutiesAround } from '#main/store/pilot-roster-records.ts';
import { readPilotPeople } from '#main/store/pilot-session-records.ts';
import { dayOfIso, utcOfLondon } from '#shared/domain/dates.ts';
import type { ReachedPeople } from '#shared/domain/pilot-timetable.ts';
import type { Roster, TimeAway } from '#shared/domain/session-timetable.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { tableToShow } from './counts-to-show.ts';

const secondsPerDay = 86_400;

/** It reads duties and enrolments alone, and no absence: a timetable of a pilot can be made before its plan is locked. */
export function pilotTimetableAnswer(connection: Connection, spec: PilotTimetableSpec): AnalysisAnswer {
  const { roster, people, reach, withoutConsent } = connection.transaction(() => rosterOf(connection, spec))();
  const timetable = spec.check === null ? proposed(roster, spec) : judged(roster, people, spec.check, spec);
  const result = tellTimetable(timetable, spec, { people, reach, mayShowTable: tableToShow });
  return {
    asOf: spec.from,
    result,
    reading: readPilotTimetable(result, timetable.proven, spec),
    warnings: pilotTimetableWarnings(roster, spec, { reach, withoutConsent }),
    coverage: null,
    r: pilotTimetableScript(spec),
  };
}

function proposed(roster: Roster, spec: PilotTimetableSpec) {
  const { sessions, coverage, points, bound } = proposeTimetable(roster, rulesOf(spec));
  return { sessions, coverage, proven: { points, bound } };
}

function judged(
  roster: Roster,
  people: readonly string[],
  check: NonNullable<PilotTimetableSpec['check']>,
  spec: PilotTimetableSpec,
) {
  const indexOf = new Map(people.map((person, index) => [person, index]));
  // Whoever is not enrolled has an index that nobody has, and one of their own.
  const strangers = roster.duties.reduce((most, { person }) => Math.max(most, person), people.length) + 1;
  const indexFor = (person: string): number => {
    const index = indexOf.get(person) ?? strangers + indexOf.size;
    indexOf.set(person, index);
    return index;
  };
  const sessions = check.map((one) => ({
    ...one,
    at: Date.parse(one.at) / 1_000,
    people: one.people.map(indexFor),
  }));
  const rules = rulesOf(spec);
  const seated = spec.seat ? seatPeople(sessions, roster, rules) : sessions;
  return { sessions: seated, proven: null, ...judgeTimetable(seated, roster, rules) };
}

type Reached = {
  readonly roster: Roster;
  /** Pseudonyms by index, those to be reached. */
  readonly people: readonly string[];
  readonly reach: ReachedPeople;
  /** People in these arms for whom there is no session because they have not consented. */
  readonly withoutConsent: number;
};

/** Duties by index of people, those to be reached first. */
function rosterOf(connection: Connection, spec: PilotTimetableSpec): Reached {
  const { pilot, from, to, placeBy, withoutTypes } = spec;
  const [firstDay, lastDay] = [dayOfIso(from) ?? 0, dayOfIso(to) ?? 0];
  const { enrolled, reach, withoutConsent } = reachedBy(readPilotPeople(connection, pilot), spec);
  const indexOf = new Map(enrolled.map(({ person }, index) => [person, index]));
  // A duty of the evening before reaches into the first day.
  const moments = [(firstDay - 1) * secondsPerDay, (lastDay + 1) * secondsPerDay].map(utcOfLondon);
  const duties = readDutiesAround(connection, pilot, [moments[0] ?? 0, moments[1] ?? 0]).flatMap((duty) => {
    const place = placeBy === 'unit' ? duty.unit : duty.cluster;
    if (place === null || withoutTypes.includes(duty.type?.toLowerCase() ?? '')) return [];
    const person = indexOf.get(duty.person) ?? indexOf.size;
    indexOf.set(duty.person, person);
    return [{ person, place, start: duty.start, end: duty.end, isRestDay: duty.isRestDay }];
  });
  // Before somebody is in and after they withdrew there is no session for them.
  const away = enrolled.flatMap(({ fromDay, withdrawnDay }, person): TimeAway[] => [
    ...(fromDay !== null && fromDay > firstDay ? [{ person, firstDay, lastDay: fromDay - 1 }] : []),
    ...(withdrawnDay !== null && withdrawnDay <= lastDay ? [{ person, firstDay: withdrawnDay, lastDay }] : []),
  ]);
  const roster = { enrolled: enrolled.length, duties, away };
  return { roster, people: enrolled.map(({ pseudonym }) => pseudonym), reach, withoutConsent };
}

type PilotPerson = ReturnType<typeof readPilotPeople>[number];

/** Whom the sessions are for: nobody who has withdrawn, and once anybody has consented nobody who has not. */
function reachedBy(
  everybody: readonly PilotPerson[],
  { arms, reach: asked, from, to }: PilotTimetableSpec,
): { readonly enrolled: readonly PilotPerson[] } & Pick<Reached, 'reach' | 'withoutConsent'> {
  const [firstDay, lastDay] = [dayOfIso(from) ?? 0, dayOfIso(to) ?? 0];
  const offered = everybody.filter(
    ({ arm, withdrawnDay }) =>
      (arms === null || (arm !== null && arms.includes(arm))) && (withdrawnDay === null || withdrawnDay > firstDay),
  );
  const consented = offered.filter(({ consentedDay }) => consentedDay !== null && consentedDay <= lastDay);
  const reach = asked ?? (consented.length > 0 ? 'consented' : 'offered');
  return reach === 'offered'
    ? { enrolled: offered, reach, withoutConsent: 0 }
    : { enrolled: consented, reach, withoutConsent: offered.length - consented.length };
}
