import { describe, expect, it } from 'vitest';
import { howWorkedOut, type IndicatorDefinition, indicatorSchema } from '#main/analysis/indicators/definition.ts';
import { evaluateIndicator } from '#main/analysis/indicators/evaluate.ts';
import type { MeasureData, SupportStep } from '#main/analysis/indicators/measure-data.ts';
import { indicatorsScript, indicatorWarnings, readIndicators } from '#main/analysis/indicators/reading.ts';
import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import { runChart } from '#main/analysis/indicators/run-chart.ts';
import { parseIndicatorsSpec, wholeMonths } from '#main/analysis/indicators/spec.ts';
import { targetOf } from '#main/analysis/indicators/target.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { away, day, member } from '../absence/oracle.ts';

const named = (id: string): IndicatorDefinition => indicatorDefinitions.find((definition) => definition.id === id)!;
const months = (asOf: string, count: number) => wholeMonths({ asOf, months: count, indicators: null });

function dataOf(asOf: string, count: number, more: Partial<MeasureData> = {}): MeasureData {
  return {
    months: months(asOf, count),
    asOfDay: day(asOf),
    staff: () => null,
    holdsAbsences: () => true,
    spanOf: () => null,
    exposures: () => null,
    recorded: () => null,
    invitations: () => null,
    screenings: () => null,
    support: () => null,
    contacts: () => null,
    requests: () => null,
    ...more,
  };
}

const valuesOf = (id: string, data: MeasureData) =>
  evaluateIndicator(named(id), data).chart.points.map(({ state, value }) => (state === 'measured' ? value : state));
const people = (count: number, more: Parameters<typeof member>[1] = {}) =>
  Array.from({ length: count }, (_, at) => member(`P${at}`, more));

describe('the definitions', () => {
  it('say everything that a definition must, and name extract kinds that exist', () => {
    expect(new Set(indicatorDefinitions.map(({ id }) => id)).size).toBe(indicatorDefinitions.length);
    for (const definition of indicatorDefinitions) {
      expect(definition.threshold).toBeGreaterThanOrEqual(5);
      expect(howWorkedOut(definition)).toContain(String(definition.threshold));
      for (const kind of definition.kinds) expect(extractKindNamed(kind), `${definition.id} ${kind}`).not.toBeNull();
      expect(definition.measure === 'none').toBe(definition.kinds.length === 0);
    }
    const { notMeasurable: _, ...silent } = named('family-response');
    expect(indicatorSchema.safeParse(silent).success).toBe(false);
  });

  it('give nothing but the reason where nothing is imported, and never a 0', () => {
    for (const definition of indicatorDefinitions) {
      const { notMeasurable, chart } = evaluateIndicator(definition, dataOf('2025-12-31', 3));
      expect(notMeasurable, definition.id).toMatch(/\w.*\.$/);
      expect(chart.points.map(({ state, value, numerator }) => [state, value, numerator])).toEqual(
        Array.from({ length: 3 }, () => ['not measurable', null, null]),
      );
      expect(chart).toMatchObject({ centre: null, r: '' });
    }
  });
});

describe('the months', () => {
  it('are the last whole ones up to the day', () => {
    expect(months('2024-03-30', 2)).toEqual([
      { name: '2024-01', firstDay: day('2024-01-01'), lastDay: day('2024-01-31') },
      { name: '2024-02', firstDay: day('2024-02-01'), lastDay: day('2024-02-29') },
    ]);
    expect(months('2024-03-31', 2).map(({ name }) => name)).toEqual(['2024-02', '2024-03']);
    expect(months('2025-01-15', 2).map(({ name }) => name)).toEqual(['2024-11', '2024-12']);
  });

  it('and indicators that cannot be used are named', () => {
    expect(parseIndicatorsSpec({ asOf: '2025-12-31' })).toEqual({
      ok: true,
      value: { asOf: '2025-12-31', months: 24, indicators: null },
    });
    for (const [spec, word] of [
      [{}, '"asOf"'],
      [{ asOf: '2025-02-29' }, '"asOf"'],
      [{ asOf: '2025-12-31', months: 1 }, '"months"'],
      [{ asOf: '2025-12-31', indicators: ['happiness'] }, 'no indicator “happiness”'],
      [{ asOf: '2025-12-31', indicators: ['absence-rate', 'absence-rate'] }, 'named once'],
      [{ asOf: '2025-12-31', more: 1 }, 'more'],
    ] as const) {
      expect(parseIndicatorsSpec(spec)).toMatchObject({
        ok: false,
        error: { code: 'BAD_SPEC', message: expect.stringContaining(word) },
      });
    }
  });
});

