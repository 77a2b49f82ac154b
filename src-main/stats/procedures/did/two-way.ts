import { columnOf, type Matrix, matrixOf, subMatrix } from '../../linear-algebra/matrix.ts';
import {
  combination,
  type DidErrors,
  type DidRegression,
  didRegression,
  jointTest,
} from '../../quasi-experiments/did/did-regression.ts';
import { isUntreated, type Panel } from '../../quasi-experiments/did/panel.ts';
import { twoWayWithin } from '../../quasi-experiments/did/within-transformation.ts';
import { clusterWarnings, refusedModel } from '../shared/did-messages.ts';
import { type TermResult, waldTerm } from '../term.ts';
import { clustersOfUnits, type DidFound, type DidInput, panelOf } from './input.ts';
import { eventStudyScript, twoWayScript } from './script.ts';
import { lostWarnings, refuseWithoutError, termOf } from './two-by-two.ts';

/** One effect of being treated, beside the effects of units and periods. */
export function twoWayOutcome(input: DidInput): DidFound {
  const panel = panelOf(input);
  const n = input.y.length;
  const treatment = new Float64Array(n);
  for (let i = 0; i < n; i += 1) treatment[i] = isOn(panel, i) ? 1 : 0;
  refuseUntreated(panel);
  const rows = Int32Array.from({ length: n }, (_none, i) => i);
  const { fit, names, absorbed } = withinFit(input, panel, rows, [{ name: 'treatment', values: treatment }]);
  if (!fit.estimable.includes(0)) {
    throw refusedModel(
      'The effect cannot be told apart from the effects of units and times: every unit changes at once, or none is seen both before and after.',
      'Add comparison units or times.',
    );
  }
  const terms = names.map((name, place) => termOf(name, place, fit, input.spec.confidence));
  const { term: _term, ...att } = terms[0] as TermResult;
  refuseWithoutError(terms[0] as TermResult);
  const starts = new Set([...panel.treatedFrom].filter((start) => start < panel.periods));
  const always = [...panel.treatedFrom].filter((start) => start === 0).length;
  return {
    att,
    terms,
    periods: [],
    preTrend: null,
    fit: fitOf(fit, absorbed),
    warnings: [
      ...(starts.size > 1
        ? [
            'Units begin at different times; where effects differ by cohort or grow, this average weighs some of them negatively. Use group-time.',
          ]
        : []),
      ...(always > 0
        ? [`${always} units are treated throughout and serve as comparison, as two-way fixed effects do.`]
        : []),
      ...commonWarnings(input, panel),
      ...lostWarnings(terms),
      'Whether the groups moved alike before is not tested here; event-study and group-time test it.',
    ],
    r: twoWayScript(input),
  };
}

/** An effect for each period before and since treatment, against the last one before it. */
export function eventStudyOutcome(input: DidInput): DidFound {
  const panel = panelOf(input);
  refuseUntreated(panel);
  const rows = rowsWithBase(panel);
  const events = eventsOf(panel, rows);
  const columns = events.used.map((event) => ({
    name: `event ${event}`,
    values: Float64Array.from(rows, (i) => (eventAt(panel, i) === event ? 1 : 0)),
  }));
  const { fit, names, absorbed } = withinFit(input, panel, rows, columns);
  const { confidence } = input.spec;
  const terms = names.map((name, place) => termOf(name, place, fit, confidence));
  const lags = events.used.flatMap((event, place) => (event >= 0 && fit.estimable.includes(place) ? [place] : []));
  if (lags.length === 0) throw refusedModel('No effect after the start can be estimated.', 'Use more times or units.');
  const average = combination(fit, new Map(lags.map((place) => [place, 1 / lags.length])));
  const overall = waldTerm('att', average.estimate, average.se, fit.df, confidence);
  refuseWithoutError(overall);
  const { term: _term, ...att } = overall;
  const leads = events.used.flatMap((event, place) => (event < -1 && fit.estimable.includes(place) ? [place] : []));
  const preTrend = testOfLeads(fit, leads);
  const dropped = panel.unit.length - rows.length;
  return {
    att,
    periods: periodRows(events, terms),
    preTrend,
    fit: fitOf(fit, absorbed),
    terms: terms.slice(events.used.length),
    warnings: [
      ...(dropped > 0
        ? [`Units treated from the first time on have no time before it: their ${dropped} rows are left out.`]
        : []),
      ...(events.dropped === null
        ? []
        : [
            `No unit is never treated, so the earliest lead (${events.dropped}) is a second reference beside −1, and trends before cannot be told from time.`,
          ]),
      ...(new Set([...panel.treatedFrom].filter((start) => start > 0 && start < panel.periods)).size > 1
        ? [
            'Units begin at different times; where effects differ by cohort, leads and lags mix them. Use group-time to keep them apart.',
          ]
        : []),
      ...(preTrend === null
        ? ['There are too few times or clusters to test whether the groups moved alike before.']
        : []),
      ...commonWarnings(input, panel),
      ...lostWarnings(terms),
    ],
    r: eventStudyScript(input, events.used),
  };
}

