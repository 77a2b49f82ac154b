import type { Block } from '#shared/report/document.ts';
import { textCell } from './published-cells.ts';
import type { ReportFacts } from './report-facts.ts';

/** Bins of exposures per person, wide enough that a person with many is never alone in one. */
export function spreadBlocks(facts: ReportFacts): Block[] {
  const { perPerson } = facts.exposure;
  const least = Math.max(facts.spec.threshold, 10);
  if (perPerson.length < least * 3) {
    return [{ kind: 'paragraph', text: 'Too few people are in post to show how exposures are spread between them.' }];
  }
  const highest = perPerson[perPerson.length - 1] ?? 0;
  const width = Math.max(1, Math.ceil((highest + 1) / 24));
  const bins: { from: number; to: number; count: number }[] = [];
  for (let from = 0; from <= highest; from += width) {
    const to = from + width - 1;
    const count = perPerson.filter((value) => value >= from && value <= to).length;
    const open = bins[bins.length - 1];
    // A bin under the least count is merged with the one before it, so that the long tail names nobody.
    if (open && open.count < least) {
      open.to = to;
      open.count += count;
    } else bins.push({ from, to, count });
  }
  while (bins.length > 1 && (bins[bins.length - 1]?.count ?? 0) < least) {
    const last = bins.pop();
    const before = bins[bins.length - 1];
    if (last && before) {
      before.to = last.to;
      before.count += last.count;
    }
  }
  const labels = bins.map((bin, index) =>
    index === bins.length - 1 && bin.to > bin.from
      ? `${bin.from} or more`
      : bin.from === bin.to
        ? `${bin.from}`
        : `${bin.from}–${bin.to}`,
  );
  const half = perPerson[Math.floor((perPerson.length - 1) / 2)] ?? 0;
  const title = `Half of the people in post had ${half} or fewer exposures in the period`;
  return [
    {
      kind: 'figure',
      title,
      caption:
        'People in post on the last day by their recorded exposures in the period. Bars under 10 people are joined.',
      description: `A histogram of ${perPerson.length} people by exposures in the period. ${title}.`,
      chart: {
        kind: 'histogram',
        measure: 'exposures in the period',
        counted: 'people',
        bins: bins.map((bin, index) => ({ label: labels[index] ?? '', count: bin.count })),
      },
      data: {
        columns: [
          { label: 'Exposures', align: 'start' },
          { label: 'People', align: 'end' },
        ],
        rows: bins.map((bin, index) => ({
          cells: [textCell(labels[index] ?? ''), { kind: 'number', value: bin.count, decimals: 0 }],
        })),
        notes: [],
      },
    },
  ];
}
