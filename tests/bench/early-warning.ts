import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { landmarksWhere, trainingOf } from '#main/analysis/early-warning/model/fit-model.ts';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { fitNet, prepareNet } from '#main/stats/regression/elastic-net.ts';
import { fitRidgeLogistic, type LogisticRows } from '#main/stats/regression/ridge-logistic.ts';
import { madeLandmarks } from '../unit/analysis/early-warning/made-landmarks.ts';
import { writeLines } from './force-extracts.ts';
import { median, spreadText, type Verdict } from './measure.ts';

const people = 12_000;
const waves = 20;
const resamples = 200;
const units = 40;
/** Rows for the contest of one path, and its penalties from much to little. */
const contestPeople = 5_000;
const penalties = Array.from({ length: 20 }, (_, k) => 10 ** (-k / 5));

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** `early-warning` of a large force: trained, validated on 5 later waves, unit by unit and in 200 resamples, and scored. */
export function benchEarlyWarning(folder: string, runs: number): Verdict[] {
  const totals: number[] = [];
  let landmarks = 0;
  for (let run = 0; run < runs; run += 1) {
    const output = execFileSync(
      process.execPath,
      [here('./early-warning-child.ts'), ...[people, waves, resamples, units].map(String)],
      { encoding: 'utf8' },
    );
    const told = JSON.parse(output) as Record<string, number>;
    if (told['folds'] !== 5 || told['resamples'] !== resamples) throw new Error('the bench did not validate in full');
    totals.push(told['seconds'] ?? 0);
    landmarks = told['landmarks'] ?? 0;
  }
  return [
    {
      what: `early-warning of ${people.toLocaleString('en-GB')} people × ${waves} waves (${landmarks.toLocaleString('en-GB')} landmarks): fit, 5 later waves, ${units} units, ${resamples} resamples, scores`,
      measured: `${spreadText(totals, 1)} s on one thread`,
      bar: '< 60 s',
      met: median(totals) < 60,
    },
    ...pathVerdicts(join(folder, 'early-warning'), runs),
  ];
}

function timed<T>(work: () => T): { readonly seconds: number; readonly value: T } {
  const started = performance.now();
  const value = work();
  return { seconds: (performance.now() - started) / 1_000, value };
}

function byRows(data: LogisticRows): Float64Array {
  let start: Float64Array | null = null;
  for (const lambda of penalties) start = fitRidgeLogistic(data, null, lambda, start).coefficients;
  return start ?? new Float64Array();
}

function byNet({ rows, columns, x, y }: LogisticRows): Float64Array {
  const matrix = matrixOf(rows, columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      matrix.data[column * rows + row] = x[row * columns + column] as number;
    }
  }
  const setting = prepareNet(
    { x: matrix, y: Float64Array.from(y), weights: new Float64Array(rows).fill(1), offset: null, intercept: true },
    { family: 'binomial', alpha: 0, standardise: false },
  );
  const last = fitNet(setting, penalties).at(-1);
  return Float64Array.from([last?.intercept ?? 0, ...(last?.coefficients ?? [])]);
}

function byGlmnet(file: string): { readonly seconds: number; readonly value: Float64Array } {
  const output = execFileSync('Rscript', [here('./contest/ridge.R'), file, penalties.join(',')], { encoding: 'utf8' });
  const [seconds = '', coefficients = ''] = output.trim().split('\n');
  return { seconds: Number(seconds), value: Float64Array.from(coefficients.trim().split(/\s+/), Number) };
}

function farthest(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? Number.NaN))), 0);
}

/** One path of 20 penalties by the pass over rows, by the elastic net of the procedures, and by glmnet where R has it. */
function pathVerdicts(folder: string, runs: number): Verdict[] {
  const table = madeLandmarks({ people: contestPeople, waves: 8, seed: 3 });
  const training = trainingOf(
    table,
    landmarksWhere(table, () => true),
  );
  if (!training) throw new Error('the bench has nothing to learn from');
  const { data } = training;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'rows.csv');
  const hasGlmnet = spawnSync('Rscript', ['-e', 'library(glmnet)']).status === 0;
  if (hasGlmnet) {
    const row = (at: number) => [data.y[at], ...data.x.subarray(at * data.columns, (at + 1) * data.columns)].join(',');
    writeLines(file, row(0), data.rows - 1, (at) => row(at + 1));
  }
  const [ours, net, glmnet]: [number[], number[], number[]] = [[], [], []];
  let gap = 0;
  for (let run = 0; run < runs; run += 1) {
    const own = timed(() => byRows(data));
    const reference = timed(() => byNet(data));
    ours.push(own.seconds);
    net.push(reference.seconds);
    gap = Math.max(gap, farthest(own.value, reference.value));
    if (!hasGlmnet) continue;
    const theirs = byGlmnet(file);
    glmnet.push(theirs.seconds);
    gap = Math.max(gap, farthest(own.value, theirs.value));
  }
  rmSync(folder, { recursive: true });
  const what = `a ridge path of ${penalties.length} penalties over ${data.rows.toLocaleString('en-GB')} rows × ${data.columns}`;
  const ratio = (theirs: readonly number[]): string =>
    spreadText(
      theirs.map((seconds, run) => seconds / (ours[run] ?? 1)),
      2,
    );
  return [
    {
      what: `${what}, against the elastic net of the procedures (${spreadText(net, 2)} s)`,
      measured: `${ratio(net)} × at ${spreadText(ours, 2)} s`,
      bar: 'nothing: shown beside',
      met: true,
    },
    hasGlmnet
      ? {
          what: `${what}, against glmnet (${spreadText(glmnet, 2)} s)`,
          measured: `${ratio(glmnet)} ×`,
          bar: 'nothing: shown beside',
          met: true,
        }
      : {
          what: `${what}, against glmnet`,
          measured: 'SKIPPED: R has no glmnet here',
          bar: 'nothing: shown beside',
          met: true,
        },
    {
      what: 'the coefficients of the last penalty by all of them',
      measured: `farthest apart ${gap.toExponential(1)}`,
      bar: '≤ 1e-6',
      met: gap <= 1e-6,
    },
  ];
}