describe('the measures', () => {
  it('count absence month by month, a leap February among them', () => {
    // Twenty people; half of them away for psychological reasons from 20 January to 9 March 2024.
    const absences = people(20).map((_, at) =>
      at < 10 ? [away('2024-01-20', '2024-03-09', { reason: 'Stress' })] : [],
    );
    const data = dataOf('2024-03-31', 3, { staff: () => ({ members: people(20), absences }) });
    const expected = [12 / 31, 1, 9 / 31].map((share) => (100 * share * 10) / 20);
    for (const id of ['absence-rate', 'psychological-absence-rate']) {
      for (const [at, value] of valuesOf(id, data).entries())
        expect(value, `${id} ${at}`).toBeCloseTo(expected[at]!, 10);
    }
    // By 31 January 12 days, by 29 February 41, on 31 March nobody.
    expect(valuesOf('long-term-absence', data)).toEqual([0, 50, 0]);
    const unmapped = absences.map((rows) => rows.map((row) => ({ ...row, reason: 'Zz' })));
    const unknown = dataOf('2024-03-31', 3, { staff: () => ({ members: people(20), absences: unmapped }) });
    expect(valuesOf('psychological-absence-rate', unknown)).toEqual(Array.from({ length: 3 }, () => 'not measurable'));
  });

  it('withhold a month that few people stand behind, and keep a true 0', () => {
    const absences = people(30).map((_, at) => (at < 3 ? [away('2024-02-05', '2024-02-06')] : []));
    const data = dataOf('2024-03-31', 3, { staff: () => ({ members: people(30), absences }) });
    expect(valuesOf('absence-rate', data)).toEqual([0, 'withheld', 0]);
    const { chart } = evaluateIndicator(named('absence-rate'), data);
    expect(chart.points[1]).toMatchObject({
      numerator: null,
      denominator: null,
      value: null,
      reason: expect.stringContaining('10'),
    });
    const nobody = dataOf('2024-03-31', 3, {
      staff: () => ({ members: people(30, { serviceStart: day('2024-03-01') }), absences: people(30).map(() => []) }),
    });
    expect(valuesOf('absence-rate', nobody)).toEqual(['not measurable', 'not measurable', 0]);
  });

  it('call a return sustained where 90 days pass without another absence, and wait for them to pass', () => {
    const rows = (next: string | null) => [
      away('2024-01-02', '2024-02-10'),
      ...(next === null ? [] : [away(next, next)]),
    ];
    // 10 February and 90 days is 10 May.
    const absences = people(40).map((_, at) => rows(at < 10 ? '2024-05-10' : at < 20 ? '2024-05-11' : null));
    const data = dataOf('2024-06-30', 6, { staff: () => ({ members: people(40), absences }) });
    expect(valuesOf('return-sustained', data)).toEqual(['not measurable', 75, ...Array(4).fill('not measurable')]);
    expect(valuesOf('return-sustained', dataOf('2024-04-30', 4, { staff: data.staff }))[1]).toBe('not measurable');
  });

  it('find the median wait with who still waits censored, and the uptake of offers within 90 days', () => {
    const step = (person: number, name: string, iso: string): SupportStep => ({
      person,
      episode: 'e',
      step: name,
      day: day(iso),
    });
    const steps = Array.from({ length: 40 }, (_, at) => [
      step(at, 'offered', '2024-01-03'),
      step(at, 'referred', '2024-01-10'),
      ...(at < 15 ? [step(at, 'contacted', '2024-01-15')] : at < 25 ? [step(at, 'contacted', '2024-01-30')] : []),
    ]).flat();
    const data = dataOf('2024-06-30', 6, { support: () => steps });
    expect(valuesOf('referral-to-contact', data).slice(0, 2)).toEqual([20, 'not measurable']);
    expect(valuesOf('offer-uptake', data).slice(0, 2)).toEqual([(100 * 25) / 40, 'not measurable']);
    const few = dataOf('2024-06-30', 6, { support: () => steps.filter(({ person }) => person < 12) });
    expect(valuesOf('offer-uptake', few)[0]).toBe(100);
    const waiting = dataOf('2024-06-30', 6, { support: () => steps.filter(({ step: name }) => name === 'referred') });
    expect(evaluateIndicator(named('referral-to-contact'), waiting).chart.points[0]!.reason).toMatch(/Fewer than half/);
    expect(evaluateIndicator(named('offer-uptake'), waiting).notMeasurable).toMatch(/names no offers/);
  });

  it('take uptake from invitations alone, and say where there are none', () => {
    const rows = Array.from({ length: 30 }, (_, person) => ({
      person,
      day: day('2024-02-01'),
      invited: true,
      completed: person < 12,
    }));
    const data = dataOf('2024-03-31', 2, { invitations: () => rows });
    expect(valuesOf('screening-uptake', data)).toEqual([40, 'not measurable']);
    const answersOnly = rows.map((row) => ({ ...row, invited: false, completed: true }));
    expect(
      evaluateIndicator(named('screening-uptake'), dataOf('2024-03-31', 2, { invitations: () => answersOnly }))
        .notMeasurable,
    ).toMatch(/nobody knows how many were invited/);
  });

  it('judge each person’s last screening of the month by the cut-off of the instrument', () => {
    const screenings = Array.from({ length: 25 }, (_, person) =>
      [5, person < 11 ? 12 : 9].map((score, at) => ({
        person,
        instrument: 'PHQ-9',
        day: day('2024-02-01') + at,
        completed: true,
        scores: { total: score },
        classes: {},
      })),
    ).flat();
    const data = dataOf('2024-03-31', 2, { screenings: () => screenings });
    expect(valuesOf('caseness-phq-9', data)).toEqual([44, 'not measurable']);
    expect(evaluateIndicator(named('caseness-gad-7'), data).notMeasurable).toBe(
      'No screenings with GAD-7 are imported.',
    );
  });

  it('count exposures, contacts and requests over people and days', () => {
    const staff = () => ({ members: people(100), absences: people(100).map(() => []) });
    const data = dataOf('2024-02-29', 2, {
      staff,
      exposures: () => ({
        eventsInPost: [62, 5],
        covered: [90, 0],
        rows: [100, 0],
        overThreshold: (month) => ({ people: 100, over: month === 0 ? 20 : 4 }),
      }),
      recorded: () => [
        { known: 50, inTime: 40 },
        { known: 0, inTime: 0 },
      ],
      contacts: () => Array.from({ length: 30 }, (_, at) => ({ day: day('2024-01-05'), volunteer: `V${at % 10}` })),
      requests: () =>
        Array.from({ length: 40 }, (_, at) => ({
          day: day('2024-01-05'),
          requestedAt: 1_000_000,
          respondedAt: at < 10 ? null : 1_000_000 + (at < 20 ? 72 * 3_600 + 1 : 72 * 3_600),
        })),
    });
    expect(valuesOf('exposure-rate', data)).toEqual([(1_000 * 62) / 3_100, 'withheld']);
    expect(valuesOf('exposure-coverage', data)).toEqual([90, 'not measurable']);
    expect(valuesOf('over-threshold', data)).toEqual([20, 'withheld']);
    expect(valuesOf('exposure-recording', data)).toEqual([80, 'not measurable']);
    expect(valuesOf('peer-contacts', data)).toEqual([300, 0]);
    expect(valuesOf('peer-caseload', data)).toEqual([3, 'not measurable']);
    expect(valuesOf('peer-response', data)).toEqual([50, 'not measurable']);
  });
});

