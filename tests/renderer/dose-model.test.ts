import { describe, expect, it } from 'vitest';
import type { InstrumentChoice } from '#shared/contract/instruments.ts';
import {
  doseFinding,
  doseQuestion,
  doseSpecOf,
  fillDose,
  gridOf,
  windowsFinding,
} from '../../src-renderer/features/exposure/dose-model.ts';
import type { DoseResult } from '../../src-renderer/features/exposure/dose-results.ts';
import type { Question } from '../../src-renderer/features/exposure/filters.ts';

const question: Question = { asOf: '2026-03-31', windowDays: 180, scheme: 'count-v1', firstDay: '2022-04-01' };
const point = (exposure: number, pairs: number) => ({ exposure, pairs, estimate: exposure, low: 0, high: 2 });
const windowOf = (windowDays: number, difference: number) => ({
  ...{ windowDays, difference, shortened: 0 },
  slope: { estimate: 1, low: 0, high: 2 },
});

function dose(part: Partial<DoseResult>): DoseResult {
  return {
    ...{ instrument: 'PHQ-9', pairs: 200, people: 100, cases: null, completed: 300, unanswered: 0, excluded: {} },
    ...{ measure: 'points of the score', errors: 'CR2', knots: [], nonlinear: null, windows: [], sensitivity: null },
    exposure: { min: 0, median: 2, q3: 4, max: 30 },
    slope: { estimate: 0.25, low: 0.125, high: 0.5, p: 0.01 },
    reference: 0,
    curve: [point(0, 200), point(19, 2)],
    ...part,
  };
}

describe('a dose and its response', () => {
  it('tells counts at whole exposures up to the last that was told first, in at most 41 points', () => {
    expect(gridOf(dose({}), true)).toEqual(Array.from({ length: 20 }, (_none, k) => k));
    const long = gridOf(dose({ curve: [point(0, 200), point(300, 2)] }), true);
    expect(long.slice(0, 3)).toEqual([0, 8, 16]);
    expect(long.at(-1)).toBe(296);
    expect(long.length).toBeLessThanOrEqual(41);
    expect(gridOf(dose({ reference: 0.35, curve: [point(0.4, 200), point(1, 2)] }), false)).toEqual([
      0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
    ]);
  });

  it('counts pairs between exposures, and withholds fewer than five', () => {
    const { bins } = doseSpecOf(dose({ curve: [point(0, 200), point(1, 60), point(2, 56), point(3, 51)] }), question);
    expect(bins).toEqual([
      { from: 0, to: 1, count: 140 },
      { from: 1, to: 2, count: null },
      { from: 2, to: 3, count: 5 },
    ]);
  });

  it('says the finding with its interval, which way it goes, and when the data do not tell', () => {
    expect(doseFinding(dose({}), question)).toBe(
      'Each exposure more went with 0.25 points more on PHQ-9 (95% interval 0.13 to 0.50)',
    );
    const less = { estimate: -0.25, low: -0.5, high: -0.125, p: 0.01 };
    expect(doseFinding(dose({ slope: less }), { ...question, scheme: 'tiered-v1' })).toBe(
      'Each unit of weighted exposure more went with 0.25 points less on PHQ-9 (95% interval 0.13 to 0.50)',
    );
    const odds = { estimate: 1.5, low: 0.9, high: 2.5, p: 0.1 };
    expect(doseFinding(dose({ slope: odds, measure: 'odds ratio' }), question)).toBe(
      'PHQ-9: no clear difference by exposure; 1.50 times the odds of a case for each exposure more (95% interval 0.90 to 2.50)',
    );
  });

  it('names the windows that fit about as well as the best', () => {
    expect(windowsFinding(dose({ windows: [windowOf(28, 9), windowOf(90, 1.9), windowOf(180, 0)] }))).toBe(
      'Exposure over 90 and 180 days goes with the score most closely',
    );
    expect(windowsFinding(dose({ windows: [windowOf(28, 0), windowOf(90, 1)] }))).toMatch(/^All windows/);
  });

  it('fills in the main scale, and forgets a cut-off that the scale does not have', () => {
    const scale = (name: string, cutOffs: readonly string[]) => ({
      ...{ scale: name, title: name, min: 0, max: 27 },
      cutOffs: cutOffs.map((cutOff) => ({ name: cutOff, atLeast: 10, atMost: null })),
    });
    const held: InstrumentChoice[] = [
      {
        ...{ instrument: 'PHQ-9', title: 'PHQ-9', higherIs: 'worse', mainScale: 'total' },
        scales: [scale('part', []), scale('total', ['caseness'])],
      },
    ];
    const filled = fillDose({ instrument: 'gone', scale: null, cutOff: 'caseness' }, held);
    expect(filled && doseQuestion(question, filled, null)).toMatchObject({
      ...{ instrument: 'PHQ-9', scale: 'total', outcome: 'case', cutOff: 'caseness', at: null, windowDays: 180 },
      ...{ from: '2022-04-01', to: '2026-03-31' },
    });
    expect(fillDose({ instrument: null, scale: 'part', cutOff: 'caseness' }, held)?.cutOff).toBeNull();
    expect(fillDose({ instrument: null, scale: null, cutOff: null }, [])).toBeNull();
  });
});
