import { individualsChart } from '#main/stats/control-charts/individuals-chart.ts';
import { type Direction, findSignals, type RuleName } from '#main/stats/control-charts/rules.ts';
import type { KindVolume, VolumeSignal } from '#shared/contract/quality.ts';
import { lastDayOfMonth } from '#shared/domain/dates.ts';
import { type KindFacts, monthName, monthNames } from './facts.ts';

/** Limits from fewer points mislead. */
const leastMonths = 12;
/** Months at the end that are judged by those before and have no part in the limits. */
const judged = 3;
const monthsShown = 60;
/** Rates of fewer people jump about. */
const leastPeople = 20;

const numerals = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

function inWords(count: number): string {
  return numerals[count] ?? String(count);
}

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mar 2026` of a month index. */
export function plainMonth(month: number): string {
  return `${names[month % 12]} ${Math.floor(month / 12)}`;
}

/** What a run rule found, in words: “eight months above the mean since Aug 2025”. */
export function signalWords(rule: RuleName, direction: Direction, from: number, to: number, current: boolean): string {
  const months = to - from + 1;
  const above = direction === 'high' ? 'above' : 'below';
  const since = current ? `since ${plainMonth(from)}` : `from ${plainMonth(from)} to ${plainMonth(to)}`;
  const span = from === to ? `in ${plainMonth(from)}` : since;
  switch (rule) {
    case 'outside':
      return months === 1
        ? `${plainMonth(from)} ${above} the ${direction === 'high' ? 'upper' : 'lower'} limit`
        : `${inWords(months)} months ${above} the ${direction === 'high' ? 'upper' : 'lower'} limit ${since}`;
    case 'trend':
      return `${inWords(months)} months each ${direction === 'high' ? 'above' : 'below'} the one before ${since}`;
    case 'twoOfThree':
      return `two of three months near the ${direction === 'high' ? 'upper' : 'lower'} limit ${span}`;
    default:
      return `${inWords(months)} months ${above} the mean ${since}`;
  }
}

/** Points that follow one another and point the same way, as one signal. */
function signalsOf(
  rule: RuleName,
  flagged: ReadonlyMap<number, Direction>,
  first: number,
  last: number,
): VolumeSignal[] {
  const places = [...flagged.keys()].sort((a, b) => a - b);
  const signals: VolumeSignal[] = [];
  let start = 0;
  for (let at = 1; at <= places.length; at += 1) {
    const from = places[start] as number;
    const before = places[at - 1] as number;
    // Of two of three, the one between need not be flagged.
    const reach = rule === 'twoOfThree' ? 2 : 1;
    const next = places[at];
    if (next !== undefined && next - before <= reach && flagged.get(next) === flagged.get(from)) continue;
    const current = before === last;
    signals.push({
      rule,
      direction: flagged.get(from) ?? null,
      from: monthName(first + from),
      to: monthName(first + before),
      current,
      words: signalWords(rule, flagged.get(from) ?? null, first + from, first + before, current),
    });
    start = at;
  }
  return signals;
}

function daysIn(month: number): number {
  return lastDayOfMonth(month) - lastDayOfMonth(month - 1);
}

/**
 * Rows by month against the usual: an XmR chart with the NHS rules over whole months, its limits from all but the last
 * three where enough remain; rows for each 100 people in post and
 * 30 days where it is known who was in post, else rows.
 *
 * @param inPost people in post by month of the kind, or null
 */
export function kindVolume(
  facts: KindFacts,
  label: string,
  whole: number,
  inPost: readonly number[] | null,
): KindVolume | null {
  const shown = Math.min(facts.monthRows.length, whole + 1);
  if (shown === 0) return null;
  const from = Math.max(0, whole - monthsShown);
  const first = facts.firstMonth + from;
  const rows = facts.monthRows.slice(from, shown);
  const people = inPost?.slice(from, shown) ?? [];
  const isRate = people.length === rows.length && people.every((count) => count >= leastPeople);
  const values = rows.map((count, at) =>
    isRate ? (count / (people[at] ?? 1)) * 100 * (30 / daysIn(first + at)) : count,
  );
  const ended = values.slice(0, whole - from);
  const common = {
    kind: facts.kind,
    label,
    measure: isRate ? ('rate' as const) : ('rows' as const),
    months: monthNames(first, shown - from),
    rows,
    values,
    lastIsWhole: shown <= whole,
  };
  if (ended.length < leastMonths) return { ...common, limits: null, signals: [] };
  const chart = individualsChart(Float64Array.from(ended), {
    baseline: { from: 0, to: Math.max(leastMonths, ended.length - judged) },
    exact: false,
    screen: true,
  });
  const signals = findSignals(chart, 'nhs').flatMap(({ rule, flagged }) =>
    signalsOf(rule, flagged, first, ended.length - 1),
  );
  return {
    ...common,
    limits: {
      mean: chart.centre[0] as number,
      lower: Math.max(0, chart.lower[0] as number),
      upper: chart.upper[0] as number,
    },
    signals,
  };
}
