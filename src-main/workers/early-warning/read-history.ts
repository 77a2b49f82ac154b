import { reasonReader } from '#main/analysis/absence/reasons.ts';
import type { StaffPosting } from '#main/analysis/absence/staff-timeline.ts';
import type { HeldForWarning } from '#main/analysis/early-warning/early-warning-words.ts';
import { DutyCollector, type DutyKind, dutyKind } from '#main/analysis/early-warning/landmarks/duty-history.ts';
import {
  type ExposureHistory,
  type History,
  type KnownAbsence,
  type KnownScreening,
  notRecorded,
} from '#main/analysis/early-warning/landmarks/history.ts';
import type { EarlyWarningSpec } from '#main/analysis/early-warning/spec.ts';
import { firstAfter } from '#main/analysis/exposure/loads-at.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  dutyDays,
  eachDuty,
  eachRecordedExposure,
  readCompletedScreenings,
  readRecordedAbsences,
} from '#main/store/early-warning-rows.ts';
import { readPostings, readStaff } from '#main/store/staff-records.ts';
import { dayOfIso, londonDay } from '#shared/domain/dates.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import type { ExposureDaySource } from '../exposure-source.ts';
import { scoreOf } from '../kept-scores.ts';
import { caseSpansByPerson } from './case-spans.ts';

/** The longest window of a predictor that reads duties. */
const dutyWindowDays = 90;

type HistorySource = {
  readonly history: History;
  /** What the store holds for it, whoever it is about. */
  readonly held: Omit<HeldForWarning, 'firstLandmarkDay' | 'lastHeldDay'>;
};

type Question = Pick<EarlyWarningSpec, 'from' | 'asOf' | 'instrument' | 'scale'>;
type Step = (stage: string, done: number) => void;

const dayOrNull = (seconds: number | null): number | null => (seconds === null ? null : londonDay(seconds));

/** Reads what an early warning needs from one state of the store. `step` hears what is being read, in four steps. */
export function readHistory(
  connection: Connection,
  exposures: () => ExposureDaySource,
  question: Question,
  step: Step,
): HistorySource {
  return connection.transaction(() => {
    const asOfDay = dayOfIso(question.asOf) ?? 0;
    const staff = readStaff(connection);
    const indexOf = new Map(staff.map(({ id }, index) => [id, index]));
    const placeOf = (person: number): number => indexOf.get(person) ?? -1;
    step('Reading screenings', 0);
    const screenings = readScreenings(connection, question, asOfDay, staff.length, placeOf);
    step('Reading absences', 1);
    const absences = readAbsences(connection, asOfDay, staff.length, placeOf);
    step('Reading exposures', 2);
    const pseudonyms = new Map(staff.map(({ pseudonym }, index) => [pseudonym, index]));
    const events = exposureHistory(connection, exposures(), asOfDay, pseudonyms, placeOf);
    step('Reading duties', 3);
    const firstDay = dayOfIso(question.from ?? '') ?? screenings.firstDay ?? asOfDay;
    const duties = new DutyCollector(staff.length);
    const kinds = new Map<string | null, DutyKind>();
    eachDuty(connection, [firstDay - dutyWindowDays, asOfDay], ({ person, type, ...row }) => {
      const place = placeOf(person);
      if (place < 0) return;
      const kind = kinds.get(type) ?? dutyKind(type);
      kinds.set(type, kind);
      duties.add(place, { ...row, kind });
    });
    const dutySpan = dutyDays(connection);
    const postings = staff.map((): StaffPosting[] => []);
    for (const { person, ...posting } of readPostings(connection)) postings[placeOf(person)]?.push(posting);
    const cases = caseSpansByPerson(connection);
    const lastDays = [events.lastDay, screenings.lastDay, absences.lastDay, dutySpan?.last ?? null];
    return {
      history: {
        people: staff.map(({ id: _id, ...member }, index) => ({ ...member, postings: postings[index] ?? [] })),
        exposures: events.history,
        duties: duties.history(),
        absences: absences.of,
        screenings: screenings.of,
        cases: staff.map(({ pseudonym }) => cases.get(pseudonym) ?? []),
        holdsAbsences: absences.rows > 0,
        lastHeldDay: Math.min(asOfDay, Math.max(...lastDays.map((day) => day ?? Number.NEGATIVE_INFINITY))),
      },
      held: {
        exposures: events.history.day.length,
        absences: absences.rows,
        screenings: screenings.rows,
        duties: dutySpan,
        lastAbsenceDay: absences.lastDay,
      },
    };
  })();
}

