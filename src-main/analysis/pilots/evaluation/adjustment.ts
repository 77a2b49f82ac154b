import type { Column } from '#main/stats/data/table.ts';
import { quotedName } from '#main/stats/formula/syntax.ts';
import { mean } from '#main/stats/numeric/sums.ts';
import { categories, numbers } from '../../absence/model-table.ts';
import { isKnown, orMissing, type PilotPerson } from './people.ts';

/** What an estimate is adjusted for: a column for each part, and the terms of a formula that name them. */
export type Adjustment = {
  readonly columns: readonly Column[];
  readonly terms: readonly string[];
  /** `the score at baseline, stratum and 2 covariates`. */
  readonly words: string;
};

/**
 * Baseline, stratum and covariates, known before anybody was allocated. Where one is not known the mean of the others stands, with a mark that
 * it is so, so that nobody with a follow-up is left out (White and Thompson 2005, Statistics in Medicine 24:993). For allocation by chance only.
 */
export function adjustmentFor(people: readonly PilotPerson[], baseline: readonly (number | null)[]): Adjustment {
  const names = [...new Set(people.flatMap(({ covariates }) => Object.keys(covariates)))].sort();
  const parts = [
    ...numbersWithMark('baseline', baseline),
    ...levelsOf(
      'stratum',
      people.map(({ stratum }) => stratum),
    ),
    ...names.flatMap((name) =>
      covariateColumns(
        name,
        people.map(({ covariates }) => covariates[name] ?? null),
      ),
    ),
  ];
  const said = [
    ...(baseline.some(isKnown) ? ['the score at baseline'] : []),
    ...(parts.some(({ name }) => name === 'stratum') ? ['stratum'] : []),
    ...names,
  ];
  return {
    columns: parts,
    terms: parts.map(({ name }) => quotedName(name)),
    words: said.length === 0 ? 'nothing' : new Intl.ListFormat('en-GB').format(said),
  };
}

function covariateColumns(name: string, values: readonly (number | string | null)[]): Column[] {
  const known = values.filter(isKnown);
  return known.every((value) => typeof value === 'number')
    ? numbersWithMark(`x ${name}`, values as readonly (number | null)[])
    : levelsOf(
        `x ${name}`,
        values.map((value) => (value === null ? null : String(value))),
      );
}

function numbersWithMark(name: string, values: readonly (number | null)[]): Column[] {
  const known = values.filter(isKnown);
  if (new Set(known).size < 2) return [];
  const filled = mean(Float64Array.from(known));
  const column = numbers(name, orMissing(values.map((value) => value ?? filled)));
  if (known.length === values.length) return [column];
  return [
    column,
    numbers(
      `${name} missing`,
      values.map((value) => (value === null ? 1 : 0)),
    ),
  ];
}

function levelsOf(name: string, values: readonly (string | null)[]): Column[] {
  const known = values.map((value) => value ?? 'not known');
  return new Set(known).size < 2 ? [] : [categories(name, known)];
}
