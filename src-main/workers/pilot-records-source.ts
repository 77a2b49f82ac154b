import { agreedRows, withoutWithdrawn } from '#main/analysis/families/family-answers.ts';
import { scaleOf } from '#main/analysis/pilots/join/measured-outcome.ts';
import type { Participant, PilotRecords, ScoredAnswer } from '#main/analysis/pilots/join/records.ts';
import type { PilotEvaluationSpec } from '#main/analysis/pilots/join/spec.ts';
import { readAbsences } from '#main/store/absence-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { readFamilies } from '#main/store/family-records.ts';
import {
  readDrawTimes,
  readPilotClusters,
  readPilotCost,
  readPilotEvents,
} from '#main/store/pilot-evaluation-records.ts';
import { readPilotSessions, readSessionPlan } from '#main/store/pilot-session-records.ts';
import { readPilotStandings } from '#main/store/pilot-standing-records.ts';
import { readScreeningsOf } from '#main/store/screening-records.ts';
import { dayOfIso, londonDay } from '#shared/domain/dates.ts';
import type { FamilyMember } from '#shared/domain/family-impact.ts';
import type { PilotOutcome } from '#shared/domain/pilot.ts';
import { familyRow } from './family-rows.ts';
import { scoreOf } from './kept-scores.ts';
import { readMembers } from './staff-source.ts';

const lastDayEver = dayOfIso('2199-12-31') ?? 0;

/** Everything that a pilot is evaluated from, read from one state of the store. */
export function readPilotRecords(connection: Connection, spec: PilotEvaluationSpec): PilotRecords {
  const { pilot, asOf } = spec;
  const toDay = asOf === null ? lastDayEver : (dayOfIso(asOf) ?? lastDayEver);
  const people = peopleOf(connection, pilot);
  return {
    ...people,
    clusters: readPilotClusters(connection, pilot),
    planned: readSessionPlan(connection, pilot),
    attended: readPilotSessions(connection, pilot),
    adverseEvents: readPilotEvents(connection, pilot, toDay).filter(({ person }) => !people.unused.has(person)),
    costGbp: readPilotCost(connection, pilot),
    ...staffOf(connection, toDay),
    answersOf: (outcome) => answersOf(connection, outcome, spec, toDay),
  };
}

/** Everybody of the enrolments whose data may be used, and those who asked that nothing of theirs is. */
function peopleOf(connection: Connection, pilot: string): Pick<PilotRecords, 'participants' | 'unused'> {
  const standings = readPilotStandings(connection, pilot);
  const drawn = readDrawTimes(connection, pilot);
  const used = standings.filter(({ isDataUsed }) => isDataUsed);
  return {
    participants: used.map(({ pseudonym, allocatedDay, ...standing }): Participant => {
      const at = drawn.get(pseudonym) ?? drawn.get(standing.cluster ?? '');
      return { ...standing, allocatedDay: at === undefined ? allocatedDay : londonDay(Date.parse(at) / 1_000) };
    }),
    unused: new Set(standings.flatMap(({ person, isDataUsed }) => (isDataUsed ? [] : [person]))),
  };
}

function staffOf(connection: Connection, toDay: number): Pick<PilotRecords, 'members' | 'absences'> {
  const { members, indexOf } = readMembers(connection);
  const rows = readAbsences(connection, toDay);
  const days = rows.map(({ startDay, endDay }) => Math.max(startDay, endDay ?? startDay));
  return {
    members: new Map(
      [...indexOf].flatMap(([person, index]) => {
        const member = members[index];
        return member === undefined ? [] : [[person, member]];
      }),
    ),
    absences: {
      of: Map.groupBy(rows, ({ person }) => person),
      firstDay: rows.length === 0 ? null : rows.reduce((first, row) => Math.min(first, row.startDay), lastDayEver),
      lastDay: days.length === 0 ? null : days.reduce((last, day) => Math.max(last, day)),
    },
  };
}

function answersOf(
  connection: Connection,
  outcome: PilotOutcome,
  { familyMember }: PilotEvaluationSpec,
  toDay: number,
): ScoredAnswer[] {
  const found = scaleOf(outcome);
  if (!found || outcome.measure.of === 'absence') return [];
  const { definition, scale } = found;
  if (outcome.measure.answeredIn === 'families') {
    return familyAnswersOf(
      connection,
      { instrument: definition.code, scale: scale.scale, member: familyMember },
      toDay,
    );
  }
  return readScreeningsOf(connection, definition.code, toDay).flatMap(({ person, day, completed, scores }) => {
    const score = completed ? scoreOf(scores, scale.scale) : null;
    return score === null ? [] : [{ person, day, score }];
  });
}

type FamilyMeasured = { readonly instrument: string; readonly scale: string; readonly member: FamilyMember };

/** Scores of one member of each household, as the outcome of its officer. Whoever withdrew leaves with all that they answered. */
function familyAnswersOf(connection: Connection, measured: FamilyMeasured, toDay: number): ScoredAnswer[] {
  const all = readFamilies(connection).map((row) => familyRow(row, (person) => person));
  const officers = new Map(
    all.flatMap(({ household, member, person }) =>
      member === 'officer' && person !== null ? [[household, person]] : [],
    ),
  );
  return withoutWithdrawn(agreedRows(all), all).flatMap(({ household, member, instrument, scores, takenOn }) => {
    const person = officers.get(household);
    const score = scores[measured.scale] ?? null;
    const counts = member === measured.member && instrument === measured.instrument && takenOn <= toDay;
    return counts && person !== undefined && score !== null ? [{ person, day: takenOn, score }] : [];
  });
}
