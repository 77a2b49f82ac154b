import { ExpectedError } from '#shared/domain/result.ts';
import { categoriesIn, completeRows, type DataTable, levelOfNumber, numbersIn, numericColumn } from '../data/table.ts';
import { type Design, designMatrix } from '../formula/design.ts';
import { parseFormula } from '../formula/formula.ts';
import { modelFrame } from '../formula/model-frame.ts';
import { effectSize, type Measure, type Role, type RoleValues } from './effect-sizes.ts';

export type StudiesWanted = {
  readonly effects:
    | { readonly kind: 'given'; readonly yi: string; readonly error: string; readonly isVariance: boolean }
    | {
        readonly kind: 'measure';
        readonly measure: Measure;
        readonly columns: Readonly<Partial<Record<Role, string>>>;
      };
  readonly study: string | null;
  /** Right-hand side of a formula. */
  readonly moderators: string | null;
  readonly factors: Readonly<Record<string, readonly string[]>>;
};

export type Studies = {
  readonly y: Float64Array;
  readonly v: Float64Array;
  readonly labels: readonly string[];
  /** Number of the study of each effect, where some study has several; else null. */
  readonly clusters: { readonly codes: Int32Array; readonly count: number } | null;
  readonly design: Design | null;
  readonly hasIntercept: boolean;
  /** Numbers that the effects were computed from. */
  readonly values: RoleValues;
  /** Studies to whose cells ½ was added. */
  readonly corrected: number;
  readonly excluded: number;
};

const mostEffects = 200_000;
/** A study's effects make a matrix of their own. */
const mostEffectsOfStudy = 1_000;

/** @throws ExpectedError BAD_COLUMN for numbers that no study can have, REFUSED_MODEL for a variance that is not above 0. */
export function readStudies(table: DataTable, wanted: StudiesWanted): Studies {
  const { effects, study, moderators, factors } = wanted;
  const numeric = effects.kind === 'given' ? [effects.yi, effects.error] : Object.values(effects.columns);
  for (const name of numeric) numericColumn(table, name);
  const used = [...numeric, ...(study === null ? [] : [study])];
  const formula = moderators === null ? null : parseFormula(`~ ${moderators}`);
  if (formula && (formula.offsets.length > 0 || formula.random.length > 0 || formula.strata.length > 0)) {
    throw new ExpectedError(
      'BAD_SPEC',
      'The moderators hold an offset, a random term or strata, which a meta-analysis has not.',
      'Nothing was computed. Give columns, or a formula such as “year + factor(design)”.',
    );
  }
  const frame = formula ? modelFrame(table, formula, { factors, alsoUsed: used }) : null;
  const rows = frame ? frame.rows : completeRows(table, used);
  if (rows.length > mostEffects) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `There are ${rows.length.toLocaleString('en-GB')} effects: a meta-analysis lists each with its weight, and takes ${mostEffects.toLocaleString('en-GB')} at most.`,
      'Nothing was computed. Use a regression for data of single people.',
    );
  }
  const read =
    effects.kind === 'given'
      ? givenEffects(table, rows, effects)
      : computedEffects(table, rows, effects.measure, effects.columns);
  refuseFarApart(read.v, rows);
  const names = study === null ? null : studyNames(table, study, rows);
  return {
    ...read,
    labels: names ? names.labels : Array.from(rows, (row) => String(row + 1)),
    clusters: names && names.count < rows.length ? { codes: names.codes, count: names.count } : null,
    design: frame ? designMatrix(frame) : null,
    hasIntercept: formula === null || formula.intercept,
    excluded: table.rows - rows.length,
  };
}

function givenEffects(
  table: DataTable,
  rows: Int32Array,
  { yi, error, isVariance }: { readonly yi: string; readonly error: string; readonly isVariance: boolean },
): Pick<Studies, 'y' | 'v' | 'values' | 'corrected'> {
  const y = numbersIn(table, yi, rows);
  const given = numbersIn(table, error, rows);
  const v = isVariance ? given : given.map((se) => (se > 0 ? se * se : se));
  v.forEach((value, index) => {
    if (!(value > 0)) refuseVariance((rows[index] as number) + 1, isVariance ? 'variance' : 'standard error', value);
  });
  return { y: Float64Array.from(y), v: Float64Array.from(v), values: {}, corrected: 0 };
}

/** Beyond this ratio of variances the weight of one effect is lost in the rounding of another's. */
const widestRatio = 1e14;

function refuseFarApart(v: Float64Array, rows: Int32Array): void {
  let least = 0;
  let most = 0;
  v.forEach((value, index) => {
    if (value < (v[least] as number)) least = index;
    if (value > (v[most] as number)) most = index;
  });
  if ((v[most] as number) <= widestRatio * (v[least] as number)) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `The sampling variance in row ${(rows[least] as number) + 1} is ${v[least]}, that in row ${(rows[most] as number) + 1} is ${v[most]}: beside the one the other counts for nothing.`,
    'Nothing was computed. Correct the variances, or leave one of the studies out.',
    { row: (rows[least] as number) + 1 },
  );
}

function refuseVariance(row: number, what: string, value: number): never {
  throw new ExpectedError(
    'REFUSED_MODEL',
    `The sampling ${what} in row ${row} is ${value}, but an effect that is known exactly would outweigh all others.`,
    'Nothing was computed. Correct it, or leave it empty so that the row is left out and counted.',
    { row },
  );
}

function computedEffects(
  table: DataTable,
  rows: Int32Array,
  measure: Measure,
  columns: Readonly<Partial<Record<Role, string>>>,
): Pick<Studies, 'y' | 'v' | 'values' | 'corrected'> {
  const values: Partial<Record<Role, Float64Array>> = {};
  for (const [role, name] of Object.entries(columns)) values[role as Role] = numbersIn(table, name, rows);
  const y = new Float64Array(rows.length);
  const v = new Float64Array(rows.length);
  let corrected = 0;
  rows.forEach((row, index) => {
    const found = effectSize(measure, values, index);
    if ('problem' in found) {
      throw new ExpectedError(
        'BAD_COLUMN',
        `The study in row ${row + 1} ${found.problem}.`,
        'Nothing was computed. Correct it, or leave a value empty so that the row is left out and counted.',
        { row: row + 1 },
      );
    }
    if (!(found.vi > 0)) refuseVariance(row + 1, 'variance', found.vi);
    y[index] = found.yi;
    v[index] = found.vi;
    if (found.corrected) corrected += 1;
  });
  return { y, v, values, corrected };
}

function studyNames(
  table: DataTable,
  name: string,
  rows: Int32Array,
): { readonly labels: string[]; readonly codes: Int32Array; readonly count: number } {
  const column = table.columns.get(name);
  const { codes, levels } = categoriesIn(table, name, rows);
  refuseLargeStudy(codes, levels);
  const labels =
    column?.kind === 'numeric'
      ? Array.from(rows, (row) => levelOfNumber(column.values[row] as number))
      : Array.from(codes, (code) => levels[code] as string);
  return { labels, codes, count: levels.length };
}

function refuseLargeStudy(codes: Int32Array, levels: readonly string[]): void {
  const counts = new Int32Array(levels.length);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  const place = counts.findIndex((count) => count > mostEffectsOfStudy);
  if (place < 0) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `The study “${levels[place]}” has ${counts[place]} effects; robust errors take ${mostEffectsOfStudy} of one study at most.`,
    'Nothing was computed. Name the studies in another column, or pool the effects of each study first.',
  );
}
