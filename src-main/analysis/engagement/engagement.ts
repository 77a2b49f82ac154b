import type { Activity } from '#shared/domain/engagement.ts';
import type { EngagementResult, ThemeResult } from '#shared/domain/engagement-result.ts';
import { maySplit } from '../support/counts.ts';
import type { EngagementInput } from './input.ts';
import { itemResult } from './items.ts';
import { reachBy, shareOf } from './reach.ts';
import { fewestForShare } from './spec.ts';

const fewestOfFamilies = 10;

/** Counts under this are withheld: 10 at least where families were asked. */
export function minimumFor({ audience }: Activity, asked: number): number {
  return audience === 'families' ? Math.max(asked, fewestOfFamilies) : asked;
}

/** Who was reached and what they said, in counts of nobody few. Free words are no part of it. */
export function engagement(input: EngagementInput): EngagementResult {
  const { activity, by, minimum } = input;
  const { invited, responded } = activity;
  const isShown = invited >= fewestForShare && maySplit(responded, invited, minimum);
  return {
    ...{ activity: activity.activity, title: activity.title, kind: activity.kind, audience: activity.audience },
    ...{ from: activity.from, to: activity.to, minimum },
    response: isShown
      ? { invited, responded, rate: shareOf(responded, invited), reason: null }
      : { invited: null, responded: null, rate: null, reason: 'few' },
    reach: isShown ? by.flatMap((grouping) => reachBy(grouping, input) ?? []) : [],
    // Where the whole is withheld, its parts would tell it.
    items: isShown ? activity.items.map((item) => itemResult(item, input)) : [],
    themes: isShown ? activity.themes.map((theme) => themeResult(theme, responded, minimum)) : [],
  };
}

function themeResult(
  { theme, title, people }: Activity['themes'][number],
  responded: number,
  minimum: number,
): ThemeResult {
  return maySplit(people, responded, minimum)
    ? { theme, title, people, share: shareOf(people, responded), reason: null }
    : { theme, title, people: null, share: null, reason: 'few' };
}
