import type { EngagementResult, GroupReach, ShareWithLimits } from '#shared/domain/engagement-result.ts';
import { plainNumber } from '../exposure/words.ts';

const limits =
  'Whoever answers is never a random part of those who were asked: shares are of those who answered, and whoever left a statement out counts with its middle level. Words that people wrote are no part of it.';

function percent(share: number): string {
  return `${plainNumber(share * 100)}%`;
}

function withLimits({ share, low, high }: ShareWithLimits): string {
  return `${percent(share)} (95% interval ${percent(low)} to ${percent(high)})`;
}

/** How many, who is missing, what most agreed to and named, then what cannot be said. */
export function readEngagement(result: EngagementResult): string[] {
  const { response, minimum } = result;
  if (response.rate === null) {
    return [`Too few were asked or answered to show anything: no count under ${minimum} leaves.`, limits];
  }
  return [
    `${response.responded} of ${response.invited} answered: ${withLimits(response.rate)}.`,
    ...result.reach.flatMap(({ by, groups }) => groups.flatMap((group) => groupWords(by, group))),
    ...result.items.flatMap(({ words, top }) => (top === null ? [] : [`“${words}”: ${withLimits(top)} agree.`])),
    ...result.themes.flatMap(({ title, people }) => (people ? [`${title} was named by ${people}.`] : [])),
    limits,
  ];
}

/** Only where the interval leaves 1 out. */
function groupWords(by: string, { group, ratio }: GroupReach): string[] {
  if (ratio === null || (ratio.low <= 1 && ratio.high >= 1)) return [];
  const many = ratio.estimate < 1 ? 'fewer' : 'more';
  return [
    `By ${by}, ${group} are ${many} among those who answered than in the workforce: ratio ${plainNumber(ratio.estimate)} (95% interval ${plainNumber(ratio.low)} to ${plainNumber(ratio.high)}).`,
  ];
}

export function engagementWarnings({ reach, items, themes, minimum }: EngagementResult): string[] {
  const groups = reach.reduce((sum, { withheldGroups }) => sum + withheldGroups, 0);
  const few = [...items, ...themes].filter(({ reason }) => reason !== null).length;
  return [
    ...(groups > 0 ? [`Groups withheld, as they are few or would follow from the others: ${groups}.`] : []),
    ...(few > 0 ? [`Statements or themes withheld, as somebody would be one of under ${minimum}: ${few}.`] : []),
  ];
}
