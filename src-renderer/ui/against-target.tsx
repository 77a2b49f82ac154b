import type { Indicator } from '../bridge/indicators.ts';
import { Assurance } from './assurance.tsx';
import { none } from './format.ts';
import { assuranceOf, indicatorValue } from './indicator-words.ts';

/** The target of an indicator and how it is met, for a cell of a table. */
export function AgainstTarget({ indicator }: { readonly indicator: Indicator }) {
  const { definition, target } = indicator;
  const state = assuranceOf(indicator);
  return target === null || state === 'none' ? (
    none
  ) : (
    <Assurance state={state} target={indicatorValue(definition, target.value)} />
  );
}
