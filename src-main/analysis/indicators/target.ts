import { isoOfDay } from '#shared/domain/dates.ts';
import type { IndicatorDefinition } from './definition.ts';

/** A target that the force has set. */
export type SetTarget = {
  readonly value: number;
  /** A role or post. */
  readonly owner: string;
  readonly reviewDay: number;
};

/** What an indicator is measured against. */
export type IndicatorTarget = {
  readonly value: number;
  readonly setBy: 'force' | 'definition';
  /** Null where the definition comes with it. */
  readonly owner: string | null;
  readonly reviewOn: string | null;
};

/** What the force has set goes before what the definition comes with; null where neither is there. */
export function targetOf({ target }: IndicatorDefinition, set: SetTarget | null): IndicatorTarget | null {
  if (set) return { value: set.value, setBy: 'force', owner: set.owner, reviewOn: isoOfDay(set.reviewDay) };
  return target === null ? null : { value: target, setBy: 'definition', owner: null, reviewOn: null };
}
