import { z } from 'zod';
import type { FamilyName, Link } from '../../regression/families.ts';
import { columnSpec, commonSpec, formulaSpec } from '../common-spec.ts';

export const familyNames = [
  'gaussian',
  'binomial',
  'poisson',
  'quasipoisson',
  'quasibinomial',
  'negative-binomial',
  'gamma',
] as const;
export type GlmFamilyName = (typeof familyNames)[number];

export const robustTypes = ['HC0', 'HC1', 'HC2', 'HC3', 'CR1', 'CR2'] as const;
export type RobustType = (typeof robustTypes)[number];

/** Links of each family, its usual one first. */
export const linksOfFamily: Readonly<Record<FamilyName, readonly Link[]>> = {
  gaussian: ['identity', 'log', 'inverse'],
  binomial: ['logit', 'probit', 'cloglog', 'cauchit', 'log', 'identity'],
  poisson: ['log', 'identity', 'sqrt'],
  'negative-binomial': ['log', 'identity', 'sqrt'],
  gamma: ['inverse', 'log', 'identity'],
};

/** The distribution behind a family: quasi-families share it, but estimate the dispersion. */
export function distributionOf(family: GlmFamilyName): FamilyName {
  if (family === 'quasibinomial') return 'binomial';
  return family === 'quasipoisson' ? 'poisson' : family;
}

export const glmSchema = z
  .strictObject({
    ...commonSpec,
    formula: formulaSpec,
    family: z.enum(familyNames).default('gaussian'),
    link: z.enum(['identity', 'log', 'logit', 'probit', 'cloglog', 'cauchit', 'inverse', 'sqrt']).optional(),
    /** Column of prior weights: numbers of trials where the response is a proportion. */
    weights: columnSpec.optional(),
    /** Errors that hold under heteroscedasticity (HC) or dependence within the groups of `cluster` (CR). */
    robust: z.enum(robustTypes).optional(),
    cluster: columnSpec.optional(),
    /** Firth's penalised likelihood, for logistic regression. */
    firth: z.boolean().default(false),
    /** Limits; profile is the default with `firth`, Wald otherwise. */
    interval: z.enum(['wald', 'profile']).optional(),
    /** Refits without each term, for likelihood ratio tests. */
    dropOne: z.boolean().default(false),
  })
  .superRefine((spec, context) => {
    const refuse = (key: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [key], message });
    };
    const allowed = linksOfFamily[distributionOf(spec.family)];
    if (spec.link !== undefined && !allowed.includes(spec.link)) {
      refuse('link', `the ${spec.family} family takes ${allowed.join(', ')}`);
    }
    const clustered = spec.robust?.startsWith('CR') === true;
    if (clustered && spec.cluster === undefined) refuse('cluster', `${spec.robust} needs the column of the clusters`);
    if (spec.robust !== undefined && !clustered && spec.cluster !== undefined) {
      refuse('robust', 'a cluster goes with CR1 or CR2');
    }
    if (!spec.firth) return;
    if (spec.family !== 'binomial' || (spec.link ?? 'logit') !== 'logit') {
      refuse('firth', 'Firth’s penalty is for the binomial family with the logit link');
    }
    if (spec.robust !== undefined || spec.cluster !== undefined) {
      refuse('firth', 'robust errors and Firth’s penalty do not go together');
    }
  });
export type GlmSpec = z.output<typeof glmSchema>;

/** CR2 where a cluster is named without a choice. */
export function robustOf(spec: GlmSpec): RobustType | null {
  return spec.robust ?? (spec.cluster === undefined ? null : 'CR2');
}

export function linkOf(spec: GlmSpec): Link {
  return spec.link ?? (linksOfFamily[distributionOf(spec.family)][0] as Link);
}
