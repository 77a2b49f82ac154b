import { ExpectedError } from '#shared/domain/result.ts';
import { asCategorical, type Column, type DataTable } from '../../data/table.ts';
import { normalQuantile } from '../../distributions/normal.ts';
import { designOf } from '../../formula/design.ts';
import { modelFrame } from '../../formula/model-frame.ts';
import { columnsOf } from '../../formula/syntax.ts';
import { at } from '../../linear-algebra/matrix.ts';
import { predictHazard } from '../../survival/cox-prediction.ts';
import { coxResiduals, hazardSteps, schoenfeldResiduals } from '../../survival/cox-residuals.ts';
import { groupingOf } from '../../survival/grouping.ts';
import type { Ties } from '../../survival/risk-sets.ts';
import type { CoxModel } from './results.ts';
import type { CoxSpec } from './spec.ts';

/** The cumulative hazard where every covariate is 0, and where each is at its mean (0/1 columns at 0, as in R). */
export function coxBaseline({ sample, maximum, eta, names, strataNames }: CoxModel, ties: Ties) {
  const { p, n, values, centre, size } = sample.x;
  const steps = hazardSteps(sample, eta, ties);
  let toZero = -sample.offsetCentre;
  let toMeans = -sample.offsetCentre;
  const means: Record<string, number> = {};
  for (let j = 0; j < p; j += 1) {
    const shift = ((maximum.beta[j] as number) * (centre[j] as number)) / (size[j] as number);
    let simple = true;
    for (let i = 0; i < n && simple; i += 1) {
      const value = (values[i * p + j] as number) * (size[j] as number) + (centre[j] as number);
      simple = Math.abs(value - Math.round(value)) < 1e-9 && Math.abs(value) < 1.5;
    }
    means[names[j] as string] = simple ? 0 : (centre[j] as number);
    toZero -= shift;
    if (simple) toMeans -= shift;
  }
  const points = strataNames.flatMap((stratum, s) => {
    let hazard = 0;
    return Array.from({ length: (steps.strata[s + 1] as number) - (steps.strata[s] as number) }, (_none, k) => {
      const step = (steps.strata[s] as number) + k;
      hazard += steps.jump[step] as number;
      return {
        stratum,
        time: steps.time[step] as number,
        cumulativeHazard: hazard * Math.exp(toZero),
        cumulativeHazardAtMeans: hazard * Math.exp(toMeans),
      };
    });
  });
  return { means, points };
}

/** By row of the data in use: martingale and deviance residuals; Schoenfeld's by event, in the order of time within strata. */
export function coxResidualRows({ sample, eta, names, frame }: CoxModel, ties: Ties) {
  const { martingale } = coxResiduals(sample, eta, ties);
  const { places, values } = schoenfeldResiduals(sample, eta, ties);
  const { p, size } = sample.x;
  const byRow = new Float64Array(martingale.length);
  const deviance = new Float64Array(martingale.length);
  sample.order.forEach((row, place) => {
    const m = martingale[place] as number;
    const event = sample.status[place] as number;
    byRow[row] = m;
    // Therneau, Grambsch and Fleming 1990, Biometrika 77:147.
    deviance[row] = Math.sign(m) * Math.sqrt(Math.max(0, -2 * (m + (event === 1 ? Math.log(1 - m) : 0))));
  });
  return {
    martingale: byRow,
    deviance,
    schoenfeld: Array.from(places, (place, k) => ({
      row: (frame.rows[sample.order[place] as number] as number) + 1,
      time: sample.time[place] as number,
      ...Object.fromEntries(names.map((name, j) => [name, (values[k * p + j] as number) * (size[j] as number)])),
    })),
  };
}

