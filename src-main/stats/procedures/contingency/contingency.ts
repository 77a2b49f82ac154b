import {
  cramersV,
  expectedCounts,
  likelihoodRatioTest,
  linearByLinear,
  pearsonChiSquared,
  standardisedResiduals,
} from '../../contingency/chi-squared-tests.ts';
import { fisherTest } from '../../contingency/conditional-odds-ratio.ts';
import { type FourCells, fourCells, rowTotals, squareTable } from '../../contingency/cross-table.ts';
import { fisherRowByColumn } from '../../contingency/fisher-row-by-column.ts';
import { cohensKappa } from '../../contingency/kappa.ts';
import { mcnemarTest } from '../../contingency/mcnemar-test.ts';
import { oddsRatio, riskDifference, riskRatio } from '../../contingency/two-by-two-effects.ts';
import type { DataTable } from '../../data/table.ts';
import { at, type Matrix, rowsOf } from '../../linear-algebra/matrix.ts';
import { wilsonInterval } from '../../wilson-interval.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { type ContingencyData, contingencyColumns, contingencyData } from './data.ts';
import { contingencyScript } from './script.ts';
import { type ContingencySpec, contingencySchema } from './spec.ts';
import { stratifiedTests } from './strata.ts';
import { trendOf } from './trend.ts';

function run(table: DataTable, spec: ContingencySpec, context: RunContext): Outcome {
  const data = contingencyData(table, spec);
  const { counts } = data.table;
  const warnings = [...data.warnings];
  const expected = expectedCounts(counts);
  warnOfSmallCounts(expected, warnings);
  if (!data.whole) warnings.push('Some counts are not whole, so there are no exact tests.');
  const pearson = pearsonChiSquared(counts, expected);
  const two = fourCells(counts);
  const association = cramersV(pearson.statistic, counts);
  const exact = data.whole ? fisher(counts, two, spec.confidence, warnings) : null;
  return {
    n: data.n,
    excluded: data.excluded,
    table: { rows: data.table.rows, columns: data.table.columns, counts: rowsOf(counts) },
    expected: rowsOf(expected),
    standardisedResiduals: rowsOf(standardisedResiduals(counts, expected)),
    chiSquared: { name: 'Pearson', ...pearson },
    chiSquaredCorrected: two ? { name: 'Pearson, Yates', ...pearsonChiSquared(counts, expected, true) } : null,
    likelihoodRatio: { name: 'likelihood ratio', ...likelihoodRatioTest(counts, expected) },
    linearByLinear: named('linear by linear', linearByLinear(counts)),
    fisher: exact,
    mcnemar: mcnemar(data, spec.confidence, warnings),
    cochranArmitage: trendOf(data, spec),
    mantelHaenszel: data.strata.length > 0 ? stratifiedTests(data, spec.confidence, warnings) : null,
    ...effects(data, spec, warnings),
    kappa: kappa(data, spec.confidence, warnings),
    cramersV: association.v,
    cramersVCorrected: association.corrected,
    warnings,
    r: contingencyScript(table, spec, data, exact !== null, context),
  };
}

function named<Test>(name: string, test: Test | null): (Test & { readonly name: string }) | null {
  return test && { name, ...test };
}

function warnOfSmallCounts(expected: Matrix, warnings: string[]): void {
  const small = expected.data.reduce((count, value) => count + (value < 5 ? 1 : 0), 0);
  if (small === 0) return;
  const least = expected.data.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  warnings.push(
    `${small} of the ${expected.data.length} expected counts ${small === 1 ? 'is' : 'are'} under 5 (the least is ${Number(least.toPrecision(3))}), so the chi-squared tests are rough; Fisher’s test does not need them large.`,
  );
}

function fisher(counts: Matrix, two: FourCells | null, confidence: number, warnings: string[]) {
  if (!two) {
    const p = fisherRowByColumn(counts);
    if (p === null) {
      warnings.push('The table is too large for Fisher’s exact test, which would have to count too many tables.');
      return null;
    }
    return { name: 'Fisher', statistic: null, df: null, p };
  }
  const { p, estimate, low, high, less, greater } = fisherTest(two, confidence);
  if (estimate === null || high === null)
    warnings.push('Fisher’s odds ratio has no upper limit, because a cell is empty.');
  return { name: 'Fisher', statistic: null, df: null, p, estimate, low, high, less, greater };
}

function mcnemar(data: ContingencyData, confidence: number, warnings: string[]) {
  const square = squareTable(data.asGiven);
  if (!square) return null;
  const test = mcnemarTest(square.counts, confidence);
  if (!test) {
    warnings.push('No pair differs, so McNemar’s test has nothing to compare.');
    return null;
  }
  return { name: square.rows.length === 2 ? 'McNemar' : 'Bowker', ...test };
}

function kappa(data: ContingencyData, confidence: number, warnings: string[]) {
  const square = squareTable(data.asGiven);
  if (!square) return null;
  const plain = cohensKappa(square.counts, 'none', confidence);
  if (!plain) {
    warnings.push('Both ratings have one value only, so kappa cannot tell agreement from chance.');
    return null;
  }
  if (square.rows.length === 2) return plain;
  return {
    ...plain,
    linear: cohensKappa(square.counts, 'linear', confidence),
    quadratic: cohensKappa(square.counts, 'quadratic', confidence),
  };
}

/** Risks of the event in each row; ratios and difference of two rows’ risks where there are two. */
function effects(data: ContingencyData, spec: ContingencySpec, warnings: string[]) {
  const { counts, rows, columns } = data.table;
  const clear = columns.length === 2 || spec.event !== undefined;
  const none = { risks: null, oddsRatio: null, riskRatio: null, riskDifference: null };
  if (!clear) return none;
  const place = columns.indexOf(data.event);
  const totals = rowTotals(counts);
  const risks = rows.map((row, i) => {
    const n = totals[i] as number;
    const events = at(counts, i, place);
    return { row, events, n, risk: events / n, ...wilsonInterval(events, n, spec.confidence) };
  });
  const [first, second, third] = risks;
  if (!first || !second || third) return { ...none, event: data.event, risks };
  const cells = { a: first.events, b: first.n - first.events, c: second.events, d: second.n - second.events };
  if (Object.values(cells).some((count) => count === 0)) {
    warnings.push('A cell is empty, so the odds ratio, and perhaps the risk ratio, has no Wald limits.');
  }
  return {
    event: data.event,
    risks,
    oddsRatio: oddsRatio(cells, spec.confidence),
    riskRatio: riskRatio(cells, spec.confidence),
    riskDifference: riskDifference(cells, spec.confidence),
  };
}

export const contingency: Procedure<ContingencySpec> = {
  name: 'contingency',
  summary: 'Tests and measures of association in a table of counts, over strata where there are some.',
  schema: contingencySchema,
  columns: contingencyColumns,
  run,
  example: {
    question: 'Is a course of training followed by fewer injuries?',
    data: 'trained,injured,people\nno,no,61\nno,yes,19\nyes,no,74\nyes,yes,8\n',
    spec: { row: 'trained', column: 'injured', weight: 'people', event: 'yes' },
  },
};
