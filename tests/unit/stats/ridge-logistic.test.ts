import { describe, expect, it } from 'vitest';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { agreementOfBins, binLogits } from '#main/stats/prediction/binned-agreement.ts';
import { calibrationIntercept, calibrationSlope } from '#main/stats/prediction/calibration-line.ts';
import { placements } from '#main/stats/prediction/delong.ts';
import { observedExpected, probabilityScores } from '#main/stats/prediction/probability-scores.ts';
import { agreementOf, weightedArea } from '#main/stats/prediction/weighted-agreement.ts';
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

describe('agreement under weights', () => {
  const logits = linearPredictor(data, fitRidgeLogistic(data, null, 0.05).coefficients);
  const found = agreementOf(logits, data.y, null);
  const events = Float64Array.from(data.y);

  it('equals the procedures without weights', () => {
    const chances = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    const expected = chances.reduce((sum, chance) => sum + chance, 0);
    const observed = events.reduce((sum, event) => sum + event, 0);
    expect(found.intercept).toBeCloseTo(calibrationIntercept(logits, events, 0.95).estimate, 8);
    expect(found.slope).toBeCloseTo(calibrationSlope(logits, events, 0.95)!.slope.estimate, 8);
    expect(found.brier).toBeCloseTo(probabilityScores(chances, data.y).brier, 12);
    expect(found.observedExpected).toBeCloseTo(observedExpected(observed, expected, 800, 0.95).estimate, 12);
    const { auc } = placements({
      cases: logits.filter((_, row) => data.y[row] === 1),
      controls: logits.filter((_, row) => data.y[row] === 0),
    });
    expect(Math.abs(found.auc! - auc)).toBeLessThan(2e-5);
  });

  it('takes whole weights as copies', () => {
    const counts = Float64Array.from({ length: 800 }, (_, row) => (row * 31) % 4);
    const rows = [...counts.keys()].flatMap((row) => Array.from({ length: counts[row]! }, () => row));
    const copies = agreementOf(
      Float64Array.from(rows, (row) => logits[row]!),
      Uint8Array.from(rows, (row) => data.y[row]!),
      null,
    );
    const weighted = agreementOf(logits, data.y, counts);
    expect(weighted.auc).toBeCloseTo(copies.auc!, 10);
    expect(weighted.slope).toBeCloseTo(copies.slope!, 8);
    expect(weighted.brier).toBeCloseTo(copies.brier!, 10);
  });

  it('hardly moves when logits are put into bins, with weights and without', () => {
    for (const counts of [null, Float64Array.from({ length: 800 }, (_, row) => (row * 31) % 4)]) {
      const exact = agreementOf(logits, data.y, counts);
      const binned = agreementOfBins(binLogits(logits), data.y, counts);
      for (const name of ['auc', 'intercept', 'slope', 'observedExpected', 'brier'] as const) {
        expect(Math.abs(binned[name]! - exact[name]!), name).toBeLessThan(5e-4);
      }
    }
    const one = agreementOfBins(binLogits(new Float64Array(4).fill(-1)), Uint8Array.from([0, 1, 0, 0]), null);
    expect(one).toMatchObject({ auc: 0.5, slope: null });
  });

  it('is unknown where everybody has one outcome or nobody counts', () => {
    const all = new Uint8Array(800).fill(1);
    expect(agreementOf(logits, all, null)).toMatchObject({ auc: null, slope: null, intercept: null });
    expect(weightedArea(logits, all, null)).toBeNull();
    expect(agreementOf(logits, data.y, new Float64Array(800)).brier).toBeNull();
  });
});
