import type { Block } from '#shared/report/document.ts';
import type { JudgedCounts } from './judge-counts.ts';
import { shown, textCell } from './published-cells.ts';
import type { ReportFacts } from './report-facts.ts';
import { type Bin, spreadBins } from './spread-bins.ts';

function labelOf({ from, to }: Bin, isLast: boolean): string {
  if (from === to) return `${from}`;
  return isLast ? `${from} or more` : `${from}–${to}`;
}

/** How exposures are spread between people, as a histogram whose bars were judged with the rest of the report. */
export function spreadBlocks(facts: ReportFacts, judged: JudgedCounts): Block[] {
  const { perPerson } = facts.exposure;
  const bins = spreadBins(facts)?.printed ?? null;
  if (bins === null) {
    return [{ kind: 'paragraph', text: 'Too few people are in post to show how exposures are spread between them.' }];
  }
  const bars = bins.map((bin, index) => ({
    label: labelOf(bin, index === bins.length - 1),
    cell: judged.bin(bin),
  }));
  const counts = bars.map(({ cell }) => cell.value).filter((value) => value !== null);
  if (counts.length < bars.length) {
    return [
      {
        kind: 'paragraph',
        text: 'How exposures are spread between people is withheld: beside reports that were released before, it would show a small group.',
      },
    ];
  }
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
        bins: bars.map(({ label }, index) => ({ label, count: counts[index] ?? 0 })),
      },
      data: {
        columns: [
          { label: 'Exposures', align: 'start' },
          { label: 'People', align: 'end' },
        ],
        rows: bars.map(({ label, cell }) => ({ cells: [textCell(label), shown(cell)] })),
        notes: [],
      },
    },
  ];
}
