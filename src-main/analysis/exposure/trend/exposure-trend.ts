import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type CompiledScheme, eventWeights } from '../scheme-weights.ts';
import { chanceOfSignal } from './chance-of-signal.ts';
import { type FunnelGroup, type GroupFunnel, groupFunnel } from './group-funnel.ts';
import { cellOf, type HeatMap, heatMap, leastPeopleToShare } from './heat-map.ts';
import { type MonthCells, type MonthCellsInput, monthCells } from './month-cells.ts';
import type { MonthState } from './month-states.ts';
import { type RoleFunnel, roleFunnel } from './role-funnel.ts';
import { type TrendChart, trendChart } from './trend-chart.ts';
import type { ExposureTrendSpec } from './trend-spec.ts';

export type ExposureTrendInput = Omit<MonthCellsInput, 'weights' | 'by' | 'category'> & {
  readonly compiled: CompiledScheme;
  readonly spec: ExposureTrendSpec;
  readonly states: readonly MonthState[];
};

/** What the rates are per 100 of. */
export type TrendBasis = 'duty days' | 'FTE days in post';

export type TrendGroup = {
  readonly group: string;
  /** Fewest people in post at the end of a month with data, of those with anybody. */
  readonly people: number;
  /** False under ten people: not for sharing, because a month could point at one of them. */
  readonly share: boolean;
};

export type GroupChart = TrendChart & {
  readonly group: string;
  readonly category: string | null;
  readonly share: boolean;
  /** How often a stable chart like this one signals all the same; null where there are no limits. */
  readonly chanceIfStable: number | null;
};

export type ExposureTrendResult = {
  readonly basis: TrendBasis;
  /** Rates are per so many of them. */
  readonly per: number;
  readonly months: readonly { readonly month: string; readonly state: MonthState }[];
  readonly groups: readonly TrendGroup[];
  readonly charts: readonly GroupChart[];
  readonly signalling: {
    /** Charts with limits, those that signal, and how many would if all were stable. */
    readonly charts: number;
    readonly withSignals: number;
    readonly expectedIfStable: number;
  };
  readonly funnel: GroupFunnel | null;
  /** Units against what the same roles meet elsewhere; null by role or force. */
  readonly funnelWithinRoles: RoleFunnel | null;
  readonly heat: HeatMap;
  readonly events: number;
  readonly unplaced: number;
  readonly withoutFte: number;
  /** Months with data for which duties are missing, where that is why duty days are not the basis. */
  readonly monthsWithoutDuties: number;
};

/** More points than this make no readable result. */
const mostPoints = 200_000;
const stableCharts = 4_000;

/** Run charts by group and category, a funnel of the groups and their heat map. Fails with `TOO_LARGE`. */
export function exposureTrend(input: ExposureTrendInput): Result<ExposureTrendResult> {
  const { compiled, spec, states, ...rest } = input;
  if (spec.chart === 'u' && !compiled.countsOnly) {
    return fail(
      'BAD_SPEC',
      `A u chart is for counts, and the scheme ${spec.scheme} weighs events.`,
      'Nothing was run. Ask for an XmR chart, or use count-v1.',
    );
  }
  const weights = eventWeights(input.exposures, compiled);
  const cells = monthCells({ ...rest, weights, by: spec.by, category: spec.category });
  const points = cells.groups.length * cells.slots.length * cells.months.length;
  if (points > mostPoints) {
    return fail(
      'TOO_LARGE',
      `The charts would have ${points} points, more than the ${mostPoints} that one result may hold.`,
      'Nothing was kept. Ask for fewer months, for one category, or by role.',
      { points, limit: mostPoints },
    );
  }
  const { basis, denominators, monthsWithoutDuties } = basisOf(cells, states);
  const months = cells.months.map((month, at) => ({ month, state: states[at] ?? 'none' }));
  const groups = groupsOf(cells, states);
  const charts = chartsOf(cells, groups, denominators, input);
  const totals = groups.map(({ group, share }, place): FunnelGroup => {
    const own = totalOf(cells, place, states, denominators);
    return { group, share, count: own.count, denominator: own.days };
  });
  const limited = charts.filter(({ centre }) => centre !== null);
  return ok({
    basis,
    per: 100,
    months,
    groups,
    charts,
    signalling: {
      charts: limited.length,
      withSignals: limited.filter(({ signals }) => signals.length > 0).length,
      expectedIfStable: limited.reduce((total, { chanceIfStable }) => total + (chanceIfStable ?? 0), 0),
    },
    funnel: spec.by === 'force' ? null : groupFunnel(totals),
    funnelWithinRoles: spec.by === 'unit' ? roleFunnel(cells, basis, states, totals) : null,
    heat: heatMap(cells, states, denominators),
    events: cells.events,
    unplaced: cells.unplaced,
    withoutFte: cells.withoutFte,
    monthsWithoutDuties,
  });
}

