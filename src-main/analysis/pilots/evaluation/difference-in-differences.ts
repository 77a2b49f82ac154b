import { did } from '#main/stats/procedures/did/did.ts';
import { glm } from '#main/stats/procedures/glm/glm.ts';
import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import type { TermResult } from '#main/stats/procedures/term.ts';
import type { PilotEstimate, PilotEvent } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { estimateOf, termOf } from './estimate.ts';
import type { Found } from './people.ts';

/** A value of somebody, or of a unit as a whole, before or after the pilot began where it did. */
export type DifferenceRow = {
  /** Team or area; null where rows are not of units. */
  readonly unit: string | null;
  readonly offered: boolean;
  readonly after: boolean;
  readonly value: number;
};

/** Mean of a unit in one period. */
export type UnitPeriod = { readonly unit: string; readonly period: number; readonly value: number };

type Row = Omit<TermResult, 'term'>;

const rowsFile = 'rows.csv';
const unitsFile = 'units.csv';
const confidence95 = 'with 95% intervals';

/**
 * How the offered changed less how the others did (difference-in-differences of two groups and two times). Errors are clustered by unit where
 * rows have one, else robust (HC1).
 * @throws ExpectedError REFUSED_MODEL
 */
export function twoByTwo(rows: readonly DifferenceRow[]): Found<PilotEstimate> {
  const units = rows.every(({ unit }) => unit !== null);
  const spec = { y: 'value', treated: 'offered', post: 'after', method: '2x2', ...(units ? { cluster: 'unit' } : {}) };
  const found = runOn(did, spec, tableOfRows(rows, units), rowsFile);
  const method = `Difference-in-differences of two groups before and after, ${units ? 'errors clustered by unit (CR1, t with one degree of freedom less than units)' : 'robust errors (HC1)'}, ${confidence95}.`;
  return { estimate: estimateOf(found['att'] as Row, method), warnings: found.warnings, r: found.r };
}

/**
 * The same comparison with errors for few units (CR2, Satterthwaite).
 * @throws ExpectedError REFUSED_MODEL where rows are not of units
 */
export function twoByTwoOfFewUnits(rows: readonly DifferenceRow[]): Found<PilotEstimate> {
  if (rows.some(({ unit }) => unit === null)) {
    throw new ExpectedError('REFUSED_MODEL', 'The rows are not of teams or areas.', 'The main estimate stands.');
  }
  const spec = { formula: 'value ~ after * offered', robust: 'CR2', cluster: 'unit' };
  const found = runOn(glm, spec, tableOfRows(rows, true), rowsFile);
  const method =
    'Difference-in-differences of two groups before and after, errors for few units (CR2, Satterthwaite’s degrees of freedom).';
  return { estimate: estimateOf(termOf(found, 'after:offered'), method), warnings: found.warnings, r: found.r };
}

function tableOfRows(rows: readonly DifferenceRow[], units: boolean) {
  return tableOf(rows.length, [
    numbers(
      'value',
      rows.map(({ value }) => value),
    ),
    numbers(
      'offered',
      rows.map(({ offered }) => Number(offered)),
    ),
    numbers(
      'after',
      rows.map(({ after }) => Number(after)),
    ),
    ...(units
      ? [
          categories(
            'unit',
            rows.map(({ unit }) => unit ?? ''),
          ),
        ]
      : []),
  ]);
}

export type Staggered = Found<PilotEstimate> & {
  readonly events: readonly PilotEvent[];
  readonly movedAlikeP: number | null;
};

/**
 * The average effect over units and periods since the start, by group-time effects against units that never begin (Callaway and Sant’Anna 2021,
 * Journal of Econometrics 225:200), which hold where effects differ and grow.
 * @param begins period in which each unit begins; null where it never does
 * @throws ExpectedError REFUSED_MODEL
 */
export function groupTimeEffect(rows: readonly UnitPeriod[], begins: ReadonlyMap<string, number | null>): Staggered {
  const found = onUnits(rows, begins, 'group-time');
  const method =
    'Difference-in-differences by when units began (group-time effects against units that never did), averaged over units and periods since the start; errors by unit.';
  return staggered(found, 'events', method);
}

/**
 * The average over the periods since the start of an event study: effects of units and periods, and of each period before and since the start.
 * @throws ExpectedError REFUSED_MODEL
 */
export function eventStudy(rows: readonly UnitPeriod[], begins: ReadonlyMap<string, number | null>): Staggered {
  const found = onUnits(rows, begins, 'event-study');
  const method =
    'Event study with effects of units and periods, averaged over the periods since the start, against the last before it; errors by unit.';
  return staggered(found, 'periods', method);
}

function staggered(found: ProcedureResult, key: 'events' | 'periods', method: string): Staggered {
  const events = found[key] as readonly (Row & { readonly event: number })[];
  return {
    estimate: estimateOf(found['att'] as Row, method),
    warnings: found.warnings,
    r: found.r,
    events: events.map(({ event, estimate, low, high }) => ({ event, estimate, low, high })),
    movedAlikeP: (found['preTrend'] as { readonly p: number | null } | null)?.p ?? null,
  };
}

function onUnits(
  rows: readonly UnitPeriod[],
  begins: ReadonlyMap<string, number | null>,
  method: 'group-time' | 'event-study',
): ProcedureResult {
  const table = tableOf(rows.length, [
    numbers(
      'value',
      rows.map(({ value }) => value),
    ),
    categories(
      'unit',
      rows.map(({ unit }) => unit),
    ),
    numbers(
      'period',
      rows.map(({ period }) => period),
    ),
    numbers(
      'begins',
      rows.map(({ unit }) => begins.get(unit) ?? Number.NaN),
    ),
  ]);
  const spec = { y: 'value', unit: 'unit', time: 'period', treatedFrom: 'begins', method };
  return runOn(did, method === 'event-study' ? { ...spec, cluster: 'unit' } : spec, table, unitsFile);
}
