import { z } from 'zod';
import type { Matrix } from '../../linear-algebra/matrix.ts';
import { columnSpec, commonSpec } from '../common-spec.ts';

const vectorSpec = z.array(z.number()).min(2).max(1_000_000);
const rowsSpec = z.array(z.array(z.number()).min(1).max(1_000)).min(2).max(100_000);
const matricesSpec = z
  .array(z.array(z.array(z.number()).min(1).max(1_000)).min(1).max(1_000))
  .min(2)
  .max(100_000);
export const poolSchema = z.strictObject({
  ...commonSpec,
  /** One an imputed data set; of several parameters, a list of them each; or the column that holds them. */
  estimates: z.union([columnSpec, vectorSpec, rowsSpec]),
  /** Their squared standard errors in the same form; of several parameters, covariance matrices as well. */
  variances: z.union([columnSpec, vectorSpec, rowsSpec, matricesSpec]),
  /** Degrees of freedom of the analysis without missing values; large where left out. */
  dfComplete: z.union([z.number().positive(), z.null()]).optional(),
  /** Names of several parameters. */
  names: z.array(z.string().min(1)).min(1).max(1_000).optional(),
  /** Column that says which parameter a row of estimates is of. */
  by: columnSpec.optional(),
  /** Parameters that are jointly tested to be 0: all unless given. */
  tested: z.array(z.string().min(1)).min(1).optional(),
});
export type PoolSpec = z.output<typeof poolSchema>;

export type Imputations = {
  readonly names: readonly string[];
  /** By parameter. */
  readonly estimates: readonly Float64Array[];
  readonly variances: readonly Float64Array[];
  /** By imputation; null where only variances are given. */
  readonly covariances: readonly Matrix[] | null;
  readonly excluded: number;
};
