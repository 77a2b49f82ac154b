import { normalQuantile } from '#main/stats/distributions/normal.ts';
import { tQuantile } from '#main/stats/distributions/student-t.ts';
import { fitGee } from '#main/stats/gee/fit-gee.ts';
import { robustCovariance, type SmallSample, smallSampleCovariance } from '#main/stats/gee/gee-covariance.ts';
import type { CorrelationName } from '#main/stats/gee/working-correlation.ts';
import { at, matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { binomial, gaussian, links } from '#main/stats/regression/families.ts';
import { fitGlm } from '#main/stats/regression/fit-glm.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

type Design = {
  readonly clusters: number;
  readonly binary: boolean;
  readonly correlation: CorrelationName;
  readonly correction: SmallSample | null;
};

const truths = [0.2, 0.5, -0.4] as const;
const between = 0.6;

/**
 * Clusters of 4 to 8 rows with a normal effect of their own (variance 0.6), an arm for whole clusters and a covariate of rows. With
 * the probit link the average over clusters is Φ(η/√1.6) exactly, so the marginal coefficients are those above.
 */
function draw(stream: RandomStream, { clusters, binary }: Design) {
  const starts = [0];
  const rows: { readonly arm: number; readonly x: number; readonly y: number }[] = [];
  const spread = Math.sqrt(1 + between);
  for (let c = 0; c < clusters; c += 1) {
    const size = 4 + stream.nextBelow(5);
    const [own = 0, ...draws] = normalDraws(stream, 1 + 2 * size);
    for (let i = 0; i < size; i += 1) {
      const x = draws[2 * i] as number;
      const arm = c % 2;
      const mean = truths[0] + truths[1] * arm + truths[2] * x;
      const noise = Math.sqrt(between) * own + (draws[2 * i + 1] as number);
      rows.push({ arm, x, y: binary ? (mean * spread + noise > 0 ? 1 : 0) : mean + noise });
    }
    starts.push(rows.length);
  }
  const n = rows.length;
  const x = matrixOf(n, 3);
  const waves = new Int32Array(n);
  let cluster = 0;
  rows.forEach((row, i) => {
    x.data.set([1], i);
    x.data.set([row.arm], n + i);
    x.data.set([row.x], 2 * n + i);
    if (i === starts[cluster + 1]) cluster += 1;
    waves[i] = i - (starts[cluster] as number);
  });
  return { x, y: Float64Array.from(rows, (row) => row.y), clusters: { starts: Int32Array.from(starts), waves } };
}

function cell(name: string, design: Design): SimulationCell {
  const family = design.binary ? binomial : gaussian;
  const link = design.binary ? links.probit : links.identity;
  return {
    name,
    replicate: (stream) => {
      const data = draw(stream, design);
      const start = fitGlm(data.x, data.y, family, { link });
      if (start.boundary) return null;
      const model = { ...data, offset: null, family, link, correlation: design.correlation };
      const fit = fitGee(model, Float64Array.from(start.coefficients));
      if (!fit.bread || !fit.converged) return null;
      const covariance =
        design.correction === null
          ? robustCovariance(fit.bread, fit.parts)
          : smallSampleCovariance(fit.bread, fit.parts, design.correction);
      if (!covariance) return null;
      const quantile =
        design.correction === null ? normalQuantile(0.975) : tQuantile(0.975, design.clusters - truths.length);
      return ['intercept', 'arm of clusters', 'covariate of rows'].map((parameter, j): Reading => {
        const width = quantile * Math.sqrt(at(covariance, j, j));
        const estimate = fit.coefficients[j] as number;
        return { parameter, low: estimate - width, high: estimate + width, truth: truths[j] as number };
      });
    },
  };
}

const exchangeable = 'exchangeable' as const;

export const geeCells: readonly SimulationCell[] = [
  // Uncorrected z limits cover about 93% with 60 clusters, so they are judged where they are meant for; fewer need a correction.
  cell('gee: 150 clusters, exchangeable', {
    clusters: 150,
    binary: false,
    correlation: exchangeable,
    correction: null,
  }),
  cell('gee: 150 clusters, yes or no', { clusters: 150, binary: true, correlation: exchangeable, correction: null }),
  cell('gee: 120 clusters, the wrong correlation', {
    clusters: 120,
    binary: false,
    correlation: 'ar1',
    correction: null,
  }),
  cell('gee: 20 clusters, Mancl–DeRouen', {
    clusters: 20,
    binary: false,
    correlation: exchangeable,
    correction: 'mancl-derouen',
  }),
  cell('gee: 20 clusters, yes or no, Mancl–DeRouen', {
    clusters: 20,
    binary: true,
    correlation: exchangeable,
    correction: 'mancl-derouen',
  }),
  cell('gee: 20 clusters, Kauermann–Carroll', {
    clusters: 20,
    binary: false,
    correlation: exchangeable,
    correction: 'kauermann-carroll',
  }),
  cell('gee: 20 clusters, Fay–Graubard', {
    clusters: 20,
    binary: false,
    correlation: exchangeable,
    correction: 'fay-graubard',
  }),
];
