import { formulaError, parseSides } from './parse.ts';
import { columnsOf, type Expression, label } from './syntax.ts';

/** A product of variables, by their places in `variables`, rising; of a single one, a main effect. */
export type Term = readonly number[];

/** What stands on the right of ~ (or left of | in a random term): terms in R's order, by degree, then as they come. */
export type TermList = {
  readonly variables: readonly Expression[];
  readonly intercept: boolean;
  readonly terms: readonly Term[];
};

/** (x | a/b) gives one of these for b:a and one for a. */
export type RandomTerm = {
  readonly effects: TermList;
  /** The columns whose combinations are the groups. */
  readonly group: readonly Expression[];
  readonly groupLabel: string;
  /** (x || id): the effects do not correlate. */
  readonly uncorrelated: boolean;
  readonly at: number;
};

export type Formula = TermList & {
  readonly text: string;
  readonly response: Expression | null;
  readonly offsets: readonly Expression[];
  readonly random: readonly RandomTerm[];
  readonly strata: readonly Expression[];
  readonly cluster: Expression | null;
};

type Part = { readonly terms: readonly (readonly Expression[])[]; readonly intercept: boolean | null };

type Collected = {
  readonly text: string;
  readonly offsets: Expression[];
  readonly random: RandomTerm[];
  readonly strata: Expression[];
  readonly clusters: Expression[];
  /** Random and special terms stand on the outermost level only. */
  readonly outermost: boolean;
};

const mostTerms = 2_000;

/**
 * Reads a formula in the notation of Wilkinson and Rogers (1973, Applied Statistics 22:392) as R extends it: `+ - * : ^ / %in%`,
 * `offset()`, `I()`, functions of columns, `strata()`, `cluster()`, `(x | id)`.
 * @throws ExpectedError BAD_SPEC that points at the place.
 */
export function parseFormula(text: string): Formula {
  const sides = parseSides(text);
  const collected: Collected = { text, offsets: [], random: [], strata: [], clusters: [], outermost: true };
  const part = expand(sides.right, collected);
  const list = termList(part, sides.left);
  const [cluster = null, second] = collected.clusters;
  if (second) throw formulaError(text, second.at, 'there is a second cluster()');
  return {
    ...list,
    text,
    response: sides.left,
    offsets: collected.offsets,
    random: collected.random,
    strata: collected.strata,
    cluster,
  };
}

/** Columns of the data that a formula uses. */
export function columnsOfFormula(formula: Formula): string[] {
  const expressions = [
    ...(formula.response ? [formula.response] : []),
    ...formula.variables,
    ...formula.offsets,
    ...formula.strata,
    ...(formula.cluster ? [formula.cluster] : []),
    ...formula.random.flatMap((term) => [...term.effects.variables, ...term.group]),
  ];
  return [...new Set(expressions.flatMap(columnsOf))];
}

/** The label of a term: its variables joined by colons. */
export function termLabel(list: TermList, term: Term): string {
  return term.map((variable) => label(list.variables[variable] as Expression)).join(':');
}

function sameTerm(a: readonly Expression[], b: readonly Expression[]): boolean {
  return a.length === b.length && a.every((variable) => b.some((other) => label(other) === label(variable)));
}

function union(a: Part['terms'], b: Part['terms']): Part['terms'] {
  const result = [...a];
  for (const term of b) if (!result.some((other) => sameTerm(other, term))) result.push(term);
  return result;
}

function product(a: readonly Expression[], b: readonly Expression[]): readonly Expression[] {
  return [...a, ...b.filter((variable) => !a.some((other) => label(other) === label(variable)))];
}

function expand(expression: Expression, into: Collected): Part {
  switch (expression.kind) {
    case 'number':
      if (expression.value === 0) return { terms: [], intercept: false };
      if (expression.value === 1) return { terms: [], intercept: true };
      throw formulaError(into.text, expression.at, 'a number here can only be 1 or 0, for the intercept');
    case 'name':
      return { terms: [[expression]], intercept: null };
    case 'group':
      return expandGroup(expression.inner, into);
    case 'call':
      return expandCall(expression, into);
    case 'unary':
      if (expression.operator === '+') return expand(expression.operand, into);
      return remove({ terms: [], intercept: null }, expand(expression.operand, { ...into, outermost: false }));
    case 'binary':
      return expandBinary(expression, into);
  }
}

function expandGroup(inner: Expression, into: Collected): Part {
  if (inner.kind === 'binary' && (inner.operator === '|' || inner.operator === '||')) {
    if (!into.outermost)
      throw formulaError(into.text, inner.at, 'a random term (… | …) can only be added to the others');
    into.random.push(...randomTerms(inner, into.text));
    return { terms: [], intercept: null };
  }
  return expand(inner, into);
}

function expandCall(call: Expression & { readonly kind: 'call' }, into: Collected): Part {
  const special = { offset: into.offsets, strata: into.strata, cluster: into.clusters }[call.name];
  if (!special) return { terms: [[call]], intercept: null };
  if (!into.outermost) throw formulaError(into.text, call.at, `${call.name}() can only be added to the other terms`);
  if (call.name !== 'strata' && call.arguments.length > 1) {
    throw formulaError(into.text, call.at, `${call.name}() takes one column`);
  }
  special.push(...call.arguments);
  return { terms: [], intercept: null };
}

