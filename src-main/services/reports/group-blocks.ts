import type { Block } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';
import { rate, type Shown, shown, textCell } from './published-cells.ts';

export type Group = { readonly name: string; readonly events: Shown; readonly people: Shown };

export function groupBlocks(
  what: 'unit' | 'role',
  groups: readonly Group[],
  force: { readonly events: Shown; readonly people: Shown },
  threshold: number,
): Block[] {
  const withRates = groups.map((group) => {
    const value = rate(group.events, group.people);
    return { ...group, rate: value, order: value.kind === 'number' ? value.value : -1 };
  });
  const ordered = [...withRates].sort((a, b) => b.order - a.order || (a.name < b.name ? -1 : 1));
  const forceRate = rate(force.events, force.people);
  const bars = ordered.filter((group) => group.rate.kind === 'number');
  const first = bars[0];
  const title =
    first && bars.length > 1
      ? `${first.name} recorded the most exposures per person: ${formatNumber(first.order, 1)}`
      : `Exposures per person in post by ${what}`;
  return [
    {
      kind: 'figure',
      title,
      caption: `Recorded exposures of the period per person in post on its last day, by ${what}. Those with under 10 people are left out.`,
      description: `Bars of exposures per person for ${bars.length} ${what}s, the highest first. ${title}.`,
      chart: {
        kind: 'bars',
        measure: 'exposures per person in post',
        decimals: 1,
        bars: bars.map((group) => ({
          label: group.name,
          value: group.order,
          ...(group.people.value === null ? {} : { n: group.people.value }),
        })),
        ...(forceRate.kind === 'number' ? { reference: { value: forceRate.value, label: 'whole force' } } : {}),
      },
      data: {
        columns: [
          { label: what === 'unit' ? 'Unit' : 'Role', align: 'start' },
          { label: 'People in post', align: 'end' },
          { label: 'Exposures', align: 'end' },
          { label: 'Per person', align: 'end' },
        ],
        rows: [
          ...ordered.map((group) => ({
            cells: [textCell(group.name), shown(group.people), shown(group.events), group.rate],
          })),
          {
            role: 'total' as const,
            cells: [textCell('Whole force'), shown(force.people), shown(force.events), forceRate],
          },
        ],
        derived: [{ column: 3, by: 'ratio', of: 2, over: 1 }],
        notes: [`Exposures are counted where the person was posted on the day; people on the last day of the period.`],
        threshold,
      },
    },
  ];
}
