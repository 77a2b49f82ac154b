import type { Tolerance } from './compare.ts';
import type { Inputs } from './run-procedure.ts';

/** A seeded data set that R is asked about live: its own script is run in R and must find the same numbers. */
export type LiveCase = Inputs & {
  readonly name: string;
  readonly tolerance: Tolerance;
  /** Size below which a number counts as rounding; 1e-12 unless said otherwise. */
  readonly floor?: number;
};

/** Estimates and standard errors of closed-form and GLM-type procedures. */
export const closedForm: Tolerance = { default: 1e-8, p: 1e-6, low: 1e-7, high: 1e-7 };

/** Iterative ones with a likelihood. */
export const iterative: Tolerance = { default: 1e-6 };
