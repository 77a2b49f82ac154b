import type { ReleasedCounts } from '#main/disclosure/released-counts.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import { standingTogether } from '../standing-together.ts';
import { type CardPart, cardParts, countsToJudge, type Told } from './counts-printed.ts';

/** As the analysis withholds them: counts of clinical measures. */
const threshold = 10;

/** What a part adds up to or is a difference of: it goes with it. */
const needs: Readonly<Partial<Record<CardPart, readonly CardPart[]>>> = {
  'outcome parts': ['whole'],
  waves: ['whole'],
  folds: ['tested', 'waves'],
};

export type JudgedParts = { readonly released: ReleasedCounts; readonly withheld: readonly CardPart[] };

/** Which counts of a card can stand beside the earlier releases, a part as a whole or not at all. */
export async function judgeParts(
  told: readonly Told[],
  earlier: readonly ReleaseBody[],
  signal: AbortSignal,
): Promise<JudgedParts> {
  const before = earlier.map(({ clinical }) => clinical);
  const standing = (parts: readonly CardPart[]): Promise<ReleasedCounts | null> => {
    const cells = countsToJudge(told.filter(({ part }) => parts.includes(part)));
    return standingTogether({ cells, sums: [], threshold }, before, signal);
  };
  const all = await standing(cardParts);
  if (all !== null) return { released: all, withheld: [] };
  let released: ReleasedCounts = { cells: [], sums: [], threshold };
  const kept: CardPart[] = [];
  for (const part of cardParts) {
    if (needs[part]?.some((other) => !kept.includes(other))) continue;
    const judged = await standing([...kept, part]);
    if (judged === null) continue;
    released = judged;
    kept.push(part);
  }
  return { released, withheld: cardParts.filter((part) => !kept.includes(part)) };
}
