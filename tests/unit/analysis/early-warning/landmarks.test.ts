import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LandmarkTable } from '#main/analysis/early-warning/landmark-table.ts';
import { buildLandmarks, currentLandmarks } from '#main/analysis/early-warning/landmarks/build-landmarks.ts';
import type { KnownAbsence, KnownScreening } from '#main/analysis/early-warning/landmarks/history.ts';
import { predictors } from '#main/analysis/early-warning/predictors.ts';
import { londonDay } from '#shared/domain/dates.ts';
import { isAtRisk, naive, naiveOutcome } from './naive-landmarks.ts';
import {
  absence,
  duty,
  exposure,
  firstDay,
  historyOf,
  lastDay,
  type PlainPerson,
  person,
  rules,
  screening,
  startOf,
} from './small-history.ts';

const nobody: PlainPerson = {
  serviceStart: null,
  serviceEnd: null,
  exposures: [],
  duties: [],
  absences: [],
  screenings: [],
  cases: [],
};
const screened = (day: number, score: number | null, recordedDay: number | null = null): KnownScreening => ({
  day,
  score,
  recordedDay,
  wave: null,
});
const away = (startDay: number, endDay: number | null, psychological = true): KnownAbsence => ({
  startDay,
  endDay,
  psychological,
  recordedDay: null,
});
const at = firstDay + 200;

function featuresOf(table: LandmarkTable): Map<string, Record<string, number>> {
  return new Map(
    Array.from({ length: table.count }, (_, row) => [
      `${table.pseudonyms[table.person[row]!]} ${table.day[row]}`,
      Object.fromEntries(predictors.map(({ code }, column) => [code, table.values[column]![row]!])),
    ]),
  );
}

function featureRow(one: PlainPerson, row = 0): Record<string, number> {
  return [...featuresOf(buildLandmarks(historyOf([one]), rules)).values()][row]!;
}

