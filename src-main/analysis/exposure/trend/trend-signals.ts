import type { ChartLimits } from '#main/stats/control-charts/control-limits.ts';
import type { Direction, RuleFinding, RuleName } from '#main/stats/control-charts/rules.ts';
import { plainMonth, plainRate } from '../words.ts';

/** One signal of a chart: a point, or the points of a run. */
export type TrendSignal = {
  readonly rule: RuleName;
  /** First and last month, `2026-03`. */
  readonly from: string;
  readonly to: string;
  /** Points in it. */
  readonly points: number;
  readonly direction: Direction;
  /** The months and the rule, in words. */
  readonly words: string;
};

/** What each rule asks for, in words. */
export const ruleWords: Readonly<Record<string, string>> = {
  outside: 'a month outside the limits',
  shift: 'seven or more months in a row on one side of the mean',
  trend: 'seven or more months in a row that each rise, or each fall',
  twoOfThree: 'two of three months in a row, all on one side of the mean, near one limit',
};

/** Findings by point as signals by run, in order of their first month. */
export function signalsOf(
  findings: readonly RuleFinding[],
  limits: ChartLimits,
  months: readonly string[],
): TrendSignal[] {
  return findings
    .flatMap(({ rule, flagged }) =>
      runsOf(rule, flagged).map((places): TrendSignal & { readonly at: number } => {
        const first = places[0] as number;
        const last = places.at(-1) as number;
        const [from, to] = [months[first] ?? '', months[last] ?? ''];
        const direction = flagged.get(first) ?? null;
        const words = wordsOf(rule, direction, places, limits, months);
        return { rule, from, to, points: places.length, direction, words, at: first };
      }),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ at: _place, ...signal }) => signal);
}

/** Points that make one signal: for `outside` each its own, else neighbours that point the same way. */
function runsOf(rule: RuleName, flagged: ReadonlyMap<number, Direction>): number[][] {
  const reach = rule === 'outside' ? 0 : rule === 'twoOfThree' ? 2 : 1;
  const runs: number[][] = [];
  for (const place of [...flagged.keys()].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const joins = last !== undefined && place - last <= reach && flagged.get(last) === flagged.get(place);
    if (run && joins) run.push(place);
    else runs.push([place]);
  }
  return runs;
}

function wordsOf(
  rule: RuleName,
  direction: Direction,
  places: readonly number[],
  limits: ChartLimits,
  months: readonly string[],
): string {
  const first = places[0] as number;
  const start = plainMonth(months[first] ?? '');
  const end = plainMonth(months[places.at(-1) as number] ?? '');
  const upper = direction === 'high';
  switch (rule) {
    case 'outside': {
      const [value, limit] = [limits.values[first] ?? 0, (upper ? limits.upper : limits.lower)[first] ?? 0];
      return `${start}: ${plainRate(value)}, ${upper ? 'above the upper' : 'below the lower'} limit of ${plainRate(limit)}.`;
    }
    case 'shift':
      return `${start} to ${end}: ${places.length} months in a row ${upper ? 'above' : 'below'} the mean.`;
    case 'trend':
      return `${start} to ${end}: ${places.length} months in a row, each ${upper ? 'higher' : 'lower'} than the one before.`;
    default:
      return `${start} to ${end}: ${places.length} months near the ${upper ? 'upper' : 'lower'} limit, two of three in a row.`;
  }
}
