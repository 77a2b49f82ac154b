import { exposureCategories } from './exposure-categories.ts';
import { fail, ok, type Result } from './result.ts';

/** The grammar of `review_triggers`: `TIER>=n in Nd`, `count>=n in Nd`, `pctile>=p within role in Nd`, `single:CATEGORY`. */
export type TriggerRule =
  | { readonly kind: 'count'; readonly rule: string; readonly least: number; readonly windowDays: number }
  | {
      readonly kind: 'tier';
      readonly rule: string;
      readonly tier: string;
      readonly least: number;
      readonly windowDays: number;
    }
  | { readonly kind: 'percentile'; readonly rule: string; readonly percent: number; readonly windowDays: number }
  | { readonly kind: 'single'; readonly rule: string; readonly category: string; readonly windowDays: number };

/** Words of the grammar that no tier may take as its name. */
export const reservedTierNames: readonly string[] = ['count', 'pctile', 'single'];

const longestWindowDays = 36_600;
const countPattern = /^([A-Za-z][A-Za-z0-9_-]*)>=(\d{1,6}) in (\d{1,5})d$/;
const percentilePattern = /^pctile>=(\d{1,3}(?:\.\d{1,6})?) within role in (\d{1,5})d$/;
const singlePattern = /^single:([A-Z0-9_]+)$/;

/**
 * Reads one rule. A single-event rule looks back over the scheme's cool-down, and over the day itself where that is 0.
 * Fails with `BAD_SPEC`, naming the rule.
 */
export function parseTriggerRule(rule: string, tiers: readonly string[], cooldownDays: number): Result<TriggerRule> {
  const percentile = percentilePattern.exec(rule);
  if (percentile) {
    const percent = Number(percentile[1]);
    const windowDays = Number(percentile[2]);
    if (percent <= 0 || percent > 100) return refused(rule, 'a percentile lies above 0 and at most at 100');
    return isWindow(windowDays) ? ok({ kind: 'percentile', rule, percent, windowDays }) : refusedWindow(rule);
  }
  const single = singlePattern.exec(rule);
  if (single) {
    const category = single[1] ?? '';
    if (!exposureCategories.some(({ code }) => code === category)) return refused(rule, 'no category has that code');
    return ok({ kind: 'single', rule, category, windowDays: Math.max(1, cooldownDays) });
  }
  const count = countPattern.exec(rule);
  if (!count) {
    return refused(
      rule,
      'it is none of "TIER>=n in Nd", "count>=n in Nd", "pctile>=p within role in Nd" and "single:CATEGORY"',
    );
  }
  const tier = count[1] ?? '';
  const least = Number(count[2]);
  const windowDays = Number(count[3]);
  if (least < 1) return refused(rule, 'a count of 0 would hold for everybody');
  if (!isWindow(windowDays)) return refusedWindow(rule);
  if (tier === 'count') return ok({ kind: 'count', rule, least, windowDays });
  return tiers.includes(tier)
    ? ok({ kind: 'tier', rule, tier, least, windowDays })
    : refused(rule, 'the scheme has no tier of that name');
}

/** A rule as a reader says it: what it looks at, never what it would mean for anybody. */
export function triggerInWords(rule: TriggerRule): string {
  switch (rule.kind) {
    case 'count':
      return `${rule.least} or more exposures in ${daysInWords(rule.windowDays)}`;
    case 'tier':
      return `${rule.least} or more exposures of tier ${rule.tier} in ${daysInWords(rule.windowDays)}`;
    case 'percentile':
      return `More exposure in ${daysInWords(rule.windowDays)} than at least ${rule.percent}% of people in the same role`;
    case 'single':
      return `${exposureCategories.find(({ code }) => code === rule.category)?.label ?? rule.category}: each time, whatever came before`;
  }
}

/**
 * Whether a rule says the same whatever the scheme. What lies in a tier, and what places somebody among others of their role, is
 * each scheme’s own.
 */
export function saysTheSameInEveryScheme(rule: string): boolean {
  return rule.startsWith('count>=') || isSingleEventRule(rule);
}

export function isSingleEventRule(rule: string): boolean {
  return rule.startsWith('single:');
}

function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function isWindow(windowDays: number): boolean {
  return windowDays >= 1 && windowDays <= longestWindowDays;
}

function refusedWindow(rule: string): Result<never> {
  return refused(rule, `a window lasts 1 to ${longestWindowDays} days`);
}

function refused(rule: string, reason: string): Result<never> {
  return fail(
    'BAD_SPEC',
    `The review trigger "${rule}" cannot be used: ${reason}.`,
    'Nothing was changed. Correct the rule in the scheme.',
    { rule },
  );
}
