import { z } from 'zod';
import { signalType } from '../control-charts/assurance.ts';
import { ewma as ewmaOf } from '../control-charts/ewma.ts';
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
  /** The mean to be held, where the average starts; that of the baseline unless given. */
  target: z.number().optional(),
  /** Standard deviation of a value; mean moving range / d₂ of the baseline unless given. */
  sd: z.number().gt(0).optional(),
  baseline: baselineSpec.optional(),
  /** Weight of the newest value. */
  lambda: z.number().gt(0).max(1).default(0.2),
  /** Distance of the limits, in standard deviations of the average. */
  width: z.number().gt(0).default(3),
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
  const { average, sigma } = ewmaOf(values, target, sd, spec.lambda);
  const signals: { index: number; direction: 'high' | 'low'; type: string }[] = [];
  const points = Array.from(values, (value, i) => {
    const halfWidth = spec.width * (sigma[i] as number);
    const distance = (average[i] as number) - target;
    const direction = distance > 0 ? 'high' : 'low';
    const found =
      Math.abs(distance) > halfWidth ? [{ direction, type: signalType(direction, spec.better) } as const] : [];
    for (const signal of found) signals.push({ index: i + 1, ...signal });
    return {
      index: i + 1,
      ...(times ? { time: times[i] } : {}),
      value,
      ewma: average[i],
      centre: target,
      lower: target - halfWidth,
      upper: target + halfWidth,
      sigma: sigma[i],
      signals: found,
    };
  });
  return {
    n: rows.length,
    excluded,
    centre: target,
    target,
    sd,
    lambda: spec.lambda,
    width: spec.width,
    baseline: { from: baseline.from + 1, to: baseline.to },
    signals,
    points,
    warnings: [...warnings, ...more],
    r: rScript(
      scriptOpening([], { dataName, table, columns: columnsOf(spec), factors: spec.factors }),
      orderLines(table, spec.time),
      seriesLines(spec),
      `lambda <- ${rNumber(spec.lambda)}; width <- ${rNumber(spec.width)}`,
      'ewma <- Reduce(function(s, x) lambda * x + (1 - lambda) * s, y, target, accumulate = TRUE)[-1]',
      'sigma <- sd * sqrt(lambda / (2 - lambda) * (1 - (1 - lambda)^(2 * seq_along(y)))); lower <- target - width * sigma; upper <- target + width * sigma',
      'at <- which(abs(ewma - target) > width * sigma)',
      'result <- list(n = length(y), target = target, sd = sd, signals = data.frame(index = at, direction = ifelse(ewma[at] > target, "high", "low")),',
      '  points = data.frame(value = y, ewma = ewma, lower = lower, upper = upper, sigma = sigma))',
      endOfScript,
    ),
  };
}

const example = [50, 48, 53, 47, 52, 49, 51, 46, 54, 50, 49, 51, 53, 55, 54, 56, 53, 57, 55, 56];

export const ewma: Procedure<Spec> = {
  name: 'ewma',
  summary: 'Exponentially weighted moving average: finds small shifts of a series from its target.',
  schema,
  columns: columnsOf,
  run,
  example: {
    question: 'Has the weekly number of calls drifted from its level of the first twelve weeks?',
    data: `week,calls\n${example.map((calls, i) => `${i + 1},${calls}`).join('\n')}\n`,
    spec: { y: 'calls', baseline: 12, lambda: 0.2, width: 3 },
  },
};