/** Treated in this row. */
function isOn(panel: Panel, row: number): boolean {
  return (panel.period[row] as number) >= (panel.treatedFrom[panel.unit[row] as number] as number);
}

function refuseUntreated(panel: Panel): void {
  let treated = 0;
  for (let u = 0; u < panel.units; u += 1) if (!isUntreated(panel, u)) treated += 1;
  if (treated === 0) throw refusedModel('No unit is treated at any of the times.', 'Look at “treatedFrom”.');
  if (panel.units < 2) throw refusedModel('There is only one unit, so there is nothing to compare with.', 'Use its.');
}

function rowsWithBase(panel: Panel): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < panel.unit.length; i += 1) if (panel.treatedFrom[panel.unit[i] as number] !== 0) rows.push(i);
  return Int32Array.from(rows);
}

/** Periods since treatment began; null for units untreated. */
function eventAt(panel: Panel, row: number): number | null {
  const unit = panel.unit[row] as number;
  return isUntreated(panel, unit) ? null : (panel.period[row] as number) - (panel.treatedFrom[unit] as number);
}

type Events = { readonly all: readonly number[]; readonly used: readonly number[]; readonly dropped: number | null };

function eventsOf(panel: Panel, rows: Int32Array): Events {
  const seen = new Set<number>();
  let untreated = false;
  for (const row of rows) {
    const event = eventAt(panel, row);
    if (event === null) untreated = true;
    else seen.add(event);
  }
  const all = [...seen].sort((a, b) => a - b);
  if (!seen.has(-1)) {
    throw refusedModel(
      'No treated unit is seen in the last time before its treatment, the reference of an event study.',
      'Use units that are seen before and after.',
    );
  }
  const earliest = all[0] as number;
  const dropped = !untreated && earliest < -1 ? earliest : null;
  if (!untreated && dropped === null) {
    throw refusedModel(
      'No unit is never treated and none is seen two times before its treatment, so effects cannot be told from time.',
      'Add comparison units.',
    );
  }
  return { all, used: all.filter((event) => event !== -1 && event !== dropped), dropped };
}

/** Least squares within units and periods; the columns given come first, then covariates. */
function withinFit(
  input: DidInput,
  panel: Panel,
  rows: Int32Array,
  columns: readonly { readonly name: string; readonly values: Float64Array }[],
): { readonly fit: DidRegression; readonly names: readonly string[]; readonly absorbed: number } {
  const { design, spec } = input;
  const n = rows.length;
  const covariates = design.names.map((_name, place) => place).filter((place) => design.assign[place] !== 0);
  const x = matrixOf(n, columns.length + covariates.length);
  columns.forEach(({ values }, place) => {
    columnOf(x, place).set(values);
  });
  covariates.forEach((place, index) => {
    const from = columnOf(design.matrix, place);
    columnOf(x, columns.length + index).set(Float64Array.from(rows, (row) => from[row] as number));
  });
  const y = Float64Array.from(rows, (row) => input.y[row] as number);
  const { unit, units } = renumbered(panel, rows);
  const within = twoWayWithin(
    unit,
    units,
    Int32Array.from(rows, (row) => panel.period[row] as number),
    panel.periods,
  );
  within.apply(y);
  sweepColumns(x, within.apply);
  const ofUnits = clustersOfUnits(input);
  const nested = ofUnits !== null && !spec.countUnits;
  const absorbed = nested ? within.absorbed - units + 1 : within.absorbed;
  const fit = didRegression(x, y, errorsOf(input, panel, rows), absorbed);
  const names = [...columns.map(({ name }) => name), ...covariates.map((place) => design.names[place] as string)];
  return { fit, names, absorbed };
}

