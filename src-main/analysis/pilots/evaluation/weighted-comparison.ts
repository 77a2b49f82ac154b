import type { Column } from '#main/stats/data/table.ts';
import { quotedName } from '#main/stats/formula/syntax.ts';
import { iptw } from '#main/stats/procedures/iptw/iptw.ts';
import type { TermResult } from '#main/stats/procedures/term.ts';
import type { PilotBalance, PilotEstimate } from '#shared/domain/pilot-evaluation.ts';
import { categories, numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { offeredColumn, peopleFile } from './ancova.ts';
import { estimateOf } from './estimate.ts';
import { type Found, isKnown, orMissing, type PilotPerson } from './people.ts';

/** Whom the weights make the arms alike to: those offered the pilot, everybody, or those who might have been in either arm. */
export type WeightedTo = 'ATT' | 'ATE' | 'ATO';

const whom = {
  ATT: 'those offered the pilot',
  ATE: 'everybody',
  ATO: 'those who might as well have been in either arm (overlap weights)',
} as const;

export type WeightedFound = Found<PilotEstimate> & {
  readonly balance: readonly PilotBalance[];
  readonly excluded: number;
};

/**
 * Difference of two arms that chance did not make, weighted so that they are alike in what was measured before (inverse probability or overlap
 * weights), errors allowing for the weights having been estimated. People who lack a value are left out: filled in, they would hide what
 * they differ by.
 * @param values outcome of each person; null where missing
 * @throws ExpectedError REFUSED_MODEL
 */
export function weightedDifference(
  people: readonly PilotPerson[],
  baseline: readonly (number | null)[],
  values: readonly (number | null)[],
  to: WeightedTo,
): WeightedFound {
  const measured = measuredBefore(people, baseline);
  const table = tableOf(people.length, [numbers('followup', orMissing(values)), offeredColumn(people), ...measured]);
  const treatment = `offered ~ ${measured.map(({ name }) => quotedName(name)).join(' + ')}`;
  const found = runOn(iptw, { treatment, y: 'followup', estimand: to }, table, peopleFile);
  const method = `Difference weighted so that the arms are alike to ${whom[to]} in ${measured.length} things measured before, by a logistic propensity; errors allow for the weights having been estimated.`;
  return {
    estimate: estimateOf(found['effect'] as Omit<TermResult, 'term'>, method),
    balance: (found['balance'] as readonly PilotBalance[]).map(({ covariate, before, after }) => ({
      covariate,
      before,
      after,
    })),
    excluded: found.excluded,
    warnings: found.warnings,
    r: found.r,
  };
}

function measuredBefore(people: readonly PilotPerson[], baseline: readonly (number | null)[]): Column[] {
  const names = [...new Set(people.flatMap(({ covariates }) => Object.keys(covariates)))].sort();
  const strata = people.map(({ stratum }) => stratum);
  return [
    ...(new Set(baseline.filter(isKnown)).size < 2 ? [] : [numbers('baseline', orMissing(baseline))]),
    ...(new Set(strata.filter(isKnown)).size < 2 ? [] : [levels('stratum', strata)]),
    ...names.map((name) => {
      const values = people.map(({ covariates }) => covariates[name] ?? null);
      return values.every((value) => value === null || typeof value === 'number')
        ? numbers(name, orMissing(values))
        : levels(
            name,
            values.map((value) => (value === null ? null : String(value))),
          );
    }),
  ];
}

function levels(name: string, values: readonly (string | null)[]): Column {
  return categories(
    name,
    values.map((value) => value ?? 'not known'),
  );
}