function remove(from: Part, what: Part): Part {
  const intercept = what.intercept === null ? from.intercept : !what.intercept;
  return { terms: from.terms.filter((term) => !what.terms.some((other) => sameTerm(other, term))), intercept };
}

function expandBinary(expression: Expression & { readonly kind: 'binary' }, into: Collected): Part {
  const { operator, left, right, at } = expression;
  if (operator === '+') {
    const a = expand(left, into);
    const b = expand(right, into);
    return { terms: union(a.terms, b.terms), intercept: b.intercept ?? a.intercept };
  }
  if (operator === '-') return remove(expand(left, into), expand(right, { ...into, outermost: false }));
  const inside: Collected = { ...into, outermost: false };
  if (operator === '^') {
    if (right.kind !== 'number' || !Number.isInteger(right.value) || right.value < 1 || right.value > 10) {
      throw formulaError(
        into.text,
        at,
        'a power of terms is a whole number from 1 to 10; for the square of a column write I(x^2)',
      );
    }
    const base = expand(left, inside);
    let terms = base.terms;
    for (let power = 1; power < right.value; power += 1) terms = crossed(terms, base.terms, true, into.text, at);
    return { ...base, terms };
  }
  const a = expand(left, inside);
  const b = expand(right, inside);
  switch (operator) {
    case '*':
      return {
        terms: union(union(a.terms, b.terms), crossed(a.terms, b.terms, false, into.text, at)),
        intercept: b.intercept ?? a.intercept,
      };
    case ':':
    case '%in%':
      return { terms: crossed(a.terms, b.terms, false, into.text, at), intercept: null };
    case '/': {
      const all = a.terms.reduce<readonly Expression[]>(product, []);
      return { terms: union(a.terms, crossed([all], b.terms, false, into.text, at)), intercept: a.intercept };
    }
    default:
      throw formulaError(
        into.text,
        at,
        `“${operator}” has no meaning between terms; a random term needs parentheses: (1|id)`,
      );
  }
}

function crossed(a: Part['terms'], b: Part['terms'], keep: boolean, text: string, at: number): Part['terms'] {
  let result: Part['terms'] = keep ? a : [];
  if (a.length * b.length > mostTerms) throw formulaError(text, at, 'it makes more than 2,000 terms');
  for (const left of a) for (const right of b) result = union(result, [product(left, right)]);
  return result;
}

function termList(part: Part, response: Expression | null): TermList {
  const variables: Expression[] = [];
  const placeOf = (variable: Expression): number => {
    const found = variables.findIndex((other) => label(other) === label(variable));
    if (found >= 0) return found;
    variables.push(variable);
    return variables.length - 1;
  };
  const responseLabel = response === null ? null : label(response);
  const terms = part.terms
    .filter((term) => term.length !== 1 || label(term[0] as Expression) !== responseLabel)
    .map((term) => term.map(placeOf).sort((x, y) => x - y));
  // Sorting is stable: terms of one degree stay as they were written.
  terms.sort((x, y) => x.length - y.length);
  return { variables, intercept: part.intercept ?? true, terms };
}

function randomTerms(bar: Expression & { readonly kind: 'binary' }, text: string): RandomTerm[] {
  const nothing: Collected = { text, offsets: [], random: [], strata: [], clusters: [], outermost: false };
  const effects = termList(expand(bar.left, nothing), null);
  if (!effects.intercept && effects.terms.length === 0)
    throw formulaError(text, bar.at, 'the random term has no effect');
  return groupings(bar.right, text).map(({ group, groupLabel }) => ({
    effects,
    group,
    groupLabel,
    uncorrelated: bar.operator === '||',
    at: bar.at,
  }));
}

type Grouping = Pick<RandomTerm, 'group' | 'groupLabel'>;

/** a/b is b:a and a, in lme4's order and with its names (a/b/c begins with c:(b:a)); a:b is one grouping by both. */
function groupings(expression: Expression, text: string): Grouping[] {
  if (expression.kind === 'group') return groupings(expression.inner, text);
  if (expression.kind === 'name') return [{ group: [expression], groupLabel: label(expression) }];
  if (expression.kind === 'call' && expression.name === 'factor' && expression.arguments.length === 1) {
    return groupings(expression.arguments[0] as Expression, text);
  }
  if (expression.kind === 'binary' && expression.operator === ':') {
    const [left] = groupings(expression.left, text);
    const [right] = groupings(expression.right, text);
    return left && right ? [together(left, right, false)] : [];
  }
  if (expression.kind === 'binary' && expression.operator === '/') {
    const left = groupings(expression.left, text);
    const right = groupings(expression.right, text);
    const [outer] = left;
    return outer ? [...right.map((inner) => together(inner, outer, true)), ...left] : [];
  }
  throw formulaError(text, expression.at, 'a group is a column, a:b or a/b');
}

function together(a: Grouping, b: Grouping, parentheses: boolean): Grouping {
  const name = ({ group, groupLabel }: Grouping): string =>
    parentheses && group.length > 1 ? `(${groupLabel})` : groupLabel;
  return { group: [...a.group, ...b.group], groupLabel: `${name(a)}:${name(b)}` };
}
