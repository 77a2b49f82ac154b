import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { Block } from '#shared/report/document.ts';
import { countCell, shareCell } from '../added/added-part.ts';

/** What a number of offers a week would mean, and that the threshold follows from it. */
export function capacityBlocks({ capacity }: EarlyWarningResult): Block[] {
  const heading: Block = { kind: 'heading', text: 'What a number of offers a week would mean' };
  if (capacity.rows.length === 0) {
    const text = 'There is no threshold to choose, as no model could be tested on later waves.';
    return [heading, { kind: 'paragraph', text }];
  }
  return [
    heading,
    {
      kind: 'paragraph',
      text: `The threshold follows from how many people can be offered support, here ${capacity.signalsAWeek} a week: it is a decision about capacity, and no finding about people.`,
    },
    {
      kind: 'table',
      id: 'capacity-table',
      caption: 'By offers a week, on later waves',
      columns: [
        { label: 'Offers a week', align: 'end' },
        { label: 'Offered from a chance of', align: 'end' },
        { label: 'Offers that reach a case', align: 'end' },
        { label: 'Cases reached', align: 'end' },
        { label: 'Cases missed', align: 'end' },
      ],
      rows: capacity.rows.map((row) => ({
        cells: [
          { kind: 'number', value: row.signalsAWeek, decimals: Number.isInteger(row.signalsAWeek) ? 0 : 1 },
          { kind: 'share', value: row.threshold, decimals: 1 },
          shareCell(row.positivePredictiveValue),
          shareCell(row.sensitivity),
          countCell(row.missedCases),
        ],
      })),
      notes: ['A case missed is somebody whom no offer of the early warning would have reached in time.'],
      threshold: 10,
    },
  ];
}
