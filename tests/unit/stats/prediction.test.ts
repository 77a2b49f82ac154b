import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationCurve } from '#main/stats/prediction/calibration-curve.ts';
import { classificationOf, countsAt, netBenefit } from '#main/stats/prediction/decision-curve.ts';
import { delongCovariance, placements } from '#main/stats/prediction/delong.ts';
import { groupPoints, localQuadratic } from '#main/stats/prediction/local-quadratic.ts';
import { rocCurve, spreadPlaces } from '#main/stats/prediction/roc-curve.ts';
import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

const stream = randomStream(8, 'prediction-unit');
const n = 80;
const score = normalDraws(stream, n);
const event = score.map((value) => (stream.nextUniform() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
const other = normalDraws(stream, n).map((value, row) => value + (event[row] as number));
const risk = score.map((value) => 1 / (1 + Math.exp(-1.3 * value)));
const columns = { event, score, other, risk };

type Columns = Parameters<typeof csvOf>[0];
const run = (procedure: string, spec: Record<string, unknown>, data: Columns = columns) =>
  runProcedure({ procedure, data: csvOf(data), spec });
type Curve = {
  auc: number;
  se: number | null;
  low: number | null;
  high: number | null;
  points: unknown[];
  thresholds: number;
};
const curvesOf = (found: Record<string, unknown>) => found['curves'] as Curve[];

const values = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 25 });

describe('areas under curves', () => {
  it('are the share of pairs in order, ties half, and DeLong’s covariance is that of placements', () => {
    fc.assert(
      fc.property(values, values, (cases, controls) => {
        const found = placements({ cases: Float64Array.from(cases), controls: Float64Array.from(controls) });
        const psi = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
        const share = (list: readonly number[]): number =>
          list.reduce((total, value) => total + value, 0) / list.length;
        const v10 = cases.map((a) => share(controls.map((b) => psi(a, b))));
        const v01 = controls.map((b) => share(cases.map((a) => psi(a, b))));
        const auc = share(v10);
        expect(found.auc).toBeCloseTo(auc, 12);
        const spread = (list: readonly number[]): number =>
          list.reduce((total, value) => total + (value - auc) ** 2, 0) / (list.length - 1) / list.length;
        expect(delongCovariance([found]).data[0]).toBeCloseTo(spread(v10) + spread(v01), 12);
      }),
      { numRuns: 200 },
    );
  });

  it('do not change with the order of rows or a rising change of scale, and mirror with the sign', async () => {
    const order = score.map((_value, row) => (row * 27) % n);
    const turned = Object.fromEntries(
      Object.entries(columns).map(([name, list]) => [name, order.map((row) => list[row] as number)]),
    );
    const spec = { outcome: 'event', predictors: ['score', 'other'] };
    const base = await run('roc', spec);
    const moved = await run('roc', spec, {
      ...turned,
      score: (turned['score'] ?? []).map((value) => Math.exp(value / 2) * 1e6),
      other: (turned['other'] ?? []).map((value) => -value),
    });
    const [first, second] = curvesOf(base);
    const [again, mirrored] = curvesOf(moved);
    expect(again?.auc).toBeCloseTo(first?.auc as number, 13);
    expect(again?.se).toBeCloseTo(first?.se as number, 13);
    expect(mirrored?.auc).toBeCloseTo(1 - (second?.auc as number), 13);
    expect(mirrored?.se).toBeCloseTo(second?.se as number, 13);
    expect(moved.warnings.join()).toMatch(/“other” is below 0.5.*not turned round/);
  });

  it('change sides with the event, whichever way it is named', async () => {
    const named = event.map((value) => (value === 1 ? 'off' : 'at work'));
    const spec = { outcome: 'named', predictors: ['score'] };
    const base = curvesOf(await run('roc', { outcome: 'event', predictors: ['score'] }))[0] as Curve;
    const plain = curvesOf(await run('roc', spec, { ...columns, named }))[0] as Curve;
    const other = curvesOf(await run('roc', { ...spec, event: 'at work' }, { ...columns, named }))[0] as Curve;
    const ordered = { ...spec, factors: { named: ['off', 'at work'] } };
    const relabelled = curvesOf(await run('roc', ordered, { ...columns, named }))[0] as Curve;
    expect(plain.auc).toBe(base.auc);
    expect(other.auc).toBeCloseTo(1 - base.auc, 13);
    expect(relabelled.auc).toBe(other.auc);
  });

  it('are listed by at most a thousand points, with both ends', () => {
    const many = normalDraws(stream, 6_000);
    const curve = rocCurve({
      cases: Float64Array.from(many.slice(0, 3_000)),
      controls: Float64Array.from(many.slice(3_000)),
    });
    const places = spreadPlaces(curve, 1_000);
    expect(places.length).toBeLessThanOrEqual(1_000);
    expect(places.length).toBeGreaterThan(900);
    expect([places[0], places.at(-1)]).toEqual([0, 6_000]);
    expect([...places]).toEqual([...new Set(places)].sort((a, b) => a - b));
  });

  it('of 1, of one case, of equal scores and of twins say what they cannot', async () => {
    const perfect = event.map((value) => 10 * value);
    const found = await run(
      'roc',
      { outcome: 'event', predictors: ['perfect', 'twin', 'same'] },
      {
        ...columns,
        perfect,
        twin: perfect.map((value) => value * 2),
        same: perfect.map(() => 3),
      },
    );
    expect(curvesOf(found).map(({ auc, low, high }) => [auc, low, high])).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [0.5, 0.5, 0.5],
    ]);
    expect(found.warnings.join(' ')).toMatch(/separates the outcomes completely.*“same” does not vary/);
    const alike = await run('roc', { outcome: 'event', predictors: ['score', 'risk'] });
    expect((alike['comparisons'] as { p: null; statistic: null; se: number }[])[0]).toMatchObject({
      p: null,
      statistic: null,
      se: 0,
    });
    expect(alike.warnings.join()).toMatch(/rank everybody alike/);
    const single = await run(
      'roc',
      { outcome: 'one', predictors: ['score'] },
      { ...columns, one: event.map((_v, row) => (row === 5 ? 1 : 0)) },
    );
    expect(curvesOf(single)[0]).toMatchObject({ se: null, low: null, high: null, logit: null });
    expect(single.warnings.join()).toMatch(/only one person with the event/);
  });
});

