import { type FourCells, fourCells, grandTotal } from '../../contingency/cross-table.ts';
import { generalisedCmh } from '../../contingency/generalised-cmh.ts';
import {
  commonOddsRatio,
  exactCommonOddsRatio,
  homogeneityTests,
  mantelHaenszelTest,
} from '../../contingency/mantel-haenszel.ts';
import type { ContingencyData } from './data.ts';

/** Mantel–Haenszel over strata of 2 × 2 tables with the common odds ratio, or the generalised test of larger ones. */
export function stratifiedTests(data: ContingencyData, confidence: number, warnings: string[]) {
  const used = data.strata.filter(({ counts }) => grandTotal(counts) >= 2);
  const small = data.strata.length - used.length;
  if (small > 0) {
    warnings.push(
      `${small === 1 ? 'One stratum has' : `${small} strata have`} fewer than two counts and cannot tell anything.`,
    );
  }
  const tables = used.map(({ counts }) => fourCells(counts)).filter((cells): cells is FourCells => cells !== null);
  if (tables.length < used.length || tables.length === 0) {
    const test = generalisedCmh(used.map(({ counts }) => counts));
    if (!test) return cannotTell(warnings);
    return { name: 'generalised Cochran–Mantel–Haenszel', ...test, strata: used.length };
  }
  const test = mantelHaenszelTest(tables);
  if (!test) return cannotTell(warnings);
  const common = commonOddsRatio(tables, confidence);
  if (common.se === null) warnings.push('The common odds ratio is 0 or infinite, so it has no limits.');
  const guess = Math.log(common.se === null ? 1 : (common.estimate as number));
  const exact = data.whole ? exactCommonOddsRatio(tables, guess, confidence) : null;
  const homogeneity = homogeneityTests(tables, common.estimate);
  return {
    name: 'Mantel–Haenszel',
    ...test,
    ...common,
    exact: exact && { p: exact.p, estimate: exact.estimate, low: exact.low, high: exact.high },
    breslowDay: homogeneity && { name: 'Breslow–Day', ...homogeneity.breslowDay },
    tarone: homogeneity && { name: 'Tarone', ...homogeneity.tarone },
    strata: used.map(({ name }, s) => {
      const { a, b, c, d } = tables[s] as FourCells;
      const odds = (a / b) * (d / c);
      return { name, n: a + b + c + d, oddsRatio: Number.isFinite(odds) ? odds : null };
    }),
  };
}

function cannotTell(warnings: string[]): null {
  warnings.push('In every stratum a row or a column is empty, so the strata cannot tell of an association.');
  return null;
}
