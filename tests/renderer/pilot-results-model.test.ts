import { describe, expect, it } from 'vitest';
import { costFigures } from '../../src-renderer/features/pilots/cost/cost-model.ts';
import { estimateRow, intervalWords, pWords } from '../../src-renderer/features/pilots/results/evaluation-model.ts';
import {
  balanceSpec,
  estimatesSpec,
  eventsSpec,
  seriesSpec,
} from '../../src-renderer/features/pilots/results/result-charts.ts';
import { resultText } from '../../src-renderer/features/pilots/results/text.ts';

const found = { estimate: -2.345, se: 1, df: null, p: 0.0004, low: -4.3, high: -0.39, method: 'By chance.' };

describe('an estimate on screen', () => {
  it('has its interval in words, and stays without figures where it was refused', () => {
    const rows = [estimateRow('Main estimate', found), estimateRow('Those who took part', { refused: 'Too few.' })];
    expect(rows.map(intervalWords)).toEqual(['−2.3 (−4.3 to −0.4)', 'not told']);
    expect(rows[1]).toMatchObject({ estimate: null, method: 'Too few.' });
    const { bounds, rows: drawn } = estimatesSpec(rows, 'PHQ-9', 6);
    expect(bounds).toMatchObject({ low: -6, high: 6 });
    expect(drawn.map(({ text }) => text)).toEqual(['−2.3 (−4.3 to −0.4)', 'not told']);
    expect(estimatesSpec(rows, 'PHQ-9', null).bounds).toBeUndefined();
  });

  it('has a p that is never 0', () => {
    expect([0.0004, 0.0453, null].map(pWords)).toEqual(['under 0.001', '0.045', 'not told']);
  });
});

describe('what some designs have beside it', () => {
  it('a series goes on as it was expected to from the start on alone', () => {
    const point = { fitted: 3, low: null, high: null };
    const { lines, mark } = seriesSpec(
      [
        { ...point, time: 0, observed: 4, expected: null },
        { ...point, time: 1, observed: 3, expected: 4.1 },
      ],
      'PHQ-9',
    );
    expect(lines.map(({ points }) => points)).toEqual([
      [
        [0, 4],
        [1, 3],
      ],
      [[1, 4.1]],
    ]);
    expect(mark?.x).toBe(0.5);
  });

  it('periods without an estimate are left out, the line of no difference spans all', () => {
    const { points, lines } = eventsSpec(
      [
        { event: -1, estimate: null, low: null, high: null },
        { event: 0, estimate: -2, low: -3, high: -1 },
      ],
      'ISI',
    );
    expect(points).toEqual([{ x: 0, y: -2, low: -3, high: -1 }]);
    expect(lines[0]?.points).toEqual([
      [-1, 0],
      [0, 0],
    ]);
  });

  it('arms that are unlike are flagged, before and with weights', () => {
    const { rows } = balanceSpec([{ covariate: 'sexFemale', before: 0.27, after: 0.02 }]);
    expect(rows.map(({ label, flagged }) => [label, flagged])).toEqual([
      ['sex: Female, before', true],
      ['sex: Female, with weights', false],
    ]);
  });

  it('a deviation reads as sentences, however it was written', () => {
    expect(resultText.deviation('Eight sessions', 'no room.', '2026-03-02T10:00:00Z')).toBe(
      '2 Mar 2026: Eight sessions. Because: no room.',
    );
  });
});

describe('what a pilot cost', () => {
  const economics = {
    ...{ costGbp: 6_270, perPersonGbp: 55.486, daysAvoided: null, daysAvoidedGbp: null, words: [] },
    ...{ perImprovementGbp: 183.7, perImprovementLowGbp: 128.9, perImprovementHighGbp: 355.6 },
  };

  it('is told in pounds, with the interval', () => {
    expect(costFigures(economics)).toEqual([
      { label: 'In all', value: '£6,270' },
      { label: 'For each person offered it', value: '£55.49' },
      { label: 'For each reliable improvement', value: '£183.70', note: '95% interval £128.90 to £355.60' },
    ]);
  });

  it('says why there is no cost of an improvement, or no limit of it', () => {
    const noLimit = { ...economics, perImprovementLowGbp: null, perImprovementHighGbp: null };
    expect(costFigures(noLimit)[2]?.note).toContain('no upper limit');
    expect(costFigures({ ...noLimit, perImprovementGbp: null })[2]).toMatchObject({ value: 'not told' });
  });

  it('has days lost, and what they are worth where a day has a cost', () => {
    const days = { estimate: -126, low: -748, high: 496 };
    const gbp = { estimate: -22_680, low: -134_640, high: 89_280 };
    const figures = costFigures({ ...economics, daysAvoided: days, daysAvoidedGbp: gbp });
    expect(figures.slice(3).map(({ value }) => value)).toEqual(['−126', '−£22,680']);
  });
});
