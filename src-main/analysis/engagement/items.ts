import { audienceGroupings, type LikertItem, nameOfGroup, total } from '#shared/domain/engagement.ts';
import type { ItemResult, LikertGrain } from '#shared/domain/engagement-result.ts';
import type { EngagementInput } from './input.ts';
import { shareOf } from './reach.ts';
import { groupsToShow } from './safe-groups.ts';
import { fewestForShare } from './spec.ts';

const grains: readonly (readonly [LikertGrain, (levels: readonly number[]) => number[]])[] = [
  ['levels', (levels) => [...levels]],
  ['thirds', ([a = 0, b = 0, c = 0, d = 0, e = 0]) => [a + b, c, d + e]],
  ['top', ([a = 0, b = 0, c = 0, d = 0, e = 0]) => [a + b + c, d + e]],
];

const middle = 2;

/** Whoever answered the rest and left this out counts with the middle level, so that how many did is told by nothing. */
function withSilent(answers: readonly number[], responded: number): number[] {
  const silent = responded - total(answers);
  return answers.map((count, level) => (level === middle ? count + silent : count));
}

function topOf(levels: readonly number[]): number {
  return (levels[3] ?? 0) + (levels[4] ?? 0);
}

/** Answers at the finest grain in which nobody is few, and agreement by group. */
export function itemResult(item: LikertItem, input: EngagementInput): ItemResult {
  const { activity, minimum } = input;
  const { responded } = activity;
  const levels = withSilent(item.answers, responded);
  const isFew = (count: number): boolean => count > 0 && count < minimum;
  const found = responded < fewestForShare ? undefined : grains.find(([, coarsen]) => !coarsen(levels).some(isFew));
  if (found === undefined) {
    const nothing = { grain: null, counts: null, median: null, top: null, reason: 'few' } as const;
    return { item: item.item, words: item.words, ...nothing, groups: groupsOf(item, input, false) };
  }
  const [grain, coarsen] = found;
  return {
    ...{ item: item.item, words: item.words, grain, counts: coarsen(levels) },
    median: grain === 'levels' ? medianLevel(levels) : null,
    top: shareOf(topOf(levels), responded),
    reason: null,
    groups: groupsOf(item, input, true),
  };
}

/** The lower of the two middle levels where they differ. */
function medianLevel(levels: readonly number[]): number {
  const half = total(levels) / 2;
  let passed = 0;
  const at = levels.findIndex((count) => {
    passed += count;
    return passed >= half;
  });
  return at + 1;
}

/** Agreement of the groups, beside that of the whole: a group that is few, or would follow from the others, is withheld. */
function groupsOf(item: LikertItem, input: EngagementInput, isWholeShown: boolean): ItemResult['groups'] {
  const { activity, by } = input;
  const responders = new Map(activity.groups.map((group) => [nameOfGroup(group), group.responded]));
  return audienceGroupings.flatMap((grouping) => {
    const own = by.includes(grouping) ? item.groups.filter((group) => group.by === grouping) : [];
    if (own.length === 0) return [];
    const counted = own.map((group) => {
      const people = responders.get(nameOfGroup(group)) ?? 0;
      return { group: group.group, people, top: topOf(group.answers) };
    });
    const rest = {
      people: activity.responded - total(counted.map(({ people }) => people)),
      top: topOf(item.answers) - total(counted.map(({ top }) => top)),
    };
    const table = [...counted, rest].map(({ people, top }) => [top, Math.max(0, people - top)]);
    const names = [...counted.map(({ group }) => group), 'others'];
    const shown = isWholeShown ? groupsToShow(names, table, input) : [];
    return counted.map(({ group, people, top }, at) => {
      const share = shown[at] === true ? shareOf(top, people) : null;
      return share === null
        ? { by: grouping, group, people: null, top: null, reason: 'few' as const }
        : { by: grouping, group, people, top: share, reason: null };
    });
  });
}
