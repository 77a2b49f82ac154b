import { z } from 'zod';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { measures, type Role, roles, rolesOfMeasure } from '../../meta-analysis/effect-sizes.ts';
import { heterogeneityMethods } from '../../meta-analysis/heterogeneity.ts';
import { columnSpec, commonSpec } from '../common-spec.ts';

const roleSpec = Object.fromEntries(roles.map((role) => [role, columnSpec.optional()])) as Record<
  Role,
  z.ZodOptional<typeof columnSpec>
>;

export const metaSchema = z.strictObject({
  ...commonSpec,
  /** Columns of effects and of their sampling variances; `sei` of standard errors instead. */
  yi: columnSpec.optional(),
  vi: columnSpec.optional(),
  sei: columnSpec.optional(),
  /** Effects to be computed from columns that `ai`, `n1i` and the other roles name, by default columns of those names. */
  measure: z.enum(measures).optional(),
  ...roleSpec,
  /** REML unless given; for PLO a binomial mixed model by ML. */
  method: z.enum([...heterogeneityMethods, 'CE']).optional(),
  test: z.enum(['z', 'knha']).default('z'),
  /** Right-hand side of a formula, or columns. */
  moderators: z.union([z.string().min(1), z.array(columnSpec).min(1).max(100)]).optional(),
  /** Column that names the studies; a study with several effects gets cluster-robust errors. */
  study: columnSpec.optional(),
});
export type MetaSpec = z.output<typeof metaSchema>;

/** Where yi and vi come from. */
export type EffectSource =
  | { readonly kind: 'given'; readonly yi: string; readonly error: string; readonly isVariance: boolean }
  | { readonly kind: 'measure' };

export function effectSource(spec: MetaSpec): EffectSource {
  if (spec.measure && spec.yi === undefined) return { kind: 'measure' };
  return spec.sei !== undefined && spec.vi === undefined
    ? { kind: 'given', yi: spec.yi ?? 'yi', error: spec.sei, isVariance: false }
    : { kind: 'given', yi: spec.yi ?? 'yi', error: spec.vi ?? 'vi', isVariance: true };
}

/** Columns by role; of roles that can stand for each other, the one that the spec names, else the one that the data have. */
export function roleColumns(spec: MetaSpec, exists: (column: string) => boolean): Partial<Record<Role, string>> {
  const found: Partial<Record<Role, string>> = {};
  if (!spec.measure) return found;
  for (const either of rolesOfMeasure[spec.measure]) {
    const role =
      either.find((name) => spec[name] !== undefined) ?? either.find((name) => exists(name)) ?? (either[0] as Role);
    found[role] = spec[role] ?? role;
  }
  return found;
}

const plainName = /^[\p{L}.][\p{L}\p{N}._]*$/u;
const expression = /[()*:^+~|]/;

/** The moderators as the right-hand side of a formula; null without any. */
export function moderatorFormula(spec: MetaSpec): string | null {
  const { moderators } = spec;
  if (moderators === undefined) return null;
  if (typeof moderators === 'string') return moderators.replace(/^\s*~/, '');
  return moderators.map((name) => (plainName.test(name) || expression.test(name) ? name : `\`${name}\``)).join(' + ');
}

export function metaColumns(spec: MetaSpec): string[] {
  const source = effectSource(spec);
  const effects =
    source.kind === 'given'
      ? [source.yi, source.error]
      : rolesOfMeasure[spec.measure as NonNullable<MetaSpec['measure']>].flatMap((either) =>
          either.flatMap((role) => [spec[role] ?? role]),
        );
  const formula = moderatorFormula(spec);
  return [
    ...effects,
    ...(formula === null ? [] : columnsOfFormula(parseFormula(`~ ${formula}`))),
    ...(spec.study === undefined ? [] : [spec.study]),
  ];
}
