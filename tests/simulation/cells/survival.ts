import { normalQuantile } from '#main/stats/distributions/normal.ts';
import { at, matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { aalenJohansen, causeTable, eventsOfCause } from '#main/stats/survival/aalen-johansen.ts';
import { coxPredictor, fitCox } from '#main/stats/survival/cox-fit.ts';
import { coxSample } from '#main/stats/survival/cox-sample.ts';
import { fitFineGray } from '#main/stats/survival/fine-gray.ts';
import { grayTest } from '#main/stats/survival/gray-test.ts';
import { kaplanMeier } from '#main/stats/survival/kaplan-meier.ts';
import { logRank } from '#main/stats/survival/log-rank.ts';
import { lastAtMost } from '#main/stats/survival/near-times.ts';
import { proportionalityTests } from '#main/stats/survival/proportional-hazards.ts';
import { logLogLimits, survivalLimits } from '#main/stats/survival/survival-limits.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

const z = normalQuantile(0.975);
const exponential = (stream: RandomStream): number => -Math.log(1 - stream.nextUniform());
const oneGroup = (n: number) => ({ codes: new Int32Array(n), names: ['all'] });
const twoGroups = (n: number) => ({ codes: Int32Array.from({ length: n }, (_none, i) => i % 2), names: ['a', 'b'] });

function wald(parameter: string, estimate: number, se: number, truth: number): Reading {
  return { parameter, low: estimate - z * se, high: estimate + z * se, truth };
}

/** Design with an intercept, a 0/1 column and a normal one. */
function twoCovariates(stream: RandomStream, n: number) {
  const design = matrixOf(n, 3);
  const normal = normalDraws(stream, n);
  for (let i = 0; i < n; i += 1) {
    design.data[i] = 1;
    design.data[n + i] = i % 2;
    design.data[2 * n + i] = normal[i] as number;
  }
  return { design, normal };
}

/** Hazards exp(0.6·group − 0.4·x) and times in whole units where `unit` > 0, which makes ties; about a third censored. */
function coxCell(name: string, unit: number, lateEntry: boolean): SimulationCell {
  return {
    name,
    replicate: (stream) => {
      const n = 150;
      const { design, normal } = twoCovariates(stream, n);
      const time = new Float64Array(n);
      const status = new Float64Array(n);
      const entry = new Float64Array(n);
      for (let i = 0; i < n; i += 1) {
        const risk = Math.exp(0.6 * (i % 2) - 0.4 * (normal[i] as number));
        let event = exponential(stream) / risk;
        if (lateEntry) {
          entry[i] = 0.3 * stream.nextUniform();
          while (event <= (entry[i] as number)) event = exponential(stream) / risk;
        }
        const censoring = (entry[i] as number) + 2 * exponential(stream);
        status[i] = event <= censoring ? 1 : 0;
        const end = Math.min(event, censoring);
        time[i] = unit > 0 ? Math.ceil(end / unit) : end;
      }
      const follow = { time, entry: lateEntry ? entry : null };
      const sample = coxSample(design, follow, status, null, oneGroup(n));
      const maximum = fitCox(sample, 'efron');
      const { beta, covariance } = maximum;
      if (!covariance || maximum.unbounded.length > 0) return null;
      const row = (parameter: string, j: number, truth: number): Reading => {
        const size = sample.x.size[j] as number;
        return wald(parameter, (beta[j] as number) / size, Math.sqrt(at(covariance, j, j)) / size, truth);
      };
      const tests = proportionalityTests(sample, coxPredictor(sample, beta), 'efron', [[0], [1]], [0, 1], 'km');
      return [
        row('group', 0, 0.6),
        row('x', 1, -0.4),
        { parameter: 'hazards in proportion', p: tests[2]?.p as number },
      ];
    },
  };
}

const curve: SimulationCell = {
  name: 'survival: Kaplan–Meier at three times, 100 people, a quarter censored',
  replicate: (stream) => {
    const n = 100;
    const time = new Float64Array(n);
    const status = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      const event = exponential(stream);
      const censoring = 3 * exponential(stream);
      time[i] = Math.min(event, censoring);
      status[i] = event <= censoring ? 1 : 0;
    }
    const found = kaplanMeier({ time, entry: null }, status);
    return [0.25, 0.7, 1.2].map((t) => {
      const place = lastAtMost(found.time, t);
      const limits = survivalLimits(found.survival[place] as number, found.seLog[place] as number, z, 'log');
      return { parameter: `S(${t})`, ...limits, truth: Math.exp(-t) };
    });
  },
};