describe('buildLandmarks', () => {
  it('gives what the definitions give when they are followed day by day', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 4 }), (people) => {
        const table = buildLandmarks(historyOf(people), rules);
        const expected = people.flatMap((one, index) =>
          one.screenings
            .filter((own) => isAtRisk(one, own))
            .map((own) => ({
              name: `P${index}`,
              day: own.day,
              features: naive(one, own),
              after: naiveOutcome(one, own.day),
            })),
        );
        expected.sort((a, b) => a.day - b.day || (a.name < b.name ? -1 : 1));
        const found = [...featuresOf(table)].map(([name, features], row) => ({
          name: name.split(' ')[0],
          day: table.day[row],
          features,
          after: [table.outcome[row], table.caseness[row], table.spell[row]],
        }));
        expect(found).toEqual(expected);
        seen += found.length;
      }),
      { numRuns: 400, seed: 20_261_126 },
    );
    expect(seen).toBeGreaterThan(500);
  });

  it('lets nothing that happens or is recorded after a screening change what was known by it', () => {
    const soon = { exposure, duty, absence, screening };
    let compared = 0;
    fc.assert(
      fc.property(person, fc.record(soon), fc.nat(), (one, added, pick) => {
        const before = featuresOf(buildLandmarks(historyOf([one]), rules));
        const days = one.screenings.map(({ day }) => day);
        const t = days[pick % Math.max(1, days.length)] ?? at;
        const later = (day: number) => t + 1 + (day % 60);
        const exposures = [
          ...one.exposures.filter(({ day, recordedDay }) => day <= t && (recordedDay ?? day + 7) <= t),
          { day: later(added.exposure.day), recordedDay: null },
          // It happened before, but nobody wrote it down until later.
          { day: added.exposure.day, recordedDay: later(added.exposure.day) },
        ];
        const endDay = ({ day, hour, hours }: PlainPerson['duties'][number]) =>
          londonDay(startOf({ ...added.duty, day, hour }) + hours * 3_600);
        const duties = [
          ...one.duties.filter((row) => endDay(row) + 7 <= t),
          { ...added.duty, day: later(added.duty.day) },
        ];
        const absences = [
          ...one.absences
            .filter(({ startDay, recordedDay }) => startDay <= t && (recordedDay ?? startDay + 7) <= t)
            // An end that nobody knew of yet may turn out to be any other.
            .map((row) =>
              row.recordedDay === null && (row.endDay ?? t) + 7 > t
                ? { ...row, endDay: Math.max(row.startDay, t - 1) }
                : row,
            ),
          ...(one.absences.some(({ startDay }) => startDay === later(added.absence.startDay))
            ? []
            : [{ ...added.absence, startDay: later(added.absence.startDay), endDay: null }]),
        ];
        const screenings = [
          ...one.screenings.filter(({ day, recordedDay }) => day === t || (day < t && (recordedDay ?? day) <= t)),
          { ...added.screening, day: later(added.screening.day) },
        ];
        const after = featuresOf(
          buildLandmarks(historyOf([{ ...one, exposures, duties, absences, screenings }]), rules),
        );
        const [known, then] = [before.get(`P0 ${t}`), after.get(`P0 ${t}`)];
        // Who was absent on the day itself is not at risk, whenever that was written down.
        if (!known || !then) return;
        compared += 1;
        expect(then).toEqual(known);
      }),
      { numRuns: 1_500, seed: 7 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it('forgets an exposure whose record moves past the screening, and knows it again by its own date and the lag', () => {
    const with28 = (recordedDay: number | null, day = at - 10) =>
      featureRow({ ...nobody, screenings: [screened(at, 10)], exposures: [{ day, recordedDay }] })['exposures-28'];
    expect([with28(at), with28(at + 1), with28(null), with28(null, at - 6), with28(null, at - 7)]).toEqual([
      1, 0, 1, 0, 1,
    ]);
  });

  it('counts exposures in windows that end on the day, both counts apart, and halves recency every 28 days', () => {
    const exposures = [at, at - 27, at - 28, at - 179, at - 180].map((day) => ({ day, recordedDay: day }));
    const one = { ...nobody, screenings: [screened(at, 10)], exposures };
    expect(featureRow(one)).toMatchObject({ 'exposures-28': 2, 'exposures-29-180': 2, 'exposure-recency': 1 });
    expect(featureRow({ ...one, exposures: [{ day: at - 300, recordedDay: null }] })['exposure-recency']).toBeCloseTo(
      2 ** (-300 / 28),
      15,
    );
  });

  it('takes as a case a later caseness or a psychological spell of more than 28 days that starts in the horizon', () => {
    const codedAfter = (screenings: KnownScreening[], absences: KnownAbsence[] = [], changes = {}) => {
      const table = buildLandmarks(
        historyOf([{ ...nobody, screenings: [screened(at, 10), ...screenings], absences, ...changes }]),
        rules,
      );
      return [table.outcome[0], table.caseness[0], table.spell[0]];
    };
    expect(codedAfter([screened(at + 180, 50)])).toEqual([1, 1, 0]);
    expect(codedAfter([screened(at + 181, 50)])).toEqual([-1, -1, 0]);
    expect(codedAfter([screened(at + 90, 49)])).toEqual([0, 0, 0]);
    expect(codedAfter([screened(at + 90, 49)], [away(at + 100, at + 127)])).toEqual([0, 0, 0]);
    expect(codedAfter([screened(at + 90, 49)], [away(at + 100, at + 128)])).toEqual([1, 0, 1]);
    expect(codedAfter([screened(at + 90, 49)], [away(at + 100, at + 128, false)]), 'not the mind').toEqual([0, 0, 0]);
    expect(codedAfter([], [away(at + 100, at + 110), away(at + 111, at + 128)]), 'one spell in two rows').toEqual([
      1, -1, 1,
    ]);
    expect(codedAfter([], []), 'nobody asked again').toEqual([-1, -1, 0]);
    expect(codedAfter([screened(at + 90, 49)], [], { serviceEnd: at + 179 }), 'left').toEqual([-1, 0, -1]);
  });

  it('leaves the outcome open where the horizon has not passed, and marks what is complete', () => {
    const early = lastDay - 208;
    const table = buildLandmarks(
      historyOf([
        { ...nobody, screenings: [screened(early, 10), screened(early + 1, 10), screened(lastDay - 100, 10)] },
      ]),
      rules,
    );
    expect([...table.complete]).toEqual([1, 0, 0]);
    expect([...table.outcome]).toEqual([0, 0, -1]);
  });

  it('calls nobody free of a long absence where no absences are held', () => {
    const people = [{ ...nobody, screenings: [screened(at, 10), screened(at + 90, 10)] }];
    const table = buildLandmarks(historyOf(people, { holdsAbsences: false }), rules);
    expect([table.outcome[0], table.caseness[0], table.spell[0]]).toEqual([-1, 0, -1]);
  });

  it('names waves by their labels where every screening has one, else by half-years', () => {
    const wave = (day: number, name: string | null) => ({ ...screened(day, 10), wave: name });
    const waves = (...screenings: KnownScreening[]) =>
      buildLandmarks(historyOf([{ ...nobody, screenings }]), rules).waves.map(({ name }) => name);
    expect(waves(wave(at, 'Second'), wave(at - 60, 'First'))).toEqual(['First', 'Second']);
    expect(waves(wave(firstDay, 'First'), wave(firstDay + 200, null))).toEqual([
      'January to June 2022',
      'July to December 2022',
    ]);
  });
});

describe('currentLandmarks', () => {
  it('puts everybody in post either into the table or under the one reason that comes first', () => {
    const recent = lastDay - 30;
    const people: PlainPerson[] = [
      { ...nobody, screenings: [screened(recent - 100, 60), screened(recent, 10)] },
      { ...nobody, screenings: [screened(lastDay - 365, 10)] },
      { ...nobody, screenings: [screened(recent, null)] },
      { ...nobody, screenings: [screened(recent, 70)] },
      { ...nobody, screenings: [screened(recent, 10)], cases: [{ fromDay: recent, toDay: null }] },
      { ...nobody, screenings: [screened(recent, 10)], absences: [away(lastDay - 3, null)] },
      { ...nobody, screenings: [screened(recent, 10)], serviceEnd: lastDay - 1 },
    ];
    const { table, inPost, notAssessable } = currentLandmarks(historyOf(people), rules);
    expect(inPost).toBe(6);
    expect([...table.person]).toEqual([0]);
    expect([...table.day]).toEqual([recent]);
    expect([...table.outcome, ...table.complete]).toEqual([-1, 0]);
    expect(notAssessable.map(({ pseudonym, reason }) => `${pseudonym} ${reason}`)).toEqual([
      'P1 no-screening',
      'P2 not-scored',
      'P3 case',
      'P4 open-case',
      'P5 absent',
    ]);
  });
});