type PlaceOf = (person: number) => number;

/** Completed screenings of one person and day, which may lie in several rows, one a scale, are one. */
function readScreenings(
  connection: Connection,
  { instrument, scale }: Question,
  asOfDay: number,
  people: number,
  placeOf: PlaceOf,
) {
  const of = Array.from({ length: people }, (): KnownScreening[] => []);
  let rows = 0;
  let [firstDay, lastDay]: (number | null)[] = [null, null];
  for (const { person, day, recordedAt, wave, scores } of readCompletedScreenings(connection, instrument, asOfDay)) {
    rows += 1;
    firstDay = Math.min(firstDay ?? day, day);
    lastDay = Math.max(lastDay ?? day, day);
    const own = of[placeOf(person)];
    if (!own) continue;
    const read: KnownScreening = { day, recordedDay: dayOrNull(recordedAt), score: scoreOf(scores, scale), wave };
    const before = own.at(-1);
    if (before?.day !== day) own.push(read);
    else if (before.score === null) own[own.length - 1] = { ...read, wave: read.wave ?? before.wave };
  }
  return { of, rows, firstDay: firstDay ?? null, lastDay: lastDay ?? null };
}

function readAbsences(connection: Connection, asOfDay: number, people: number, placeOf: PlaceOf) {
  const of = Array.from({ length: people }, (): KnownAbsence[] => []);
  const reason = reasonReader({ own: {}, codeSets: null });
  let rows = 0;
  let lastDay: number | null = null;
  for (const row of readRecordedAbsences(connection, asOfDay)) {
    rows += 1;
    lastDay = Math.max(lastDay ?? row.startDay, row.startDay, row.endDay ?? row.startDay);
    of[placeOf(row.person)]?.push({
      startDay: row.startDay,
      endDay: row.endDay,
      recordedDay: dayOrNull(row.recordedAt),
      psychological: reason(row.reason).group.psychological,
    });
  }
  return { of, rows, lastDay };
}

/**
 * The packed exposures by the index of the staff. Which of a person's exposures of one day was recorded when makes no difference
 * to what is counted, so each row that says takes the next of that day.
 */
function exposureHistory(
  connection: Connection,
  { exposures, people }: ExposureDaySource,
  asOfDay: number,
  indexOf: ReadonlyMap<string, number>,
  placeOf: PlaceOf,
): { readonly history: ExposureHistory; readonly lastDay: number | null } {
  const { offsets, day } = exposures;
  const from = new Uint32Array(indexOf.size);
  const to = new Uint32Array(indexOf.size);
  let lastDay: number | null = null;
  people.pseudonyms.forEach((pseudonym, at) => {
    const place = indexOf.get(pseudonym);
    const start = offsets[at] as number;
    const end = firstAfter(day, start, offsets[at + 1] as number, asOfDay);
    if (end > start) lastDay = Math.max(lastDay ?? Number.NEGATIVE_INFINITY, day[end - 1] as number);
    if (place === undefined) return;
    from[place] = start;
    to[place] = end;
  });
  const recorded = new Int32Array(day.length).fill(notRecorded);
  const categories = exposureCategories.map(({ code }) => code);
  eachRecordedExposure(connection, categories, asOfDay, (person, on, recordedAt) => {
    const place = placeOf(person);
    if (place < 0) return;
    const end = to[place] as number;
    let event = firstAfter(day, from[place] as number, end, on - 1);
    while (event < end && day[event] === on && recorded[event] !== notRecorded) event += 1;
    if (event < end && day[event] === on) recorded[event] = londonDay(recordedAt);
  });
  return { history: { from, to, day, recorded }, lastDay };
}
