import { describe, expect, it } from 'vitest';
import { type EvaluationInput, evaluatePilot } from '#main/analysis/pilots/evaluation/evaluate-pilot.ts';
import { readEvaluation } from '#main/analysis/pilots/evaluation/reading.ts';
import { pilotDesigns } from '#shared/domain/pilot.ts';
import { randomStream } from '#shared/domain/random.ts';
import {
  drawAreas,
  drawChosenPilot,
  drawClusterPilot,
  drawRandomisedPilot,
  drawSeries,
  drawSteppedWedge,
} from '#tests/fixtures/drawn-pilots.ts';

const options = { minimum: 10, minimumTakingPart: 5, deltas: [2], subgroups: ['shift'] };
const rule = { name: 'PHQ-9', unit: 'points', better: 'low', norms: { sd: 5, reliability: 0.85 } } as const;
const stream = () => randomStream(9, 'every design');

const alone = drawRandomisedPilot(stream(), 200, -3);
const teams = drawClusterPilot(stream(), 12, -3);
const chosen = drawChosenPilot(stream(), 300, -3);
const areas = drawAreas(stream(), { areas: 10, periods: 5, people: 10 }, -3);
const wedge = drawSteppedWedge(stream(), { teams: 6, periods: 4, people: 6 }, -3);

const inputs: readonly EvaluationInput[] = [
  { design: 'pre-post', people: alone.people, primary: alone.scores, secondaries: [], normMean: null },
  { design: 'randomised', people: alone.people, primary: alone.scores, secondaries: [alone.scores] },
  {
    design: 'cluster-randomised',
    people: teams.people,
    primary: teams.scores,
    secondaries: [teams.scores],
    main: 'CR2',
  },
  { design: 'stepped-wedge', primary: { ...rule, rows: wedge }, secondaries: [{ ...rule, rows: wedge }] },
  {
    ...{ design: 'difference-in-differences', primary: { ...rule, rows: areas.rows }, begins: areas.begins },
    secondaries: [{ ...rule, rows: areas.rows }],
  },
  {
    ...{
      design: 'interrupted-time-series',
      primary: { ...rule, points: drawSeries(stream(), 40, -3) },
      secondaries: [],
    },
    plan: { start: 21, horizon: 12, seasonPoints: 12, errors: null },
  },
  { design: 'weighting', people: chosen.people, primary: chosen.scores, secondaries: [chosen.scores], to: 'ATE' },
];

/** Every number of a result with its place. */
function numbersIn(value: unknown, place = ''): [string, number][] {
  if (typeof value === 'number') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${place}.${key}`));
}

describe('every design', () => {
  it('has an evaluation', () => {
    expect(inputs.map(({ design }) => design)).toEqual([...pilotDesigns]);
  });

  for (const input of inputs) {
    it(`${input.design}: an estimate in words, a strength, limits, and no number without meaning`, () => {
      const evaluation = evaluatePilot(input, options);
      expect(evaluation.primary.low).toBeLessThan(evaluation.primary.high);
      expect(evaluation.primary.method.length).toBeGreaterThan(40);
      expect(evaluation.limits.length).toBeGreaterThan(1);
      expect(numbersIn(evaluation).filter(([, value]) => !Number.isFinite(value))).toEqual([]);
      expect(readEvaluation(evaluation).join(' ')).not.toMatch(/NaN|undefined|Infinity|∞/);
      expect(evaluation.r).not.toMatch(/^[^#]*(read\.csv\("|library\(|::)/m);
      for (const { found, adjustedP } of evaluation.secondaries) {
        if ('refused' in found) throw new Error(found.refused);
        // The same outcome again, by the same estimator.
        expect(found.estimate).toBe(evaluation.primary.estimate);
        expect(adjustedP).toBe(found.p);
      }
    });

    it(`${input.design}: no count of people under the least that may be told`, () => {
      const evaluation = evaluatePilot(input, options);
      const counts = numbersIn(evaluation).filter(([place]) =>
        /\.(?:count|people|n|improved|deteriorated)$/.test(place),
      );
      for (const [place, value] of counts) {
        expect(value, place).toBeGreaterThanOrEqual(/\.(?:count|people)$/.test(place) ? 5 : 10);
      }
    });
  }
});
