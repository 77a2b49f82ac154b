import { categoriesIn, type DataTable } from '../../data/table.ts';
import { type Design, designMatrix } from '../../formula/design.ts';
import { parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame, numericResponse } from '../../formula/model-frame.ts';
import { type Panel, readPanel } from '../../quasi-experiments/did/panel.ts';
import type { RunContext } from '../procedure.ts';
import { badColumn, refusedModel } from '../shared/did-messages.ts';
import { refuseExtremes } from '../shared/refuse-extremes.ts';
import type { DidMethod, DidSpec } from './spec.ts';

/** What every method starts from: rows in use, outcome, covariates, and units over periods where there are units. */
export type DidInput = {
  readonly table: DataTable;
  readonly spec: DidSpec;
  readonly method: DidMethod;
  readonly context: RunContext;
  readonly frame: ModelFrame;
  readonly y: Float64Array;
  /** Intercept and covariates. */
  readonly design: Design;
  readonly panel: Panel | null;
  /** Cluster of each row; null without `cluster`. */
  readonly clusters: { readonly codes: Int32Array; readonly count: number } | null;
};

/** What a method finds, beside how many rows. */
export type DidFound = {
  readonly warnings: readonly string[];
  readonly r: string;
  readonly [key: string]: unknown;
};

/** Rows that miss a value are left out, but for `treatedFrom`: empty means never treated. */
export function didInput(
  table: DataTable,
  spec: DidSpec,
  formula: string,
  method: DidMethod,
  context: RunContext,
): DidInput {
  const others = [spec.unit, spec.time, spec.treated, spec.post, spec.cluster].filter((name) => name !== undefined);
  const frame = modelFrame(table, parseFormula(formula), { factors: spec.factors, alsoUsed: others });
  const y = numericResponse(frame);
  refuseExtremes(y, spec.y);
  const clustered = spec.cluster === undefined ? null : categoriesIn(table, spec.cluster, frame.rows);
  if (clustered && clustered.levels.length < 2) {
    throw refusedModel('There is only one cluster, so nothing tells how clusters differ.', 'Use another column.');
  }
  const { unit, time, treatedFrom } = spec;
  const panel =
    unit === undefined || time === undefined || treatedFrom === undefined
      ? null
      : readPanel(table, frame.rows, { unit, time, treatedFrom }, spec.factors[time]);
  if (panel && panel.periods < 2)
    throw refusedModel('There is only one time, so nothing can change.', 'Use more times.');
  return {
    table,
    spec,
    method,
    context,
    frame,
    y,
    design: designMatrix(frame),
    panel,
    clusters: clustered ? { codes: clustered.codes, count: clustered.levels.length } : null,
  };
}

export function panelOf(input: DidInput): Panel {
  if (!input.panel) throw new RangeError('the spec names no units');
  return input.panel;
}

/** Values that must be 0 or 1. */
export function binaryColumn(name: string, values: Float64Array, rows: Int32Array): Float64Array {
  const bad = values.findIndex((value) => value !== 0 && value !== 1);
  if (bad >= 0) {
    throw badColumn(
      `“${name}” must be 0 or 1, but row ${(rows[bad] as number) + 1} holds ${values[bad]}.`,
      'Code the column as 0 and 1.',
    );
  }
  return values;
}

/**
 * The cluster of each unit: its own where there is no `cluster`.
 * @returns null where a unit has rows in several clusters
 */
export function clustersOfUnits(input: DidInput): { readonly codes: Int32Array; readonly count: number } | null {
  const panel = panelOf(input);
  if (!input.clusters) return { codes: Int32Array.from({ length: panel.units }, (_none, u) => u), count: panel.units };
  const codes = new Int32Array(panel.units).fill(-1);
  for (let i = 0; i < panel.unit.length; i += 1) {
    const unit = panel.unit[i] as number;
    const own = input.clusters.codes[i] as number;
    if ((codes[unit] as number) >= 0 && codes[unit] !== own) return null;
    codes[unit] = own;
  }
  return { codes, count: input.clusters.count };
}