describe('a month that an extract does not reach', () => {
  const spanned = (from: string, to: string) => ({ spanOf: () => ({ firstDay: day(from), lastDay: day(to) }) });
  const asked = (asOf: string, count: number, more: Partial<MeasureData>) =>
    dataOf(asOf, count, { staff: () => ({ members: people(20), absences: people(20).map(() => []) }), ...more });

  it('is no 0, nor is one that it reaches in part', () => {
    expect(valuesOf('absence-rate', asked('2024-05-31', 5, spanned('2024-02-01', '2024-04-20')))).toEqual([
      'not measurable',
      0,
      0,
      'not measurable',
      'not measurable',
    ]);
    // A week without a new absence at either end is no gap.
    expect(valuesOf('absence-rate', asked('2024-04-30', 3, spanned('2024-02-07', '2024-04-25')))).toEqual([0, 0, 0]);
  });

  it('is whole for rows that come in waves as soon as it holds any of them', () => {
    const invitations = people(20).map((_, at) => ({
      person: at,
      day: day('2024-03-04'),
      invited: true,
      completed: at < 10,
    }));
    const data = asked('2024-04-30', 3, { ...spanned('2024-03-04', '2024-03-04'), invitations: () => invitations });
    expect(valuesOf('screening-uptake', data)).toEqual(['not measurable', 50, 'not measurable']);
    const { points } = evaluateIndicator(named('screening-uptake'), data).chart;
    expect(points.map(({ reason }) => reason)).toEqual([
      'The screenings that are held begin on 4 Mar 2024.',
      null,
      'The screenings that are held end on 4 Mar 2024.',
    ]);
  });

  it('cannot tell whether a return was sustained', () => {
    const absences = people(20).map(() => [away('2024-01-01', '2024-02-09')]);
    const returned = (to: string) =>
      valuesOf(
        'return-sustained',
        dataOf('2024-12-31', 11, { staff: () => ({ members: people(20), absences }), ...spanned('2024-01-01', to) }),
      )[0];
    expect([returned('2024-05-20'), returned('2024-05-23')]).toEqual(['not measurable', 100]);
  });
});

