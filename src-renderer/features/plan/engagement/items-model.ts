import type { ItemResult, LikertGrain } from '#shared/domain/engagement-result.ts';
import { engagementText as text } from './text.ts';

export type BarPart = {
  readonly label: string;
  readonly count: number;
  readonly share: number;
  /** From −2, strong disagreement, to 2. */
  readonly tone: number;
  /** Of the whole width, in the middle of which disagreement ends and agreement begins. */
  readonly leftPercent: number;
  readonly widthPercent: number;
};

const shapes: Readonly<Record<LikertGrain, { readonly labels: readonly string[]; readonly tones: readonly number[] }>> =
  {
    levels: { labels: text.levels, tones: [-2, -1, 0, 1, 2] },
    thirds: { labels: text.thirds, tones: [-1, 0, 1] },
    top: { labels: text.halves, tones: [-1, 1] },
  };

/** Parts of a diverging bar; the middle level lies half on either side. Empty where the answers are withheld. */
export function barOf({ grain, counts }: ItemResult): readonly BarPart[] {
  if (grain === null || counts === null) return [];
  const { labels, tones } = shapes[grain];
  const all = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => (all === 0 ? 0 : count / all));
  const before = shares.reduce((sum, share, at) => sum + weightLeft(tones[at] ?? 0) * share, 0);
  let left = 50 - 50 * before;
  return shares.map((share, at) => {
    const part = { leftPercent: left, widthPercent: 50 * share };
    left += part.widthPercent;
    return { label: labels[at] ?? '', count: counts[at] ?? 0, share, tone: tones[at] ?? 0, ...part };
  });
}

/** How much of a part lies left of the middle. */
function weightLeft(tone: number): number {
  return tone < 0 ? 1 : tone === 0 ? 0.5 : 0;
}
