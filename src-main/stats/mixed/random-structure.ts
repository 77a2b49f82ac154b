import { ExpectedError } from '#shared/domain/result.ts';
import { categoriesIn } from '../data/table.ts';
import { designOf } from '../formula/design.ts';
import type { RandomTerm, TermList } from '../formula/formula.ts';
import type { ModelFrame } from '../formula/model-frame.ts';
import { columnsOf } from '../formula/syntax.ts';
import type { Matrix } from '../linear-algebra/matrix.ts';
import { combineCategories } from './combine-categories.ts';

/** The groups that rows fall into. */
export type GroupingFactor = {
  readonly label: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
};

/** Effects that vary together between the groups of a factor. */
export type RandomEffects = {
  /** The factor's label, numbered where it has several terms, as lme4 does: Subject, Subject.1. */
  readonly name: string;
  /** Place in `factors`. */
  readonly factor: number;
  readonly effects: readonly string[];
  /** n × the number of effects. */
  readonly columns: Matrix;
};

/** Factors by falling number of groups: the smaller ones are eliminated first. Terms in lme4's order. */
export type RandomStructure = {
  readonly factors: readonly GroupingFactor[];
  readonly terms: readonly RandomEffects[];
};

/**
 * The random terms of a formula over its rows.
 * @throws ExpectedError REFUSED_MODEL for a factor with one group, or as many random effects as rows, as lme4 refuses them.
 */
export function randomStructure(frame: ModelFrame): RandomStructure {
  const written = frame.formula.random.flatMap(separated);
  const labels = [...new Set(written.map(({ groupLabel }) => groupLabel))];
  const found = labels.map((label) => factorOf(frame, written.find((term) => term.groupLabel === label) as RandomTerm));
  for (const factor of found) refuseGroups(factor, frame.n);
  const factors = [...found].sort((a, b) => b.levels.length - a.levels.length);
  const counts = written.map(({ groupLabel }) => found[labels.indexOf(groupLabel)]?.levels.length ?? 0);
  const used = new Map<string, number>();
  const terms = termOrder(counts).map((place): RandomEffects => {
    const { effects, groupLabel } = written[place] as RandomTerm;
    const design = designOf(effects, effects.variables.map(frame.evaluate), frame.n);
    const times = used.get(groupLabel) ?? 0;
    used.set(groupLabel, times + 1);
    const groups = counts[place] as number;
    refuseTooMany(groups * design.names.length, frame.n, groupLabel);
    return {
      name: times === 0 ? groupLabel : `${groupLabel}.${times}`,
      factor: factors.findIndex((factor) => factor.label === groupLabel),
      effects: design.names,
      columns: design.matrix,
    };
  });
  return { factors, terms };
}

/** (1 + x + f || id) is (1 | id) + (0 + x | id) + (0 + f | id); the levels of a factor still correlate, as in lme4. */
function separated(term: RandomTerm): RandomTerm[] {
  if (!term.uncorrelated) return [term];
  const alone = (part: Partial<TermList>): RandomTerm => ({
    ...term,
    uncorrelated: false,
    effects: { variables: term.effects.variables, intercept: false, terms: [], ...part },
  });
  return [
    ...(term.effects.intercept ? [alone({ intercept: true })] : []),
    ...term.effects.terms.map((effect) => alone({ terms: [effect] })),
  ];
}

/** lme4's order: as written where the numbers of groups do not rise, else by falling number, later ones of equals first. */
function termOrder(counts: readonly number[]): number[] {
  const order = counts.map((_count, place) => place);
  if (!counts.some((count, place) => place > 0 && count > (counts[place - 1] as number))) return order;
  return order.sort((a, b) => (counts[a] as number) - (counts[b] as number) || a - b).reverse();
}

function factorOf(frame: ModelFrame, term: RandomTerm): GroupingFactor {
  const parts = term.group.flatMap(columnsOf).map((name) => categoriesIn(frame.table, name, frame.rows));
  const { codes, levels } = combineCategories(parts);
  return { label: term.groupLabel, codes, levels };
}

function refuseGroups({ label, levels }: GroupingFactor, n: number): void {
  if (levels.length < 2) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${label}” has only one group, “${levels[0] ?? ''}”, so nothing can vary between groups.`,
      'Nothing was computed. Use a grouping column with at least two values, or leave the random term out.',
      { column: label },
    );
  }
  if (levels.length >= n) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${label}” has as many groups (${levels.length.toLocaleString('en-GB')}) as there are rows, so the variance between groups cannot be told from the residual variance.`,
      'Nothing was computed. Group by a column whose values repeat.',
      { column: label },
    );
  }
}

function refuseTooMany(effects: number, n: number, label: string): void {
  if (effects < n) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `The random term by “${label}” has ${effects.toLocaleString('en-GB')} random effects for ${n.toLocaleString('en-GB')} rows, so they cannot be told from the residuals.`,
    'Nothing was computed. Use fewer effects in the random term.',
    { column: label },
  );
}
