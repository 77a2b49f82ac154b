import { fitOutcome, type OutcomeData } from '#main/analysis/exposure/outcome/outcome-model.ts';
import { knotsOf } from '#main/analysis/exposure/outcome/restricted-spline.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { SimulationCell } from '../cell.ts';

const persons = 260;
const waves = 3;
const doses = [3, 8] as const;

function poisson(stream: RandomStream, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = stream.nextUniform(); product > limit; product *= stream.nextUniform()) count += 1;
  return count;
}

/**
 * Several pairs of each person: an own level of exposure, which role and the earlier score go with, and errors that stay with the
 * person, so that model-based errors would be too small.
 */
function drawPairs(stream: RandomStream, slope: number, family: OutcomeData['family']) {
  const rows = persons * waves;
  const outcome = new Float64Array(rows);
  const exposure = new Float64Array(rows);
  const role = new Float64Array(rows);
  const prior = new Float64Array(rows);
  const codes = new Int32Array(rows);
  for (let person = 0; person < persons; person += 1) {
    const [own = 0, level = 0] = normalDraws(stream, 2);
    const inRole = stream.nextUniform() < 0.4 ? 1 : 0;
    for (let wave = 0; wave < waves; wave += 1) {
      const row = person * waves + wave;
      const [error = 0, before = 0] = normalDraws(stream, 2);
      exposure[row] = poisson(stream, Math.exp(1 + 0.6 * level + 0.3 * inRole));
      role[row] = inRole;
      prior[row] = before + inRole;
      codes[row] = person;
      const mean = slope * (exposure[row] ?? 0) + 0.8 * inRole + 0.5 * (prior[row] ?? 0);
      if (family === 'gaussian') outcome[row] = 5 + mean + 1.5 * own + 2 * error;
      else outcome[row] = stream.nextUniform() < 1 / (1 + Math.exp(2.2 - mean)) ? 1 : 0;
    }
  }
  const adjusted = [
    { name: 'role', values: role },
    { name: 'earlier score', values: prior },
  ];
  return { data: { outcome, family, adjusted, clusters: { codes, count: persons } }, exposure };
}

function doseResponse(family: OutcomeData['family'], slope: number): SimulationCell {
  return {
    name: `exposure-outcome: ${family === 'gaussian' ? 'score' : 'caseness'} on exposure, ${waves} pairs of each of ${persons} people`,
    replicate: (stream) => {
      const { data, exposure } = drawPairs(stream, slope, family);
      const knots = knotsOf(exposure, 4) ?? knotsOf(exposure, 3);
      const line = fitOutcome(data, exposure, null).contrast(1, 0);
      const curve = fitOutcome(data, exposure, knots);
      return [
        { parameter: 'slope', low: line.low, high: line.high, truth: slope },
        ...doses.map((dose) => {
          const { low, high } = curve.contrast(dose, 0);
          return { parameter: `curve at ${dose} against 0`, low, high, truth: slope * dose };
        }),
        ...(curve.nonlinear ? [{ parameter: 'bend where there is none', p: curve.nonlinear.p }] : []),
      ];
    },
  };
}

export const exposureOutcomeCells: readonly SimulationCell[] = [
  doseResponse('gaussian', 0.25),
  doseResponse('binomial', 0.12),
];