/**
 * Duty days where duties are held for every month with data: a chart whose denominator changes its meaning half way would
 * show that change, and nothing else.
 */
function basisOf(cells: MonthCells, states: readonly MonthState[]) {
  const { dutyDays, fteDays, months } = cells;
  const fte = { basis: 'FTE days in post', denominators: fteDays } as const;
  if (dutyDays === null) return { ...fte, monthsWithoutDuties: 0 };
  const without = months.filter((_month, at) => {
    if (states[at] !== 'held') return false;
    for (let cell = at; cell < dutyDays.length; cell += months.length) if ((dutyDays[cell] ?? 0) > 0) return false;
    return true;
  }).length;
  if (without > 0) return { ...fte, monthsWithoutDuties: without };
  return { basis: 'duty days', denominators: dutyDays, monthsWithoutDuties: 0 } as const;
}

function groupsOf({ groups, people, months }: MonthCells, states: readonly MonthState[]): TrendGroup[] {
  return groups.map((group, place) => {
    const present = months.flatMap((_month, at) => {
      const count = people[place * months.length + at] ?? 0;
      return states[at] === 'held' && count > 0 ? [count] : [];
    });
    const fewest = present.length === 0 ? 0 : Math.min(...present);
    return { group, people: fewest, share: fewest >= leastPeopleToShare };
  });
}

function chartsOf(
  cells: MonthCells,
  groups: readonly TrendGroup[],
  denominators: Float64Array,
  { spec, states, compiled }: ExposureTrendInput,
): GroupChart[] {
  const months = cells.months.length;
  const chart = spec.chart === 'auto' ? (compiled.countsOnly ? 'u' : 'xmr') : spec.chart;
  const chances = new Map<string, number>();
  const chanceOf = ({ centre, charted, baseline, chart: kind }: TrendChart): number | null => {
    if (centre === null || baseline === null) return null;
    const spread = kind === 'u' ? 'known' : 'moving-range';
    const key = `${charted} ${baseline} ${spread}`;
    const chance =
      chances.get(key) ?? chanceOfSignal({ points: charted, baseline, spread, rules: spec.rules }, stableCharts);
    chances.set(key, chance);
    return chance;
  };
  return groups.flatMap(({ group, share }, place) =>
    cells.slots.flatMap((category, slot) => {
      const row = (place * cells.slots.length + slot) * months;
      const counts = cells.counts.subarray(row, row + months);
      // Of every category apart, most groups never meet most.
      if (spec.category === 'each' && counts.every((count) => count === 0)) return [];
      const made = trendChart(
        {
          months: cells.months,
          states,
          counts,
          loads: cells.loads.subarray(row, row + months),
          denominators: denominators.subarray(place * months, (place + 1) * months),
        },
        { chart, baseline: spec.baseline, rules: spec.rules },
      );
      return [{ group, category, share, chanceIfStable: chanceOf(made), ...made }];
    }),
  );
}

function totalOf(cells: MonthCells, place: number, states: readonly MonthState[], denominators: Float64Array) {
  const total = { count: 0, days: 0 };
  states.forEach((state, month) => {
    const own = cellOf(cells, place, month, denominators);
    if (state !== 'held' || own.days === 0) return;
    total.count += own.count;
    total.days += own.days;
  });
  return total;
}
