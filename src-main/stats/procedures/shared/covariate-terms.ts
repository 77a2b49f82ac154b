import { z } from 'zod';
import { quotedName } from '../../formula/syntax.ts';
import { columnSpec } from '../common-spec.ts';

const calls = /^(log|log2|log10|log1p|exp|sqrt|abs|I|factor|as\.factor)\(.*\)$/;

/** A response as a formula writes it: the name of a column, or a function of one such as `log(count)`. */
export function responseText(y: string): string {
  return calls.test(y) ? y : quotedName(y);
}

/** Covariates as the right side of a formula: each the name of a column or a term such as `factor(month)` or `a:b`. */
export function covariateText(covariates: readonly string[]): string {
  return covariates.map((item) => (/[()*^:`]/.test(item) ? item : quotedName(item))).join(' + ');
}

/** A list of covariates, or one text with + between them. */
export const covariatesSpec = z
  .union([
    z.array(columnSpec).max(1_000),
    columnSpec.transform((text) =>
      text
        .split('+')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    ),
  ])
  .default([]);
