import { z } from 'zod';
import { columnSpec, commonSpec, formulaSpec, seedSpec } from '../common-spec.ts';

const lambdaSpec = z.number().min(0);

export const ridgeSchema = z
  .strictObject({
    ...commonSpec,
    formula: formulaSpec,
    family: z.enum(['gaussian', 'binomial', 'poisson']).default('gaussian'),
    /** 0 ridge, 1 lasso, between them the elastic net. */
    alpha: z.number().min(0).max(1).default(0),
    /** One penalty, or several to choose from by cross-validation (without folds: a path). */
    lambda: z.union([lambdaSpec, z.array(lambdaSpec).min(1).max(10_000)]).optional(),
    /** Number of folds; 10 where nothing says which lambda. */
    folds: z.number().int().min(3).max(1_000_000).optional(),
    /** Column that says which fold a row is in. */
    foldid: columnSpec.optional(),
    seed: seedSpec.default(1),
    /** Column of prior weights: numbers of trials where the response is a proportion. */
    weights: columnSpec.optional(),
    /** Divide predictors by their standard deviations (divisor n) before they are penalised. */
    standardise: z.boolean().default(true),
    /** Which lambda of the cross-validation the terms are of. */
    choose: z.enum(['min', '1se']).default('min'),
  })
  .superRefine((spec, context) => {
    if (spec.folds === undefined || spec.foldid === undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['folds'],
      message: 'give the number of folds or their column, not both',
    });
  });
export type RidgeSpec = z.output<typeof ridgeSchema>;
