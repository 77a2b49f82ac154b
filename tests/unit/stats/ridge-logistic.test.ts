import { describe, expect, it } from 'vitest';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { agreementOfBins, areaOfBins, binLogits } from '#main/stats/prediction/binned-agreement.ts';
import { calibrationIntercept, calibrationSlope } from '#main/stats/prediction/calibration-line.ts';
import { placements } from '#main/stats/prediction/delong.ts';
import { observedExpected, probabilityScores } from '#main/stats/prediction/probability-scores.ts';
import { fitNet, prepareNet } from '#main/stats/regression/elastic-net.ts';
import {
  effectiveParameters,
  fitChosenRidge,
  fitRidgeLogistic,
  type LogisticRows,
  linearPredictor,
} from '#main/stats/regression/ridge-logistic.ts';
import { randomStream } from '#shared/domain/random.ts';

/** Standardised columns with weights, so that they are what the elastic net standardises to. */
function made(rows: number, columns: number, weights: Float64Array): LogisticRows {
  const random = randomStream(5, 'ridge logistic');
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const x = new Float64Array(rows * columns);
  for (let column = 0; column < columns; column += 1) {
    const values = Float64Array.from({ length: rows }, () => random.nextUniform() + random.nextUniform() ** 3 * column);
    const mean = values.reduce((sum, value, row) => sum + value * weights[row]!, 0) / total;
    const deviation = Math.sqrt(
      values.reduce((sum, value, row) => sum + weights[row]! * (value - mean) ** 2, 0) / total,
    );
    values.forEach((value, row) => {
      x[row * columns + column] = (value - mean) / deviation;
    });
  }
  const y = Uint8Array.from({ length: rows }, (_, row) => {
    const logit = -1 + 0.8 * x[row * columns]! - 0.4 * x[row * columns + 1]!;
    return random.nextUniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  });
  return { rows, columns, x, y };
}

const weights = Float64Array.from({ length: 800 }, (_, row) => 0.5 + (row % 7) / 5);
const data = made(800, 5, weights);

describe('ridge logistic regression over rows', () => {
  it.each([1e-4, 0.01, 0.3])('equals the elastic net with alpha 0 at lambda %d', (lambda) => {
    const x = matrixOf(data.rows, data.columns);
    for (let row = 0; row < data.rows; row += 1) {
      for (let column = 0; column < data.columns; column += 1) {
        x.data[column * data.rows + row] = data.x[row * data.columns + column]!;
      }
    }
    const setting = prepareNet(
      { x, y: Float64Array.from(data.y), weights, offset: null, intercept: true },
      { family: 'binomial', alpha: 0, standardise: true },
    );
    const [net] = fitNet(setting, [lambda]);
    const fit = fitRidgeLogistic(data, weights, lambda);
    expect(fit.converged).toBe(true);
    [net!.intercept, ...net!.coefficients].forEach((value, at) => {
      expect(fit.coefficients[at]).toBeCloseTo(value, 7);
    });
  });

  it('takes rows of weight 0 as absent, and whole weights as copies', () => {
    const counts = Float64Array.from({ length: 800 }, (_, row) => row % 3);
    const rows = [...counts.keys()].flatMap((row) => Array.from({ length: counts[row]! }, () => row));
    const copied: LogisticRows = {
      rows: rows.length,
      columns: 5,
      x: Float64Array.from(rows.flatMap((row) => [...data.x.subarray(row * 5, row * 5 + 5)])),
      y: Uint8Array.from(rows, (row) => data.y[row]!),
    };
    const [weighted, plain] = [fitRidgeLogistic(data, counts, 0.02), fitRidgeLogistic(copied, null, 0.02)];
    weighted.coefficients.forEach((value, at) => {
      expect(value).toBeCloseTo(plain.coefficients[at]!, 9);
    });
    expect(weighted.deviance).toBeCloseTo(plain.deviance, 7);
  });

  it('stays finite where the outcome is separated', () => {
    const x = Float64Array.from([-2, -1, 1, 2]);
    const fit = fitRidgeLogistic({ rows: 4, columns: 1, x, y: Uint8Array.from([0, 0, 1, 1]) }, null, 1e-5);
    expect(fit.coefficients.every(Number.isFinite)).toBe(true);
  });

  it('shrinks more where the columns say less, and counts what is left of them', () => {
    const noise: LogisticRows = { ...data, y: data.y.map((_, row) => ((row * 7919) % 5 === 0 ? 1 : 0)) };
    const [real, none] = [fitChosenRidge(data, weights), fitChosenRidge(noise, weights)];
    expect(none.lambda).toBeGreaterThan(real.lambda);
    expect(none.effective).toBeLessThan(real.effective);
    expect(effectiveParameters(real.information, 0)).toBeCloseTo(5, 9);
    const again = fitRidgeLogistic(data, weights, real.lambda);
    real.coefficients.forEach((value, at) => {
      expect(value).toBeCloseTo(again.coefficients[at]!, 10);
    });
  });
});

describe('agreement of logits in bins', () => {
  const logits = linearPredictor(data, fitRidgeLogistic(data, null, 0.05).coefficients);
  const counts = Float64Array.from({ length: 800 }, (_, row) => (row * 31) % 4);
  const copies = [...counts.keys()].flatMap((row) => Array.from({ length: counts[row]! }, () => row));

  it.each([
    ['without weights', null, [...counts.keys()]],
    ['with whole weights as copies', counts, copies],
  ])('is near the exact procedures %s', (_name, weights, rows) => {
    const own = Float64Array.from(rows, (row) => logits[row]!);
    const y = Uint8Array.from(rows, (row) => data.y[row]!);
    const events = Float64Array.from(y);
    const chances = own.map((logit) => 1 / (1 + Math.exp(-logit)));
    const expected = chances.reduce((sum, chance) => sum + chance, 0);
    const observed = events.reduce((sum, event) => sum + event, 0);
    const { auc } = placements({
      cases: own.filter((_logit, row) => y[row] === 1),
      controls: own.filter((_logit, row) => y[row] === 0),
    });
    const exact = {
      auc,
      intercept: calibrationIntercept(own, events, 0.95).estimate,
      slope: calibrationSlope(own, events, 0.95)!.slope.estimate,
      observedExpected: observedExpected(observed, expected, rows.length, 0.95).estimate,
      brier: probabilityScores(chances, y).brier,
    };
    const binned = agreementOfBins(binLogits(logits), data.y, weights);
    for (const name of ['auc', 'intercept', 'slope', 'observedExpected', 'brier'] as const) {
      expect(Math.abs(binned[name]! - exact[name]), name).toBeLessThan(1e-4);
    }
    expect(areaOfBins(binLogits(logits), data.y, weights)).toBe(binned.auc);
  });

  it('is unknown where everybody has one outcome, one logit or no weight', () => {
    const binned = binLogits(logits);
    const all = new Uint8Array(800).fill(1);
    expect(agreementOfBins(binned, all, null)).toMatchObject({ auc: null, slope: null, intercept: null });
    expect(areaOfBins(binned, all, null)).toBeNull();
    expect(agreementOfBins(binned, data.y, new Float64Array(800)).brier).toBeNull();
    const one = agreementOfBins(binLogits(new Float64Array(4).fill(-1)), Uint8Array.from([0, 1, 0, 0]), null);
    expect(one).toMatchObject({ auc: 0.5, slope: null });
  });
});
