import { beforeAll, describe, expect, test } from 'vitest';
import { type LandmarkTable, outcomeUnknown } from '#main/analysis/early-warning/landmark-table.ts';
import { buildLandmarks } from '#main/analysis/early-warning/landmarks/build-landmarks.ts';
import { DutyCollector } from '#main/analysis/early-warning/landmarks/duty-history.ts';
import type { History } from '#main/analysis/early-warning/landmarks/history.ts';
import { psychological } from '#main/services/synthetic/absence-shape.ts';
import type { Career } from '#main/services/synthetic/careers.ts';
import { type ForceOptions, generateForce } from '#main/services/synthetic/index.ts';
import { planted } from '#main/services/synthetic/planted.ts';
import { casenessFrom, type Landmark } from '#main/services/synthetic/pulse.ts';
import type { NumericColumn } from '#main/stats/data/table.ts';
import { glm } from '#main/stats/procedures/glm/glm.ts';
import { runPrepared } from '#main/stats/procedures/run-procedure.ts';
import { dayOfIso, utcOfLondon } from '#shared/domain/dates.ts';

/** What the early warning reads, straight from the force: its landmarks must be those that the outcome was planted on. */
function historyOf(options: Partial<ForceOptions>): { readonly history: History; readonly careers: readonly Career[] } {
  const force = generateForce(options);
  const { people } = force;
  const events = people.map((): { day: number; recorded: number }[] => []);
  for (const { rows } of force.exposures()) {
    for (const row of rows) {
      if (!row.counted) continue;
      const recorded = Math.floor(row.recordedSeconds / 86_400);
      events[row.person]?.push({ day: Math.floor(row.occurredSeconds / 86_400), recorded });
    }
  }
  const careers = [...force.careers()];
  const duties = new DutyCollector(people.length);
  for (const { person, duties: own } of careers) {
    for (const { startSeconds, endSeconds, type, overtimeMinutes, restDayCancelled } of own) {
      const kind = type === 'night' ? 'night' : 'other';
      const [start, end] = [utcOfLondon(startSeconds), utcOfLondon(endSeconds)];
      duties.add(person, { start, end, kind, overtimeMinutes, restDayCancelled });
    }
  }
  const offsets = Uint32Array.from([0, ...events.map(({ length }) => length)]);
  for (let i = 1; i < offsets.length; i += 1) offsets[i]! += offsets[i - 1]!;
  const lastHeldDay = dayOfIso(force.options.endDate)!;
  const history: History = {
    people: people.map((person) => ({
      pseudonym: person.ref,
      unit: person.unitName,
      role: person.role,
      rank: person.rank,
      workforce: person.workforceType,
      sex: person.sex,
      ethnicity: person.ethnicityGroup,
      birthYear: person.birthYear,
      serviceStart: person.serviceStartDay,
      serviceEnd: person.serviceEndDay,
      fte: person.fte,
      postings: [],
    })),
    exposures: {
      from: offsets.slice(0, -1),
      to: offsets.slice(1),
      day: Int32Array.from(events.flatMap((own) => own.map(({ day }) => day))),
      recorded: Int32Array.from(events.flatMap((own) => own.map(({ recorded }) => recorded))),
    },
    duties: duties.history(),
    absences: careers.map(({ absences }) =>
      absences.map(({ startDay, endDay, recordedDay, reason }) => ({
        startDay,
        endDay: endDay > lastHeldDay ? null : endDay,
        recordedDay,
        psychological: reason === psychological,
      })),
    ),
    screenings: careers.map(({ pulses }) =>
      pulses.flatMap(({ takenDay, score, wave }) =>
        score === null ? [] : [{ day: takenDay, recordedDay: takenDay, score, wave: `pulse-${wave}` }],
      ),
    ),
    cases: people.map(() => []),
    holdsAbsences: true,
    lastHeldDay,
  };
  return { history, careers };
}

function landmarksOf(options: Partial<ForceOptions>) {
  const { history, careers } = historyOf(options);
  const table = buildLandmarks(history, {
    fromDay: null,
    asOfDay: history.lastHeldDay,
    horizonDays: 180,
    spellDays: 28,
    lagDays: { exposures: 7, absences: 7, duties: 7, screenings: 0 },
    isCase: (score) => score >= casenessFrom,
  });
  const own = new Map<string, Landmark>();
  for (const { person, landmarks } of careers) for (const one of landmarks) own.set(`${person} ${one.day}`, one);
  return { table, ownOf: (row: number) => own.get(`${table.person[row]} ${table.day[row]}`), own };
}