/** Survival of people described by their covariates. */
export function coxPredictions(model: CoxModel, spec: CoxSpec, ties: Ties, warnings: string[]) {
  const { sample, maximum, strataNames } = model;
  const { newData = [], times = [] } = spec;
  const covariance = model.robust ?? model.covariance;
  if (!covariance) return null;
  const { design, offset, strata } = designOfNew(model, spec);
  const steps = hazardSteps(sample, model.eta, ties);
  const z = normalQuantile(1 - (1 - spec.confidence) / 2);
  return newData.map((given, i) => {
    const row = design.rows - newData.length + i;
    const x = Float64Array.from(
      { length: sample.x.p },
      (_none, j) => (at(design, row, j + 1) - (sample.x.centre[j] as number)) / (sample.x.size[j] as number),
    );
    const eta = x.reduce(
      (sum, value, j) => sum + value * (maximum.beta[j] as number),
      (offset?.[row] ?? 0) - sample.offsetCentre,
    );
    const stratum = strataNames.indexOf(strata[row] as string);
    if (stratum < 0) {
      throw new ExpectedError(
        'BAD_SPEC',
        `Row ${i + 1} of “newData” is in a stratum without data.`,
        'Nothing was computed. Use a stratum of the data.',
      );
    }
    const last = sample.time[(sample.strata[stratum + 1] as number) - 1] as number;
    const beyond = times.filter((time) => time > last);
    if (beyond.length > 0) {
      warnings.push(`Nobody was observed as long as ${beyond.join(', ')}: survival is not predicted there.`);
    }
    const points = predictHazard(steps, stratum, x, eta, covariance, maximum.estimable, times);
    return {
      given,
      points: times.map((time, k) => {
        const { hazard, hazardSe } = points[k] as (typeof points)[number];
        if (time > last) return { time, survival: null, se: null, low: null, high: null };
        const survival = Math.exp(-hazard);
        return {
          time,
          survival,
          se: survival * hazardSe,
          low: Math.exp(-hazard - z * hazardSe),
          high: Math.min(1, Math.exp(-hazard + z * hazardSe)),
        };
      }),
    };
  });
}

/** The design of the data with the new rows behind, so that factors keep their levels. */
function designOfNew({ frame, sample }: CoxModel, { newData = [], factors }: CoxSpec) {
  const { formula, table, rows } = frame;
  const needed = new Set([...formula.variables, ...formula.offsets, ...formula.strata].flatMap(columnsOf));
  const columns = new Map<string, Column>();
  for (const name of needed) {
    const column = table.columns.get(name) as Column;
    const given = newData.map((row) => row[name]);
    columns.set(name, withNewRows(column, name, rows, given));
  }
  const extended: DataTable = { rows: rows.length + newData.length, columns };
  const alone = { ...formula, response: null, cluster: null };
  const grown = modelFrame(extended, alone, { factors });
  const design = designOf({ ...formula, intercept: true }, grown.variables, grown.n).matrix;
  if (design.columns !== sample.x.p + 1) {
    throw new ExpectedError(
      'BAD_SPEC',
      '“newData” has a value that the data do not have.',
      'Nothing was computed. Use levels of the data.',
    );
  }
  const strata = groupingOf(formula.strata.map(grown.evaluate), grown.n);
  return {
    design,
    offset: grown.offset,
    strata: Array.from(strata.codes, (code) => strata.names[code] as string),
  };
}

function withNewRows(
  column: Column,
  name: string,
  rows: Int32Array,
  given: readonly (number | string | undefined)[],
): Column {
  const bad = (row: number, what: string): ExpectedError =>
    new ExpectedError(
      'BAD_SPEC',
      `Row ${row + 1} of “newData” ${what}.`,
      `Nothing was computed. Give each row a value of “${name}”.`,
    );
  if (column.kind === 'numeric') {
    const added = given.map((value, row) => {
      const number = typeof value === 'string' ? Number(value) : value;
      if (number === undefined || !Number.isFinite(number)) throw bad(row, `has no number “${name}”`);
      return number;
    });
    return {
      ...column,
      values: Float64Array.from([...Array.from(rows, (row) => column.values[row] as number), ...added]),
    };
  }
  const used = asCategorical({ ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) });
  const added = given.map((value, row) => {
    const code = value === undefined ? -1 : used.levels.indexOf(String(value));
    if (code < 0) throw bad(row, `has no “${name}” that the data know`);
    return code;
  });
  return { ...used, codes: Int32Array.from([...used.codes, ...added]) };
}
