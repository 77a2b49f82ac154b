import { z } from 'zod';
import { signalType } from '../control-charts/assurance.ts';
import { cusum as cusumOf } from '../control-charts/cusum.ts';
import type { DataTable } from '../data/table.ts';
import { endOfScript, rNumber, rScript, scriptOpening } from '../r/script.ts';
import { columnSpec, commonSpec } from './common-spec.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';
import { seriesEstimates } from './shared/chart-estimates.ts';
import { chartValues, orderedRows } from './shared/chart-series.ts';
import { orderLines, seriesLines } from './shared/spc-script.ts';
import { baselineSpec } from './shared/spc-spec.ts';

const schema = z.strictObject({
  ...commonSpec,
  y: columnSpec,
  /** A column that puts the rows in order; without it they stand as in the file. */
  time: columnSpec.optional(),
  /** The mean to be held; that of the baseline unless given. */
  target: z.number().optional(),
  /** Standard deviation of a value; mean moving range / d₂ of the baseline unless given. */
  sd: z.number().gt(0).optional(),
  baseline: baselineSpec.optional(),
  /** A sum beyond it is a signal; in sd units. */
  h: z.number().gt(0).default(5),
  /** Slack: half the shift to be found; in sd units. */
  k: z.number().min(0).default(0.5),
  better: z.enum(['low', 'high', 'neither']).default('neither'),
});
type Spec = z.output<typeof schema>;

function columnsOf({ y, time }: Spec): string[] {
  return time === undefined ? [y] : [y, time];
}

function run(table: DataTable, spec: Spec, { dataName }: RunContext): Outcome {
  const { rows, times, excluded, warnings } = orderedRows(table, columnsOf(spec), spec.time, spec.factors);
  const values = chartValues(table, spec.y, rows, Number.NEGATIVE_INFINITY);
  const { target, sd, baseline, warnings: more } = seriesEstimates(values, spec);
  const { z: standardised, positive, negative } = cusumOf(values, target, sd, spec.k);
  const signals: { index: number; direction: 'high' | 'low'; type: string }[] = [];
  const points = Array.from(values, (value, i) => {
    const [up, down] = [positive[i] as number, negative[i] as number];
    const directions = [...(up > spec.h ? (['high'] as const) : []), ...(down < -spec.h ? (['low'] as const) : [])];
    const found = directions.map((direction) => ({ direction, type: signalType(direction, spec.better) }));
    for (const signal of found) signals.push({ index: i + 1, ...signal });
    return {
      index: i + 1,
      ...(times ? { time: times[i] } : {}),
      value,
      z: standardised[i],
      positive: up,
      negative: down,
      signals: found,
    };
  });
  const first = (direction: 'high' | 'low'): number | null =>
    signals.find((signal) => signal.direction === direction)?.index ?? null;
  return {
    n: rows.length,
    excluded,
    centre: target,
    target,
    sd,
    h: spec.h,
    k: spec.k,
    baseline: { from: baseline.from + 1, to: baseline.to },
    firstHigh: first('high'),
    firstLow: first('low'),
    signals,
    points,
    warnings: [...warnings, ...more],
    r: rScript(
      scriptOpening([], { dataName, table, columns: columnsOf(spec), factors: spec.factors }),
      orderLines(table, spec.time),
      seriesLines(spec),
      `h <- ${rNumber(spec.h)}; k <- ${rNumber(spec.k)}; z <- (y - target) / sd`,
      'positive <- Reduce(function(s, x) max(0, s + x - k), z, 0, accumulate = TRUE)[-1]',
      'negative <- Reduce(function(s, x) min(0, s + x + k), z, 0, accumulate = TRUE)[-1]',
      'up <- which(positive > h); down <- which(negative < -h); at <- data.frame(index = c(up, down), direction = rep(c("high", "low"), c(length(up), length(down))))',
      'result <- list(n = length(y), target = target, sd = sd, firstHigh = if (length(up)) up[1] else NA, firstLow = if (length(down)) down[1] else NA,',
      '  signals = at[order(at$index), ], points = data.frame(value = y, z = z, positive = positive, negative = negative))',
      endOfScript,
    ),
  };
}

const example = [50, 48, 53, 47, 52, 49, 51, 46, 54, 50, 49, 51, 53, 55, 54, 56, 53, 57, 55, 56];

export const cusum: Procedure<Spec> = {
  name: 'cusum',
  summary: 'Cumulative sums: finds small lasting shifts of a series from its target.',
  schema,
  columns: columnsOf,
  run,
  example: {
    question: 'When did weekly calls leave their level of the first twelve weeks?',
    data: `week,calls\n${example.map((calls, i) => `${i + 1},${calls}`).join('\n')}\n`,
    spec: { y: 'calls', baseline: 12, h: 4, k: 0.5 },
  },
};
