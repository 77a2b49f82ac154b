import type { CountedAs, CountsToRelease } from '#main/disclosure/released-counts.ts';
import { keyOf } from '#main/disclosure/released-counts.ts';
import type { ReportFacts } from './report-facts.ts';

/** People with `from` to `to` exposures in the period, both included. */
export type Bin = { readonly from: number; readonly to: number; readonly count: number };

export type SpreadBins = {
  /** What is printed: no bar under the least count. */
  readonly printed: readonly Bin[];
  /** The bars of equal width that they were joined from. */
  readonly narrow: readonly Bin[];
};

/** Nobody is alone in a bar, and no bar is below what a mean needs either. */
const leastPeople = 10;
const mostBars = 24;

/** Joins neighbours until none is under the least count, so that the long tail names nobody. */
function joined(narrow: readonly Bin[], least: number): Bin[] {
  const bins: Bin[] = [];
  for (const bin of narrow) {
    const before = bins.at(-1);
    if (before && before.count < least) {
      bins[bins.length - 1] = { from: before.from, to: bin.to, count: before.count + bin.count };
    } else bins.push(bin);
  }
  while (bins.length > 1 && (bins.at(-1)?.count ?? 0) < least) {
    const last = bins.pop();
    const before = bins.pop();
    if (last && before) bins.push({ from: before.from, to: last.to, count: before.count + last.count });
  }
  return bins;
}

/** Bars of exposures per person; null where too few people are in post to show them. */
export function spreadBins({ exposure, spec }: Pick<ReportFacts, 'exposure' | 'spec'>): SpreadBins | null {
  const { perPerson } = exposure;
  const least = Math.max(spec.threshold, leastPeople);
  if (perPerson.length < least * 3) return null;
  const highest = perPerson.at(-1) ?? 0;
  const width = Math.max(1, Math.ceil((highest + 1) / mostBars));
  const narrow = Array.from({ length: Math.ceil((highest + 1) / width) }, (_, at): Bin => {
    const [from, to] = [at * width, at * width + width - 1];
    return { from, to, count: perPerson.filter((value) => value >= from && value <= to).length };
  });
  return { printed: joined(narrow, least), narrow };
}

/** People in post on the period's last day, by their exposures since its first. */
export function binAs({ from, to }: Pick<Bin, 'from' | 'to'>, spec: ReportFacts['spec']): CountedAs {
  return { group: `people in post by events since ${spec.from}|${from} to ${to}`, from: spec.to, to: spec.to };
}

/**
 * The bars as part of the system of the workforce. Each is the sum of the narrow ones it was joined from, which nobody prints
 * and which two reports of one period could give away if they joined them otherwise.
 */
export function spreadCounts(facts: ReportFacts, everybody: CountedAs): Pick<CountsToRelease, 'cells' | 'sums'> {
  const bins = spreadBins(facts);
  if (bins === null) return { cells: [], sums: [] };
  const as = (bin: Bin): CountedAs => binAs(bin, facts.spec);
  const countOf = (bin: Bin, shown: boolean) => {
    return { ...as(bin), value: bin.count, loss: 1 + bin.count, kept: false, shown };
  };
  const partsOf = ({ from, to }: Bin): Bin[] => bins.narrow.filter((part) => part.from >= from && part.to <= to);
  const several = bins.printed.map(partsOf).filter((parts) => parts.length > 1);
  return {
    cells: [
      ...bins.printed.map((bin) => countOf(bin, true)),
      ...several.flatMap((parts) => parts.map((part) => countOf(part, false))),
    ],
    sums: [
      { total: keyOf(everybody), parts: bins.printed.map((bin) => keyOf(as(bin))) },
      ...bins.printed.flatMap((bin) => {
        const parts = partsOf(bin);
        return parts.length > 1 ? [{ total: keyOf(as(bin)), parts: parts.map((part) => keyOf(as(part))) }] : [];
      }),
    ],
  };
}