describe('calibration', () => {
  it('of probabilities from their own model is perfect in the large and in its slope', async () => {
    const found = (await run('calibration', { outcome: 'event', probability: 'risk' })) as unknown as {
      slopeIntercept: { estimate: number };
      slope: { estimate: number };
    };
    const refitted = risk.map((p) => {
      const logit = found.slopeIntercept.estimate + found.slope.estimate * Math.log(p / (1 - p));
      return 1 / (1 + Math.exp(-logit));
    });
    const again = await run('calibration', { outcome: 'event', probability: 'refitted' }, { ...columns, refitted });
    expect(again['slope']).toMatchObject({ estimate: expect.closeTo(1, 9), statistic: expect.closeTo(0, 7) });
    expect(again['intercept']).toMatchObject({ estimate: expect.closeTo(0, 9) });
    expect(again['observedExpected']).toMatchObject({ estimate: expect.closeTo(1, 9) });
  });

  it('curves reproduce a quadratic exactly, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 12, maxLength: 60 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (places, span) => {
          const x = Float64Array.from(places, (place) => place / 40).sort();
          const points = groupPoints(
            x,
            x.map((value) => 0.3 - value + 2 * value * value),
          );
          const fitted = localQuadratic(points, span);
          for (let k = 0; k < fitted.length; k += 1) {
            const value = points.x[k] as number;
            // A neighbourhood of fewer than three distinct x has no quadratic of its own.
            const near = [...x].map((other) => Math.abs(other - value)).sort((a, b) => a - b);
            const reach = near[Math.floor(x.length * span + 1e-5) - 1] as number;
            if (new Set(x.filter((other) => Math.abs(other - value) < reach)).size < 3) continue;
            expect(fitted[k]).toBeCloseTo(0.3 - value + 2 * value * value, 8);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('curves of very many probabilities are found from bins, close to the exact ones', () => {
    const draws = randomStream(6, 'bins');
    const p = Float64Array.from({ length: 20_500 }, () => draws.nextUniform() ** 3).sort();
    const y = Uint8Array.from(p, (value) => (draws.nextUniform() < 0.8 * value + 0.05 ? 1 : 0));
    const found = calibrationCurve(p, y, 0.75);
    expect(found?.binned).toBe(true);
    expect(found?.observed[9_000]).toBeCloseTo(localQuadratic(groupPoints(p, y), 0.75)[9_000] as number, 4);
  }, 120_000);

  it.each<[string, Columns, RegExp]>([
    ['0 and 1', { event, risk: risk.map((p) => (p < 0.2 ? 0 : p)) }, /exactly 0 or 1, which have no logit/],
    ['separation', { event, risk: event.map((value) => 0.2 + 0.6 * value) }, /separate the outcomes completely/],
    ['one probability', { event, risk: event.map(() => 0.4) }, /All probabilities are the same/],
    [
      'few events',
      { event: event.map((_v, row) => (row < 2 ? 1 : 0)), risk: risk.map((p) => p / 50) },
      /fewer than one event/,
    ],
    [
      'an event that could not be',
      { event: [1, ...event.slice(1)], risk: [0, ...risk.slice(1)] },
      /log loss is infinite/,
    ],
  ])('warns of %s', async (_name, data, message) => {
    const found = await run('calibration', { outcome: 'event', probability: 'risk' }, data);
    expect(found.warnings.join(' ')).toMatch(message);
    expect(found.warnings.join(' ')).not.toMatch(/cannot be computed from these data/);
  });
});

describe('decision curves', () => {
  it('count those at or above each threshold, in whatever order thresholds come', () => {
    const sorted = Float64Array.from([0.1, 0.2, 0.2, 0.5, 0.9]);
    const counts = countsAt(sorted, Uint8Array.from([0, 1, 0, 0, 1]), [0.5, 0.2, 0.95, 0]);
    expect(counts.map(({ truePositives, falsePositives }) => [truePositives, falsePositives])).toEqual([
      [1, 1],
      [2, 2],
      [0, 0],
      [2, 3],
    ]);
    expect(netBenefit({ threshold: 0.2, truePositives: 2, falsePositives: 2 }, 5)).toBeCloseTo(0.4 - 0.4 * 0.25, 15);
    expect(classificationOf(0, 0, 2, 3)).toMatchObject({
      ppv: null,
      mcc: null,
      likelihoodRatioPositive: null,
      npv: 0.6,
    });
  });

  it('never gain more than the share of events, nor from flagging nobody', async () => {
    const found = await run('decision-curve', { outcome: 'event', probability: 'risk' });
    const share = event.reduce((total: number, value) => total + value, 0) / n;
    for (const point of found['points'] as { netBenefit: number; treatNone: number; standardised: number }[]) {
      expect(point.netBenefit).toBeLessThanOrEqual(share);
      expect(point.treatNone).toBe(0);
      expect(point.standardised).toBeCloseTo(point.netBenefit / share, 12);
    }
  });
});

describe('what is refused', () => {
  it.each<[string, string, Record<string, unknown>, Columns, string, RegExp]>([
    [
      'one outcome',
      'roc',
      { outcome: 'event', predictors: ['score'] },
      { ...columns, event: event.map(() => 1) },
      'REFUSED_MODEL',
      /is 1 in every row/,
    ],
    [
      'three outcomes',
      'roc',
      { outcome: 'event', predictors: ['score'] },
      { ...columns, event: event.map((_v, row) => row % 3) },
      'BAD_COLUMN',
      /3 different values/,
    ],
    [
      'text as a score',
      'roc',
      { outcome: 'event', predictors: ['word'] },
      { ...columns, word: event.map(() => 'x') },
      'BAD_COLUMN',
      /must be numeric/,
    ],
    [
      'a half-named order',
      'roc',
      { outcome: 'event', predictors: ['word'], factors: { word: ['x'] } },
      { ...columns, word: event.map((_v, row) => (row % 2 ? 'x' : 'y')) },
      'BAD_SPEC',
      /leaves out “y”/,
    ],
    [
      'a group of one outcome',
      'roc',
      { outcome: 'event', predictors: ['score'], by: 'group' },
      { ...columns, group: event },
      'REFUSED_MODEL',
      /Everybody in “0”/,
    ],
    [
      'an event that never is',
      'roc',
      { outcome: 'event', predictors: ['score'], event: 'yes' },
      columns,
      'BAD_SPEC',
      /never is “yes”/,
    ],
    ['a column twice', 'roc', { outcome: 'event', predictors: ['score', 'score'] }, columns, 'BAD_SPEC', /named twice/],
    [
      'percentages',
      'calibration',
      { outcome: 'event', probability: 'risk' },
      { event, risk: risk.map((p) => 100 * p) },
      'BAD_COLUMN',
      /probabilities from 0 to 1/,
    ],
    [
      'a threshold of 1',
      'decision-curve',
      { outcome: 'event', probability: 'risk', thresholds: [1] },
      columns,
      'BAD_SPEC',
      /“thresholds/,
    ],
    [
      'an infinite score',
      'roc',
      { outcome: 'event', predictors: ['score'] },
      { ...columns, score: score.map((value, row) => (row === 1 ? 'Inf' : value)) },
      'BAD_COLUMN',
      /infinite value in row 2/,
    ],
  ])('%s', async (_name, procedure, spec, data, code, message) => {
    await expect(run(procedure, spec, data)).rejects.toMatchObject({
      error: { code },
      message: expect.stringMatching(message),
    });
  });
});
