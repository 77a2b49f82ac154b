import { judgeTimetable } from '#main/analysis/pilots/timetable/judge-timetable.ts';
import { proposeTimetable } from '#main/analysis/pilots/timetable/propose-timetable.ts';
import { pilotTimetableScript } from '#main/analysis/pilots/timetable/r-script.ts';
import { pilotTimetableWarnings, readPilotTimetable } from '#main/analysis/pilots/timetable/reading.ts';
import { type PilotTimetableSpec, rulesOf } from '#main/analysis/pilots/timetable/spec.ts';
import { tellTimetable } from '#main/analysis/pilots/timetable/tell-timetable.ts';
import type { Connection } from '#main/store/connection.ts';
import { readDutiesAround } from '#main/store/pilot-roster-records.ts';
import { readPilotPeople } from '#main/store/pilot-session-records.ts';
import { dayOfIso, utcOfLondon } from '#shared/domain/dates.ts';
import type { Roster, TimeAway } from '#shared/domain/session-timetable.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { tableToShow } from './counts-to-show.ts';

const secondsPerDay = 86_400;

/** It reads duties and enrolments alone, and no absence: a timetable of a pilot can be made before its plan is locked. */
export function pilotTimetableAnswer(connection: Connection, spec: PilotTimetableSpec): AnalysisAnswer {
  const { roster, people } = connection.transaction(() => rosterOf(connection, spec))();
  const timetable = spec.check === null ? proposed(roster, spec) : judged(roster, people, spec.check, spec);
  const result = tellTimetable(timetable, spec, { people, mayShowTable: tableToShow });
  return {
    asOf: spec.from,
    result,
    reading: readPilotTimetable(result, timetable.proven, spec),
    warnings: pilotTimetableWarnings(roster, spec),
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
  return { sessions, proven: null, ...judgeTimetable(sessions, roster, rulesOf(spec)) };
}

/** Duties by index of people, those to be reached first; `people` are their pseudonyms. */
function rosterOf(
  connection: Connection,
  { pilot, arms, from, to, placeBy, withoutTypes }: PilotTimetableSpec,
): { readonly roster: Roster; readonly people: readonly string[] } {
  const [firstDay, lastDay] = [dayOfIso(from) ?? 0, dayOfIso(to) ?? 0];
  const enrolled = readPilotPeople(connection, pilot).filter(
    ({ arm, withdrawnDay }) =>
      (arms === null || (arm !== null && arms.includes(arm))) && (withdrawnDay === null || withdrawnDay > firstDay),
  );
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
  return { roster: { enrolled: enrolled.length, duties, away }, people: enrolled.map(({ pseudonym }) => pseudonym) };
}
