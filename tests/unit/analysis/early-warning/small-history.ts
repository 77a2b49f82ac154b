import fc from 'fast-check';
import { DutyCollector, dutyKind } from '#main/analysis/early-warning/landmarks/duty-history.ts';
import {
  type CaseSpan,
  type History,
  type KnownAbsence,
  type KnownScreening,
  type LandmarkRules,
  notRecorded,
} from '#main/analysis/early-warning/landmarks/history.ts';
import { utcOfLondon } from '#shared/domain/dates.ts';

export type PlainExposure = { readonly day: number; readonly recordedDay: number | null };
export type PlainDuty = {
  readonly day: number;
  readonly hour: number;
  readonly hours: number;
  readonly type: string | null;
  readonly overtimeMinutes: number;
  readonly restDayCancelled: boolean;
};

/** One person’s rows, as plain as they can be. */
export type PlainPerson = {
  readonly serviceStart: number | null;
  readonly serviceEnd: number | null;
  readonly exposures: readonly PlainExposure[];
  readonly duties: readonly PlainDuty[];
  readonly absences: readonly KnownAbsence[];
  readonly screenings: readonly KnownScreening[];
  readonly cases: readonly CaseSpan[];
};

export const firstDay = 19_000;
export const lastDay = firstDay + 520;

export const rules: LandmarkRules = {
  fromDay: null,
  asOfDay: lastDay,
  horizonDays: 180,
  spellDays: 28,
  lagDays: { exposures: 7, absences: 7, duties: 7, screenings: 0 },
  isCase: (score) => score >= 50,
};

const day = fc.integer({ min: firstDay, max: lastDay });
const shortly = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null });
export const exposure: fc.Arbitrary<PlainExposure> = fc
  .tuple(day, shortly)
  .map(([on, later]) => ({ day: on, recordedDay: later === null ? null : on + later }));
export const duty: fc.Arbitrary<PlainDuty> = fc.record({
  day,
  hour: fc.integer({ min: 0, max: 23 }),
  hours: fc.integer({ min: 1, max: 14 }),
  type: fc.constantFrom(null, 'early', 'Night shift', 'Rest day', 'late'),
  overtimeMinutes: fc.constantFrom(0, 0, 45, 120),
  restDayCancelled: fc.boolean(),
});
export const absence: fc.Arbitrary<KnownAbsence> = fc
  .tuple(day, fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }), shortly, fc.boolean())
  .map(([startDay, length, later, psychological]) => ({
    startDay,
    endDay: length === null ? null : startDay + length,
    recordedDay: later === null ? null : startDay + later,
    psychological,
  }));
export const screening: fc.Arbitrary<KnownScreening> = fc
  .tuple(day, shortly, fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }))
  .map(([on, later, score]) => ({ day: on, recordedDay: later === null ? null : on + later, score, wave: null }));
const caseSpan: fc.Arbitrary<CaseSpan> = fc
  .tuple(day, fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }))
  .map(([fromDay, length]) => ({ fromDay, toDay: length === null ? null : fromDay + length }));

export const person: fc.Arbitrary<PlainPerson> = fc.record({
  serviceStart: fc.option(fc.integer({ min: firstDay - 100, max: firstDay + 60 }), { nil: null }),
  serviceEnd: fc.option(fc.integer({ min: firstDay + 200, max: lastDay + 50 }), { nil: null }),
  exposures: fc.array(exposure, { maxLength: 40 }),
  duties: fc.array(duty, { maxLength: 40 }),
  absences: fc.uniqueArray(absence, { maxLength: 4, selector: ({ startDay }) => startDay }),
  screenings: fc.uniqueArray(screening, { maxLength: 6, selector: ({ day: on }) => on }),
  cases: fc.array(caseSpan, { maxLength: 1 }),
});

export function startOf({ day: on, hour }: PlainDuty): number {
  return utcOfLondon(on * 86_400 + hour * 3_600);
}

/** One duty a start, the first of them: what the key of the extract leaves of several. */
export function dutiesOf({ duties }: PlainPerson): PlainDuty[] {
  const byStart = new Map<number, PlainDuty>();
  for (const row of duties) if (!byStart.has(startOf(row))) byStart.set(startOf(row), row);
  return [...byStart.values()].sort((a, b) => startOf(a) - startOf(b));
}

export function historyOf(people: readonly PlainPerson[], changes: Partial<History> = {}): History {
  const from = new Uint32Array(people.length);
  const to = new Uint32Array(people.length);
  const events: PlainExposure[] = [];
  const duties = new DutyCollector(people.length);
  people.forEach((one, at) => {
    from[at] = events.length;
    events.push(...[...one.exposures].sort((a, b) => a.day - b.day));
    to[at] = events.length;
    for (const row of dutiesOf(one)) {
      const start = startOf(row);
      duties.add(at, { ...row, start, end: start + row.hours * 3_600, kind: dutyKind(row.type) });
    }
  });
  return {
    people: people.map(({ serviceStart, serviceEnd }, at) => ({
      pseudonym: `P${at}`,
      unit: at % 2 ? 'North' : 'South',
      role: 'Response',
      rank: null,
      workforce: null,
      sex: at % 2 ? 'F' : 'M',
      ethnicity: null,
      birthYear: 1970 + at * 7,
      serviceStart,
      serviceEnd,
      fte: at % 2 ? 0.5 : 1,
      postings: [],
    })),
    exposures: {
      from,
      to,
      day: Int32Array.from(events, (event) => event.day),
      recorded: Int32Array.from(events, ({ recordedDay }) => recordedDay ?? notRecorded),
    },
    duties: duties.history(),
    absences: people.map(({ absences }) => [...absences].sort((a, b) => a.startDay - b.startDay)),
    screenings: people.map(({ screenings }) => [...screenings].sort((a, b) => a.day - b.day)),
    cases: people.map(({ cases }) => cases),
    holdsAbsences: true,
    lastHeldDay: lastDay,
    ...changes,
  };
}