let found: ReturnType<typeof landmarksOf>;
let table: LandmarkTable;
beforeAll(() => {
  found = landmarksOf({ people: 3_000, years: 4, seed: 21 });
  table = found.table;
}, 120_000);

const rowsOf = () => Array.from({ length: table.count }, (_, row) => row);

describe('the landmarks of the early warning on a synthetic force', () => {
  test('are those of the pulse, but for people absent unrecorded', () => {
    const withOutcome = rowsOf().filter((row) => table.complete[row] === 1);
    expect(withOutcome.filter((row) => !found.ownOf(row))).toEqual([]);
    expect(withOutcome.length).toBeGreaterThan(8_000);
    expect(withOutcome.length / found.own.size).toBeGreaterThan(0.985);
  });

  test('have the outcome that was drawn, and none where it was not to show', () => {
    let known = 0;
    for (const row of rowsOf()) {
      const own = found.ownOf(row);
      if (!own || table.complete[row] === 0) continue;
      const shown = own.shownAs === null ? outcomeUnknown : Number(own.isCase);
      expect({ row, outcome: table.outcome[row] }).toEqual({ row, outcome: shown });
      if (own.shownAs !== null) known += 1;
    }
    expect(known).toBeGreaterThan(5_000);
  });

  test('have the predictors that the chance was planted on', () => {
    table.predictors.forEach(({ code }, column) => {
      const pairs = rowsOf().flatMap((row) => {
        const own = found.ownOf(row);
        return own ? [[table.values[column]![row]!, own.known[code as keyof Landmark['known']]] as const] : [];
      });
      const same = pairs.filter(([theirs, ours]) => Math.abs(theirs - ours) < 1e-9);
      expect({ code, same: same.length / pairs.length > 0.995 }).toEqual({ code, same: true });
      expect(pairs.some(([theirs]) => theirs !== pairs[0]![0])).toBe(true);
    });
  });

  test('give every planted coefficient again, and both shifts that no predictor shows', () => {
    const known = rowsOf().filter((row) => found.ownOf(row) && table.complete[row] === 1 && table.outcome[row]! >= 0);
    const lastWave = Math.max(...known.map((row) => found.ownOf(row)!.wave));
    const column = (name: string, of: (row: number) => number): NumericColumn => ({
      kind: 'numeric',
      name,
      values: Float64Array.from(known, of),
    });
    const names = table.predictors.map(({ code }) => code.replaceAll('-', '_'));
    const columns = [
      ...table.predictors.map((_, at) => column(names[at]!, (row) => table.values[at]![row]!)),
      column('part_time', (row) => Number(found.ownOf(row)!.partTime)),
      column('last_wave', (row) => Number(found.ownOf(row)!.wave === lastWave)),
      column('outcome', (row) => table.outcome[row]!),
    ];
    const spec = glm.schema.parse({
      formula: `outcome ~ ${[...names, 'part_time', 'last_wave'].join(' + ')}`,
      family: 'binomial',
    });
    const data = { rows: known.length, columns: new Map(columns.map((one) => [one.name, one])) };
    const prepared = { procedure: glm, spec, columns: glm.columns(spec), files: {} };
    const fitted = runPrepared(prepared, data, { dataName: 'landmarks.csv', attachments: {}, attachmentNames: {} });
    const terms = fitted['terms'] as readonly { term: string; estimate: number; se: number }[];
    const { intercept, coefficients, partTimeShift, lastWaveShift } = planted.pulse;
    const truth: Record<string, number> = {
      '(Intercept)': intercept,
      part_time: partTimeShift,
      last_wave: lastWaveShift,
    };
    for (const [code, value] of Object.entries(coefficients)) truth[code.replaceAll('-', '_')] = value;
    expect(terms.map(({ term }) => term).sort()).toEqual(Object.keys(truth).sort());
    // Of fifteen intervals of 99.9%, none should miss.
    const outside = terms.filter(({ term, estimate, se }) => Math.abs(estimate - truth[term]!) > 3.3 * se);
    expect(outside).toEqual([]);
    for (const shift of ['part_time', 'last_wave']) {
      const { estimate, se } = terms.find(({ term }) => term === shift)!;
      expect(estimate / se).toBeGreaterThan(3);
    }
  });
});
