import { unknownPost } from '#main/analysis/exposure/exposure-totals.ts';
import { categoryLabel } from '#main/analysis/exposure/words.ts';
import type { Block, ReportSection, TableRow } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';
import { groupBlocks } from './group-blocks.ts';
import type { JudgedCounts } from './judge-counts.ts';
import { monthsBlocks } from './months-figure.ts';
import { charted, type Shown, shown, textCell } from './published-cells.ts';
import type { ReportFacts } from './report-facts.ts';
import { spreadBlocks } from './spread-blocks.ts';
import { unitMonthFigure } from './unit-months-figure.ts';
import { nameOf } from './unit-names.ts';

export type PublishedTotals = { readonly events: number | null; readonly people: number | null };

export function exposureSections(
  facts: ReportFacts,
  judged: JudgedCounts,
): { readonly sections: ReportSection[]; readonly published: PublishedTotals } {
  const { exposure, spec } = facts;
  const knownRoles = exposure.roles.filter((role) => role !== unknownPost);
  const cell = (unit: number, month: number): Shown =>
    judged.events({ unit: exposure.units[unit] ?? null, month: exposure.months[month] ?? null });
  const allUnits = exposure.units.length;
  const units = exposure.units.map((unit) => ({
    name: nameOf(unit),
    events: judged.events({ unit }),
    people: judged.people({ unit }),
  }));
  const roles = knownRoles.map((role) => ({
    name: nameOf(role),
    events: judged.events({ role }),
    people: judged.people({ role }),
  }));
  const force = { events: judged.events({}), people: judged.people({}) };
  return {
    published: { events: force.events.value, people: force.people.value },
    sections: [
      {
        id: 'over-time',
        heading: 'Exposure over time',
        blocks: monthsBlocks(
          facts,
          exposure.months.map((_, month) => cell(allUnits, month)),
        ),
      },
      {
        id: 'what',
        heading: 'What people were exposed to',
        blocks: whatKinds(facts, judged),
      },
      {
        id: 'where',
        heading: 'Where it fell',
        blocks: [
          { kind: 'heading', text: 'Units' },
          ...groupBlocks('unit', units, force, spec.threshold),
          unitMonthFigure(facts, cell),
          { kind: 'heading', text: 'Roles' },
          ...groupBlocks('role', roles, force, spec.threshold),
          {
            kind: 'paragraph',
            tone: 'small',
            text: 'Rates are per person in post on the last day, not per hour worked: part-time work, leave and people who joined or left in the period are not in them. A higher figure says that more was recorded, not that a unit or role is doing worse.',
          },
        ],
      },
      { id: 'spread', heading: 'How it is spread between people', blocks: spreadBlocks(facts, judged) },
    ],
  };
}

function whatKinds(facts: ReportFacts, judged: JudgedCounts): Block[] {
  const codes = Object.keys(facts.exposure.byCategory);
  if (codes.length === 0) return [{ kind: 'paragraph', text: 'No exposures were recorded in the period.' }];
  const kinds = codes
    .map((category) => ({ label: categoryLabel(category), cell: judged.events({ category }) }))
    .sort((a, b) => (b.cell.value ?? -1) - (a.cell.value ?? -1) || (a.label < b.label ? -1 : 1));
  const total = judged.events({});
  const first = kinds[0];
  const share = first?.cell.value != null && total.value ? first.cell.value / total.value : null;
  const title =
    first && share !== null
      ? `${first.label} was recorded most often: ${formatNumber(share * 100, 0)}% of exposures`
      : 'Recorded exposures by kind';
  const rows: TableRow[] = kinds.map((kind) => ({ cells: [textCell(kind.label), shown(kind.cell)] }));
  return [
    {
      kind: 'figure',
      title,
      caption: 'Recorded exposures of the period by kind.',
      description: `Bars of ${kinds.length} kinds of exposure, the most frequent first. ${title}.`,
      chart: {
        kind: 'bars',
        measure: 'exposures',
        decimals: 0,
        bars: kinds.map((kind) => ({ label: kind.label, value: charted(kind.cell) })),
      },
      data: {
        columns: [
          { label: 'Kind', align: 'start' },
          { label: 'Exposures', align: 'end' },
        ],
        rows: [...rows, { role: 'total', cells: [textCell('All kinds'), shown(total)] }],
        notes: [],
        threshold: facts.spec.threshold,
      },
    },
  ];
}