describe('the run chart', () => {
  const definition = named('exposure-coverage');
  const raw = (values: readonly (number | null)[]) =>
    values.map((value) => ({
      numerator: value ?? 0,
      denominator: 100,
      value,
      reason: value === null ? 'Nothing.' : null,
      people: [],
    }));
  const names = months('2025-08-31', 20).map(({ name }) => name);

  it('has the limits of the arithmetic over the months with a value, and leaves gaps as gaps', () => {
    const values = [90, 92, null, 91, 93, 90, 92, 91, 93, 90, 92, 91, 93];
    const chart = runChart(definition, names, raw(values), 95);
    const known = values.filter((value) => value !== null);
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const ranges = known.slice(1).map((value, at) => Math.abs(value - known[at]!));
    const range = ranges.reduce((sum, value) => sum + value, 0) / ranges.length;
    expect(chart.centre).toBeCloseTo(mean, 10);
    expect(chart.upper).toBeCloseTo(mean + 2.66 * range, 10);
    expect(chart.lower).toBeCloseTo(mean - 2.66 * range, 10);
    expect(chart.points[2]).toMatchObject({ state: 'not measurable', lower: null, signals: [] });
    expect(chart.points[3]).toMatchObject({ state: 'measured', value: 91, upper: chart.upper });
    // The target of 95 lies above every point, and within the upper limit or not as the chart says.
    expect(chart.assurance).not.toBeNull();
  });

  it('flags a run of seven on one side, and says it in words with the target', () => {
    const values = [90, 91, 90, 91, 90, 91, 90, 91, 96, 97, 96, 97, 96, 97, 96];
    const chart = runChart(definition, names, raw(values), 95);
    expect(chart.points.slice(8).every(({ signals }) => signals.includes('shift'))).toBe(true);
    expect(chart.variation).toBe('improvement');
    // Which way each month points, and whether that is good: the run below the mean before it is the reverse.
    expect(chart.points.at(-1)!.signal).toEqual({ kind: 'improvement', direction: 'high' });
    expect(chart.points[3]!.signal).toEqual({ kind: 'concern', direction: 'low' });
    expect(runChart({ ...definition, better: 'neither' }, names, raw(values), 95).points.at(-1)!.signal).toEqual({
      kind: 'neutral',
      direction: 'high',
    });
    const target = targetOf(definition, null);
    const indicator = { id: definition.id, definition, target, howWorkedOut: '', notMeasurable: null, chart };
    const words = readIndicators([indicator, evaluateIndicator(named('family-response'), dataOf('2025-12-31', 2))]);
    expect(words[0]).toMatch(
      /Coverage of exposure tracking: 96 per cent in Mar 2025, .*run of seven or more.*target of 95 is met/,
    );
    expect(words[1]).toMatch(
      /^Not measurable or withheld: Family survey response \(The families extract holds answers only/,
    );
    expect(words.at(-1)).toMatch(/never at a person/);
    expect(indicatorsScript([indicator])).toContain(`text = "value\\n${values.join('\\n')}"`);
    expect(indicatorWarnings([{ ...indicator, chart: runChart(definition, names, raw([1, 2, 3]), 95) }])[0]).toMatch(
      /fewer than 12/,
    );
  });
});
