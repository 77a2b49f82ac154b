import { normalQuantile } from '#main/stats/distributions/normal.ts';
import { adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import { glm } from '#main/stats/procedures/glm/glm.ts';
import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from './model-table.ts';
import type { PersonGroup } from './tally.ts';

export type GroupRate = {
  readonly group: string;
  readonly spells: number;
  readonly fteYears: number;
  /** Spells that began per 100 full-time years in post, with its interval. */
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Against the reference, which has none. */
  readonly ratio: { readonly estimate: number; readonly low: number | null; readonly high: number | null } | null;
  readonly p: number | null;
  /** Adjusted over the groups by Holm. */
  readonly pHolm: number | null;
};

export type SpellRates = {
  readonly family: string;
  readonly reference: string | null;
  readonly theta: number | null;
  readonly clustered: boolean;
  readonly groups: readonly GroupRate[];
  readonly test: unknown;
  readonly warnings: readonly string[];
  readonly r: string;
};

const daysOfYear = { calendar: 365.25, working: (365.25 * 5) / 7 };
const mostGroups = 60;
const perYears = 100;

type Term = {
  readonly term: string;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
};
type Covariance = { readonly terms: readonly string[]; readonly values: readonly (readonly number[])[] } | null;

/**
 * Spells that began in the period by group: a negative binomial model of each person's number with the FTE days in post as offset.
 * Where people were in several groups one after the other, errors are clustered by person.
 *
 * @param shown groups that may be told apart
 * @returns null with the reason where there is nothing to model
 */
export function spellRates(
  persons: readonly PersonGroup[],
  shown: ReadonlySet<string>,
  wanted: string | null,
  days: 'calendar' | 'working',
): SpellRates | { readonly none: string } {
  const sums = sumsByGroup(persons, shown, daysOfYear[days]);
  const modelled = sums.filter(({ spells, fteYears }) => spells > 0 && fteYears > 0);
  if (modelled.length === 0) return { none: 'No spell began in a group that may be shown, so there are no rates.' };
  if (modelled.length > mostGroups) {
    return { none: `The model of rates is left out: ${modelled.length} groups are too many to compare.` };
  }
  const largest = modelled.reduce((most, group) => (group.fteYears > most.fteYears ? group : most));
  const reference = modelled.find(({ group }) => group === wanted)?.group ?? largest.group;
  const names = new Set(modelled.map(({ group }) => group));
  const rows = persons.filter(({ group, availableFte }) => names.has(group) && availableFte > 0);
  const clustered = new Set(rows.map(({ member }) => member)).size < rows.length;
  const left = sums.filter(({ group }) => !names.has(group)).map(({ group }) => group);
  try {
    const found = fitRates(rows, { reference, several: names.size > 1, clustered, years: daysOfYear[days] });
    return {
      family: String(found['family']),
      reference: names.size > 1 ? reference : null,
      theta: (found['fit'] as { readonly theta?: number | null }).theta ?? null,
      clustered,
      groups: ratesOf(found, sums, reference),
      test: clustered ? null : (found['likelihoodRatio'] ?? null),
      warnings: [
        ...found.warnings,
        ...(wanted !== null && reference !== wanted
          ? [`There is no group “${wanted}” to compare with; “${reference}” is used.`]
          : []),
        ...(left.length > 0 ? [`No spell began in ${left.join(', ')}: the rate there is 0 and has no ratio.`] : []),
      ],
      r: found.r,
    };
  } catch (error) {
    if (error instanceof ExpectedError) return { none: `The model of rates was refused: ${error.message}` };
    throw error;
  }
}

type GroupSum = { readonly group: string; spells: number; fteYears: number };

function sumsByGroup(persons: readonly PersonGroup[], shown: ReadonlySet<string>, year: number): GroupSum[] {
  const sums = new Map<string, GroupSum>();
  for (const { group, started, availableFte } of persons) {
    if (!shown.has(group)) continue;
    const sum = sums.get(group) ?? { group, spells: 0, fteYears: 0 };
    sum.spells += started;
    sum.fteYears += availableFte / year;
    sums.set(group, sum);
  }
  return [...sums.values()].sort((a, b) => (a.group < b.group ? -1 : 1));
}

function fitRates(
  rows: readonly PersonGroup[],
  options: {
    readonly reference: string;
    readonly several: boolean;
    readonly clustered: boolean;
    readonly years: number;
  },
): ProcedureResult {
  const { reference, several, clustered, years } = options;
  const spec = {
    formula: `spells ~ ${several ? 'group' : '1'} + offset(log(years))`,
    family: 'negative-binomial',
    ...(several ? { factors: { group: [reference] } } : {}),
    ...(clustered ? { robust: 'CR1', cluster: 'person' } : {}),
  };
  const table = tableOf(rows.length, [
    numbers(
      'person',
      rows.map(({ member }) => member),
    ),
    numbers(
      'spells',
      rows.map(({ started }) => started),
    ),
    numbers(
      'years',
      rows.map(({ availableFte }) => availableFte / years),
    ),
    categories(
      'group',
      rows.map(({ group }) => group),
    ),
  ]);
  return runOn(glm, spec, table, 'persons.csv');
}

function ratesOf(found: ProcedureResult, sums: readonly GroupSum[], reference: string): GroupRate[] {
  const terms = new Map((found['terms'] as readonly Term[]).map((term) => [term.term, term]));
  const intercept = terms.get('(Intercept)');
  const tested = sums.flatMap(({ group }) => terms.get(`group${group}`) ?? []);
  const adjusted = holmOf(tested);
  return sums.map(({ group, spells, fteYears }) => {
    const term = group === reference ? undefined : terms.get(`group${group}`);
    const known = group === reference ? intercept : term;
    const log = known && intercept ? logRate(found['covariance'] as Covariance, intercept, term) : null;
    return {
      group,
      spells,
      fteYears,
      rate: log === null ? (spells === 0 && fteYears > 0 ? 0 : null) : perYears * Math.exp(log.estimate),
      low: log?.se == null ? null : perYears * Math.exp(log.estimate - normalQuantile(0.975) * log.se),
      high: log?.se == null ? null : perYears * Math.exp(log.estimate + normalQuantile(0.975) * log.se),
      ratio: term && term.estimate !== null ? ratioOf(term.estimate, term) : null,
      p: term?.p ?? null,
      pHolm: term ? (adjusted.get(term.term) ?? null) : null,
    };
  });
}

function holmOf(terms: readonly Term[]): Map<string, number> {
  const known = terms.flatMap(({ term, p }) => (p === null ? [] : [{ term, p }]));
  const adjusted = adjustP(
    known.map(({ p }) => p),
    'holm',
  );
  return new Map(known.map(({ term }, at) => [term, adjusted[at] ?? Number.NaN]));
}

function ratioOf(estimate: number, { low, high }: Term): GroupRate['ratio'] {
  const back = (value: number | null): number | null => (value === null ? null : Math.exp(value));
  return { estimate: Math.exp(estimate), low: back(low), high: back(high) };
}

/** Log rate of a group and its error: the intercept and, but for the reference, the group's term. */
function logRate(covariance: Covariance, intercept: Term, term: Term | undefined) {
  const estimate = (intercept.estimate ?? Number.NaN) + (term ? (term.estimate ?? Number.NaN) : 0);
  const first = covariance?.terms.indexOf('(Intercept)') ?? -1;
  const second = term ? (covariance?.terms.indexOf(term.term) ?? -1) : first;
  const at = (i: number, j: number): number => covariance?.values[i]?.[j] ?? Number.NaN;
  const variance = term ? at(first, first) + at(second, second) + 2 * at(first, second) : at(first, first);
  return Number.isFinite(estimate) ? { estimate, se: variance >= 0 ? Math.sqrt(variance) : null } : null;
}
