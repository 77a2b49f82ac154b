import { ExpectedError } from '#shared/domain/result.ts';
import { columnOf, type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import { doublyRobustEffect, type NoEffect } from './doubly-robust.ts';
import { isUntreated, type Panel } from './panel.ts';

/** The effect on one cohort (units first treated in one period) in one period. */
export type GroupTimeCell = {
  /** First treated period of the cohort. */
  readonly group: number;
  readonly period: number;
  /** The last period before treatment, against which all others are taken: its effect is 0 by definition. */
  readonly base: boolean;
  /** NaN where there is none. */
  readonly effect: number;
  /** One a unit of `GroupTimeResult.units`; empty for the base. */
  readonly influence: Float64Array;
  readonly problem: NoEffect | 'no units' | null;
};

export type GroupTimeResult = {
  /** Units that count: never treated, or first treated after the first period. */
  readonly units: Int32Array;
  /** First treated period of each; the number of periods for those untreated. */
  readonly group: Int32Array;
  readonly groups: readonly number[];
  readonly cells: readonly GroupTimeCell[];
  /** Units treated from the first period on, which have nothing to be compared with. */
  readonly alwaysTreated: number;
};

export type Comparison = 'never' | 'not-yet';
const mostInfluences = 4e8;

/**
 * Effects of each cohort in each period, against units never treated (or not yet), each change taken from the cohort's last
 * untreated period (a universal base); doubly robust (Callaway and Sant'Anna 2021, Journal of Econometrics 225:200, eq. 2.4 and
 * theorem 2). R's `did::att_gt(base_period = "universal", est_method = "dr")`. Where units miss periods, each cell uses those seen in
 * both of its own.
 * @param x design of covariates, intercept first, one row a row of the panel; values of a cell's earlier period are used
 * @throws ExpectedError REFUSED_MODEL without comparison units, cohorts or a period before them
 */
export function groupTimeEffects(panel: Panel, y: Float64Array, x: Matrix, comparison: Comparison): GroupTimeResult {
  const units: number[] = [];
  let alwaysTreated = 0;
  for (let u = 0; u < panel.units; u += 1) {
    if (panel.treatedFrom[u] === 0) alwaysTreated += 1;
    else units.push(u);
  }
  const group = Int32Array.from(units, (u) => Math.min(panel.treatedFrom[u] as number, panel.periods));
  const groups = [...new Set(group)].filter((g) => g < panel.periods).sort((a, b) => a - b);
  refuseWithout(panel, units, groups, comparison);
  if (groups.length * panel.periods * units.length > mostInfluences) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `${groups.length} cohorts over ${panel.periods} times and ${units.length.toLocaleString('en-GB')} units are more than memory holds.`,
      'Nothing was computed. Use wider periods, or fewer cohorts.',
    );
  }
  const rowOf = rowsOfUnits(panel, units);
  const cells = groups.flatMap((g) =>
    Array.from({ length: panel.periods }, (_none, t) => cellOf({ panel, y, x, comparison, units, group, rowOf }, g, t)),
  );
  return { units: Int32Array.from(units), group, groups, cells, alwaysTreated };
}

function refuseWithout(
  panel: Panel,
  units: readonly number[],
  groups: readonly number[],
  comparison: Comparison,
): void {
  const refused = (message: string, hint: string): ExpectedError =>
    new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
  if (groups.length === 0) {
    throw refused(
      'No unit becomes treated after the first time and by the last.',
      'Look at “treatedFrom”: it must hold the first treated time of each treated unit.',
    );
  }
  if (comparison === 'never' && !units.some((u) => isUntreated(panel, u))) {
    throw refused(
      'No unit is never treated, so there is nothing to compare with.',
      'Set “comparison” to “not-yet” to compare with units not treated yet.',
    );
  }
}

type Source = {
  readonly panel: Panel;
  readonly y: Float64Array;
  readonly x: Matrix;
  readonly comparison: Comparison;
  readonly units: readonly number[];
  readonly group: Int32Array;
  readonly rowOf: Int32Array;
};

/** Row of each unit in each period, −1 where there is none. */
function rowsOfUnits(panel: Panel, units: readonly number[]): Int32Array {
  const place = new Int32Array(panel.units).fill(-1);
  for (const [index, u] of units.entries()) place[u] = index;
  const rows = new Int32Array(units.length * panel.periods).fill(-1);
  for (let i = 0; i < panel.unit.length; i += 1) {
    const index = place[panel.unit[i] as number] as number;
    if (index >= 0) rows[index * panel.periods + (panel.period[i] as number)] = i;
  }
  return rows;
}

function cellOf(source: Source, g: number, t: number): GroupTimeCell {
  const { panel, y, x, units, group, rowOf } = source;
  const base = g - 1;
  const common = { group: g, period: t };
  if (t === base) return { ...common, base: true, effect: 0, influence: new Float64Array(0), problem: null };
  const used: number[] = [];
  const arms: number[] = [];
  for (let index = 0; index < units.length; index += 1) {
    const own = group[index] as number;
    const compared = own >= panel.periods || (source.comparison === 'not-yet' && own !== g && own > Math.max(t, base));
    if (own !== g && !compared) continue;
    if ((rowOf[index * panel.periods + t] as number) < 0 || (rowOf[index * panel.periods + base] as number) < 0)
      continue;
    used.push(index);
    arms.push(own === g ? 1 : 0);
  }
  const none = (problem: GroupTimeCell['problem']): GroupTimeCell => ({
    ...common,
    base: false,
    effect: Number.NaN,
    influence: new Float64Array(0),
    problem,
  });
  const treated = Uint8Array.from(arms);
  if (!treated.includes(1) || !treated.includes(0)) return none('no units');
  const at = (index: number, period: number): number => rowOf[index * panel.periods + period] as number;
  const earlier = Math.min(t, base);
  const covariates = matrixOf(used.length, x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    const from = columnOf(x, j);
    const to = columnOf(covariates, j);
    used.forEach((index, i) => {
      to[i] = from[at(index, earlier)] as number;
    });
  }
  const change = Float64Array.from(used, (index) => (y[at(index, t)] as number) - (y[at(index, base)] as number));
  const found = doublyRobustEffect(covariates, change, treated);
  if (typeof found === 'string') return none(found);
  const influence = new Float64Array(units.length);
  const factor = units.length / used.length;
  used.forEach((index, i) => {
    influence[index] = factor * (found.influence[i] as number);
  });
  return { ...common, base: false, effect: found.effect, influence, problem: null };
}
