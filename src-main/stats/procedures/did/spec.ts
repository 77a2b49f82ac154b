import { z } from 'zod';
import { columnSpec, commonSpec } from '../common-spec.ts';
import { covariatesSpec } from '../shared/covariate-terms.ts';

export const didSchema = z.strictObject({
  ...commonSpec,
  y: columnSpec,
  unit: columnSpec.optional(),
  time: columnSpec.optional(),
  /** First treated time of each unit; empty or 0 for units never treated. */
  treatedFrom: columnSpec.optional(),
  /** 1 for rows of the treated group, else 0: for 2x2 without units. */
  treated: columnSpec.optional(),
  /** 1 for rows after the start, else 0: for 2x2 without units. */
  post: columnSpec.optional(),
  method: z.enum(['2x2', 'twfe', 'event-study', 'group-time']).optional(),
  cluster: columnSpec.optional(),
  covariates: covariatesSpec,
  /** Errors of 2x2 without clusters; `none` for plain least squares. */
  robust: z.enum(['HC0', 'HC1', 'HC2', 'HC3', 'none']).optional(),
  /** Whom group-time compares with. */
  comparison: z.enum(['never', 'not-yet']).default('never'),
  /** Which average of group-time effects is `att`. */
  aggregate: z.enum(['simple', 'group', 'dynamic', 'calendar']).default('simple'),
  /** Counts the units' own effects among the parameters of CR1, as a regression with a dummy for each unit does. */
  countUnits: z.boolean().default(false),
});
export type DidSpec = z.output<typeof didSchema>;

export type DidMethod = NonNullable<DidSpec['method']>;
