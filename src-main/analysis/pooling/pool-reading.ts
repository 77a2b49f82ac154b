import { decimalsFor, formatInterval, formatNumber } from '#shared/report/format.ts';
import type { PoolResult } from './pool-result.ts';
import type { PooledIndicator } from './pooled-indicators.ts';
import type { PooledMean } from './pooled-mean.ts';

const limits =
  'Forces differ in whom they ask, what they record and how much of it: a difference between forces asks for a look at the work and the records, and is no ranking.';

function plain(value: number): string {
  return formatNumber(value, decimalsFor(value));
}

/** From one to the other, with the decimals of the estimate that they belong to. */
function range(low: number, high: number, estimate: number): string {
  return formatInterval(low, high, decimalsFor(estimate));
}

function meanWords({ estimate, low, high, predictionLow, predictionHigh, k, i2, leaveOneOut }: PooledMean): string {
  const without = leaveOneOut.map((row) => row.estimate);
  const limits = low === null || high === null ? '' : ` (${range(low, high, estimate)})`;
  const spread =
    predictionLow === null || predictionHigh === null
      ? ''
      : `; another force like these would lie within ${range(predictionLow, predictionHigh, estimate)} (I² ${Math.round(i2)}%)`;
  const left =
    k < 3 ? '' : `; without any one force within ${range(Math.min(...without), Math.max(...without), estimate)}`;
  return `${plain(estimate)}${limits} in the average of ${k} force${k === 1 ? '' : 's'}${spread}${left}`;
}

function indicatorWords({ title, unit, all, mean, funnel, forces }: PooledIndicator): string {
  if (all === null) return `${title}: every force withheld it or could not measure it.`;
  const outside = funnel?.points.filter((point) => point.outside !== null) ?? [];
  const beyond =
    funnel === null
      ? ''
      : outside.length === 0
        ? ' No force lies beyond the 99.8% limits of the funnel.'
        : ` Beyond the 99.8% limits of the funnel: ${outside.map(({ force, outside: side }) => `${force} (${side})`).join(', ')}.`;
  const average = mean === null ? '' : `; ${meanWords(mean)}`;
  const told = `${forces.length} force${forces.length === 1 ? '' : 's'}`;
  return `${title}: ${plain(all.value)} ${unit} over all that ${told} told${average}.${beyond}`;
}

/** One sentence a result, then what cannot be said. */
export function poolReading({ forces, indicators, effects, curves }: PoolResult): string[] {
  return [
    `${forces.length} force${forces.length === 1 ? '' : 's'} pooled, from aggregates alone: no row of a person left any of them.`,
    ...indicators.map(indicatorWords),
    ...effects.map(({ says, mean }) => `${String(says['title'] ?? 'Effect')}: ${meanWords(mean)}.`),
    ...curves.map(
      ({ says, scale, slope }) =>
        `${String(says['instrument'])}, for one exposure more in ${String(says['windowDays'])} days, ${scale === 'log' ? 'as an odds ratio' : 'in points'}: ${meanWords(slope)}. It is an association.`,
    ),
    limits,
  ];
}

export function poolWarnings({ forces, indicators, effects, curves }: PoolResult): string[] {
  const periods = new Set(forces.map(({ from, to }) => `${from} to ${to}`));
  const synthetic = forces.filter((force) => force.synthetic).length;
  const withheld = indicators.flatMap(({ title, forces: own }) => {
    const compared = own.filter((force) => force.compared).length;
    const months = own.reduce((total, { monthsWithheld }) => total + monthsWithheld, 0);
    return months === 0
      ? []
      : [
          `${title}: ${months} months of single forces are withheld, and are not in it${compared === own.length ? '' : `; ${own.length - compared} of ${own.length} forces withhold more than a tenth of theirs, and are left out of the mean and the funnel`}.`,
        ];
  });
  const few = [
    ...effects.map(({ id, mean }) => ({ id, k: mean.k })),
    ...curves.map(({ id, slope }) => ({ id, k: slope.k })),
  ]
    .filter(({ k }) => k < 5)
    .map(
      ({ id, k }) =>
        `${id}: ${k} ${k === 1 ? 'force tells' : 'forces tell'} it, so what varies between forces is hardly known.`,
    );
  return [
    ...(synthetic === 0
      ? []
      : [`${synthetic} of ${forces.length} forces are synthetic: made by a program, and of nobody.`]),
    ...(periods.size <= 1 ? [] : [`The forces tell of ${periods.size} different periods.`]),
    ...withheld,
    ...few,
  ];
}