/** A column that the effects of units and periods explain is set to 0, so that it counts as dependent. */
function sweepColumns(x: Matrix, apply: (values: Float64Array) => void): void {
  for (let j = 0; j < x.columns; j += 1) {
    const column = columnOf(x, j);
    const before = lengthOf(column);
    apply(column);
    const after = lengthOf(column);
    if (after <= 1e-10 * before) column.fill(0);
  }
}

function lengthOf(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return Math.sqrt(total);
}

function renumbered(panel: Panel, rows: Int32Array): { readonly unit: Int32Array; readonly units: number } {
  const place = new Int32Array(panel.units).fill(-1);
  let units = 0;
  const unit = Int32Array.from(rows, (row) => {
    const old = panel.unit[row] as number;
    if ((place[old] as number) < 0) {
      place[old] = units;
      units += 1;
    }
    return place[old] as number;
  });
  return { unit, units };
}

function errorsOf(input: DidInput, panel: Panel, rows: Int32Array): DidErrors {
  const codes = input.clusters?.codes ?? panel.unit;
  const place = new Map<number, number>();
  const clusters = Int32Array.from(rows, (row) => {
    const code = codes[row] as number;
    if (!place.has(code)) place.set(code, place.size);
    return place.get(code) as number;
  });
  if (place.size < 2)
    throw refusedModel('There is only one cluster, so nothing tells how clusters differ.', 'Use more units.');
  return { kind: 'clustered', clusters, count: place.size };
}

function fitOf(fit: DidRegression, absorbed: number): Record<string, number> {
  return { withinRSquared: fit.rSquared, df: fit.df, clusters: fit.df + 1, parameters: fit.parameters, absorbed };
}

function testOfLeads(fit: DidRegression, leads: readonly number[]): Record<string, unknown> | null {
  const own = leads.map((place) => fit.estimable.indexOf(place));
  const found = jointTest(
    Float64Array.from(leads, (place) => fit.coefficients[place] as number),
    subMatrix(fit.covariance, own, own),
    fit.df,
  );
  return found && { name: 'all leads are 0', ...found };
}

function periodRows(events: Events, terms: readonly TermResult[]): Record<string, unknown>[] {
  return events.all.map((event) => {
    const place = events.used.indexOf(event);
    if (place >= 0) {
      const { term: _term, ...row } = terms[place] as TermResult;
      return { event, ...row };
    }
    return { event, reference: true, estimate: 0, se: null, statistic: null, df: null, p: null, low: null, high: null };
  });
}

function commonWarnings(input: DidInput, panel: Panel): string[] {
  const clusters = clustersOfUnits(input);
  const treated = new Set<number>();
  for (let u = 0; u < panel.units; u += 1) {
    if (!isUntreated(panel, u)) treated.add(clusters ? (clusters.codes[u] as number) : u);
  }
  const count = clusters ? clusters.count : (input.clusters?.count ?? 0);
  return [
    ...clusterWarnings(count, treated.size, input.spec.cluster ?? (input.spec.unit as string)),
    ...(panel.balanced
      ? []
      : ['Some units miss some times. They stay in; what is missing should not depend on the outcome.']),
    ...unevenWarnings(panel),
  ];
}

export function unevenWarnings(panel: Panel): string[] {
  const { labels } = panel;
  if (labels.some((label) => typeof label !== 'number')) return [];
  const steps = labels.slice(1).map((label, i) => (label as number) - (labels[i] as number));
  const uneven = steps.some((step) => Math.abs(step - (steps[0] as number)) > 1e-9 * Math.abs(step));
  return uneven
    ? ['The times are not evenly spaced; periods before and since treatment are counted, not measured.']
    : [];
}
