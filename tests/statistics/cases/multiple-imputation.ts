import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

const stream = randomStream(11, 'multiple imputation');
const draws = normalDraws(stream, 400);
const estimates = draws.slice(0, 20).map((value) => 3 + 0.4 * value);
const variances = draws.slice(20, 40).map((value) => 0.5 * Math.exp(0.1 * value));

/** Covariance matrices of three parameters: a fixed one plus a random rank-one part. */
const vectors = Array.from({ length: 8 }, (_none, l) =>
  [1, -0.5, 0.2].map((value, j) => value + 0.3 * draws[50 + 3 * l + j]!),
);
const matrices = vectors.map((_vector, l) => {
  const u = [0, 1, 2].map((j) => draws[100 + 3 * l + j]!);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => 0.05 * u[i]! * u[j]! + (i === j ? 0.2 + 0.1 * i : 0.03)));
});

function live(name: string, spec: Record<string, unknown>, data: string | null = null): LiveCase {
  return { name, procedure: 'pool', data, spec, tolerance: closedForm };
}

export const poolCases: readonly LiveCase[] = [
  live('twenty imputations, 90%', { estimates, variances, dfComplete: 57.5, confidence: 0.9 }),
  live('two imputations, a large sample', { estimates: estimates.slice(0, 2), variances: variances.slice(0, 2) }),
  live('imputations that agree', { estimates: [2, 2, 2], variances: [0.4, 0.5, 0.3], dfComplete: 30 }),
  live('imputations that agree in a large sample', { estimates: [2, 2, 2], variances: [0.4, 0.5, 0.3] }),
  live('three parameters', { estimates: vectors, variances: matrices, dfComplete: 120, names: ['a', 'b', 'c'] }),
  live('two of three in a large sample', {
    estimates: vectors,
    variances: matrices,
    names: ['a', 'b', 'c'],
    tested: ['c', 'a'],
  }),
  live('few imputations', { estimates: vectors.slice(0, 2), variances: matrices.slice(0, 2), dfComplete: 40 }),
  live(
    'a table by parameter, with gaps',
    { estimates: 'e', variances: 'v', by: 'name', factors: { name: ['z'] }, dfComplete: 80 },
    csvOf({
      name: Array.from({ length: 24 }, (_none, row) => ['x', 'y', 'z'][row % 3]!),
      e: draws.slice(200, 224).map((value, row) => (row === 4 ? null : value)),
      v: draws.slice(230, 254).map((value) => Math.exp(0.2 * value)),
    }),
  ),
];
