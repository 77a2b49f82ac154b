import type { Fact } from '#shared/report/document-facts.ts';
import type { Difference } from './compare-manifests.ts';

/** Beyond these a list helps nobody find anything. */
const mostNamed = 100;

/**
 * Figure by figure, what a report that was kept says otherwise than the same report built again.
 * @param kept in the order of the pages
 * @param name what the kept one is called in the words of a difference
 * @returns each with its place; the first 100, and how many more
 */
export function compareFacts(kept: readonly Fact[], again: readonly Fact[], name: string): readonly Difference[] {
  const before = new Map(kept.map(({ where, says }) => [where, says]));
  const after = new Map(again.map(({ where, says }) => [where, says]));
  const differences: Difference[] = [];
  for (const [where, says] of before) {
    const now = after.get(where);
    if (now === undefined)
      differences.push({ where, what: `“${shortened(says)}” in ${name}, nothing when run again.` });
    else if (now !== says) differences.push({ where, what: changed(says, now, name) });
  }
  for (const [where, says] of after) {
    if (!before.has(where))
      differences.push({ where, what: `Nothing in ${name}, “${shortened(says)}” when run again.` });
  }
  if (differences.length <= mostNamed) return differences;
  const more = differences.length - mostNamed;
  return [
    ...differences.slice(0, mostNamed),
    { where: name, what: `${more} more ${more === 1 ? 'figure differs' : 'figures differ'}.` },
  ];
}

function changed(kept: string, again: string, name: string): string {
  const start = firstDifference(kept, again);
  return `“${shortened(kept, start)}” in ${name}, “${shortened(again, start)}” when run again.`;
}

const longest = 120;

/** A long text from a little before the place where it matters. */
function shortened(text: string, about = 0): string {
  if (text.length <= longest) return text;
  const from = Math.max(0, Math.min(about - 40, text.length - longest));
  return `${from > 0 ? '…' : ''}${text.slice(from, from + longest)}${from + longest < text.length ? '…' : ''}`;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