const sameCurves: SimulationCell = {
  name: 'survival: log-rank and Peto–Peto of two equal groups of 40, unequally censored',
  replicate: (stream) => {
    const n = 80;
    const time = new Float64Array(n);
    const status = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      const event = exponential(stream);
      const censoring = (i % 2 === 0 ? 1 : 3) * exponential(stream);
      time[i] = Math.min(event, censoring);
      status[i] = event <= censoring ? 1 : 0;
    }
    const follow = { time, entry: null };
    const test = (rho: number): number => logRank(follow, status, twoGroups(n), oneGroup(n), rho).p;
    return [
      { parameter: 'log-rank', p: test(0) },
      { parameter: 'Peto–Peto', p: test(1) },
    ];
  },
};

/** Two causes with constant hazards 0.5 and 0.3; entries late in half of the people where `late`. */
function incidenceCell(name: string, late: boolean): SimulationCell {
  const truth = (hazard: number, t: number): number => (hazard / 0.8) * (1 - Math.exp(-0.8 * t));
  return {
    name,
    replicate: (stream) => {
      const n = 150;
      const time = new Float64Array(n);
      const entry = new Float64Array(n);
      const cause = new Float64Array(n);
      for (let i = 0; i < n; i += 1) {
        if (late && i % 2 === 1) entry[i] = 0.5 * stream.nextUniform();
        // Without memory: what is left at entry is as long as from the start.
        const event = (entry[i] as number) + exponential(stream) / 0.8;
        const censoring = (entry[i] as number) + 3 * exponential(stream);
        time[i] = Math.min(event, censoring);
        cause[i] = event > censoring ? 0 : stream.nextUniform() < 0.5 / 0.8 ? 1 : 2;
      }
      const table = causeTable({ time, entry: late ? entry : null }, cause);
      const readings = [1, 2].flatMap((code) => {
        const found = aalenJohansen(table, eventsOfCause(table, time, cause, code));
        return [0.5, 1.5].map((t): Reading => {
          const place = lastAtMost(table.time, t);
          const se = Math.sqrt(found.variance[place] as number);
          const limits = logLogLimits(found.incidence[place] as number, se, z);
          return { parameter: `cause ${code} by ${t}`, ...limits, truth: truth(code === 1 ? 0.5 : 0.3, t) };
        });
      });
      if (late) return readings;
      return [...readings, { parameter: 'Gray', p: grayTest(time, cause, 1, twoGroups(n), oneGroup(n), 0).p }];
    },
  };
}

/** Fine and Gray's own design (1999, §4): cause 1 has incidence 1 − (1 − 0.6(1 − e^−t))^exp(βx). */
const subdistribution: SimulationCell = {
  name: 'competing-risks: Fine–Gray with two covariates, 250 people',
  replicate: (stream) => {
    const n = 250;
    const { design, normal } = twoCovariates(stream, n);
    const time = new Float64Array(n);
    const cause = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      const ratio = Math.exp(0.5 * (i % 2) + 0.3 * (normal[i] as number));
      const ever = 1 - 0.4 ** ratio;
      const u = stream.nextUniform();
      let event: number;
      if (u < ever) event = -Math.log(1 - (1 - (1 - u) ** (1 / ratio)) / 0.6);
      else event = exponential(stream) * Math.exp(0.2 * (i % 2));
      const censoring = 3 * exponential(stream);
      time[i] = Math.min(event, censoring);
      cause[i] = event > censoring ? 0 : u < ever ? 1 : 2;
    }
    const { coefficients, covariance } = fitFineGray(design, time, cause, 1);
    if (!covariance) return null;
    return [
      wald('group', coefficients[0] as number, Math.sqrt(at(covariance, 0, 0)), 0.5),
      wald('x', coefficients[1] as number, Math.sqrt(at(covariance, 1, 1)), 0.3),
    ];
  },
};

export const survivalCells: readonly SimulationCell[] = [
  coxCell('cox: 150 people, a third censored', 0, false),
  coxCell('cox: 150 people, many ties (Efron)', 0.1, false),
  coxCell('cox: 150 people, late entry', 0, true),
  curve,
  sameCurves,
  incidenceCell('competing-risks: incidence of two causes and Gray’s test, 150 people', false),
  incidenceCell('competing-risks: incidence of two causes, late entry', true),
  subdistribution,
];
