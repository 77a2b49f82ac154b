import type { TriggerRule } from '#shared/domain/trigger-rules.ts';
import { firstAfter, ranksWithin, type WindowLoads } from './loads-at.ts';
import type { PackedExposures } from './packed-exposures.ts';
import type { CompiledScheme } from './scheme-weights.ts';
import { categoryLabel, counted, plainDate, plainNumber } from './words.ts';

/** A rule that holds for a person, and why in a sentence: a reason to offer support, never a verdict. */
export type Trigger = { readonly rule: string; readonly words: string };

export type TriggerContext = {
  readonly exposures: PackedExposures;
  readonly compiled: CompiledScheme;
  /** Person indices, and the role of each as a number. */
  readonly persons: Uint32Array;
  readonly roles: Int32Array;
  readonly asOfDay: number;
  /** Counts and loads of these persons in a window. */
  readonly windowOf: (windowDays: number) => WindowLoads;
};

/** A percentile among few says little (`data.md` › Exposure arithmetic). */
const leastPeopleInRole = 20;
const leastCountForPercentile = 3;

const offer = 'a reason to offer support';

/** The triggers of each person, in the order of the scheme's rules. Counts are plain counts, never weights. */
export function triggersOf(context: TriggerContext): readonly (readonly Trigger[])[] {
  const found: Trigger[][] = Array.from(context.persons, () => []);
  for (const rule of context.compiled.triggers) {
    const wordsFor = wordsOfRule(context, rule);
    found.forEach((list, k) => {
      const words = wordsFor(k);
      if (words !== null) list.push({ rule: rule.rule, words });
    });
  }
  return found;
}

type WordsFor = (k: number) => string | null;

function wordsOfRule(context: TriggerContext, rule: TriggerRule): WordsFor {
  switch (rule.kind) {
    case 'count': {
      const { events } = context.windowOf(rule.windowDays);
      return (k) => atLeast(rule.least, events[k] ?? 0, rule.windowDays, '');
    }
    case 'tier': {
      const { tierOfCategory } = context.compiled;
      const inTier = context.exposures.categories.map((code) => tierOfCategory.get(code) === rule.tier);
      return (k) => {
        const { events } = matching(context, k, rule.windowDays, inTier);
        return atLeast(rule.least, events, rule.windowDays, ` of tier ${rule.tier}`);
      };
    }
    case 'single': {
      const isCategory = context.exposures.categories.map((code) => code === rule.category);
      return (k) => {
        const { events, latestDay } = matching(context, k, rule.windowDays, isCategory);
        if (events === 0) return null;
        const span = counted(rule.windowDays, 'day', 'days');
        return `${categoryLabel(rule.category)} in the last ${span}: ${plainNumber(events)} recorded, the latest on ${plainDate(latestDay)}; ${offer}.`;
      };
    }
    case 'percentile':
      return percentileWords(context, rule.percent, rule.windowDays);
  }
}

function atLeast(least: number, events: number, windowDays: number, kind: string): string | null {
  if (events < least) return null;
  const threshold = `${plainNumber(least)} or more exposures${kind}`;
  return `${threshold} in ${counted(windowDays, 'day', 'days')}: ${plainNumber(events)} recorded; ${offer}.`;
}

function percentileWords(context: TriggerContext, percent: number, windowDays: number): WordsFor {
  const { events, loads } = context.windowOf(windowDays);
  const ranks = ranksWithin(context.roles, loads);
  return (k) => {
    const inRole = ranks.inGroup[k] ?? 0;
    const below = ranks.below[k] ?? 0;
    const count = events[k] ?? 0;
    if (count < leastCountForPercentile || inRole < leastPeopleInRole || below * 100 < percent * inRole) return null;
    const share = `at least ${percent}% of the ${plainNumber(inRole)} people in the same role`;
    return `More exposure in ${counted(windowDays, 'day', 'days')} than ${share}: ${plainNumber(count)} recorded; ${offer}.`;
  };
}

function matching(
  { exposures, persons, asOfDay }: TriggerContext,
  k: number,
  windowDays: number,
  wanted: readonly boolean[],
): { readonly events: number; readonly latestDay: number } {
  const { offsets, day, category } = exposures;
  const person = persons[k] ?? 0;
  const start = offsets[person] ?? 0;
  const end = firstAfter(day, start, offsets[person + 1] ?? 0, asOfDay);
  let events = 0;
  let latestDay = asOfDay;
  for (let i = end - 1; i >= start && (day[i] ?? 0) > asOfDay - windowDays; i--) {
    if (wanted[category[i] ?? 0] !== true) continue;
    if (events === 0) latestDay = day[i] ?? asOfDay;
    events++;
  }
  return { events, latestDay };
}
