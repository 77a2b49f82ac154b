import type { Block } from '#shared/report/document.ts';
import { charted, type Shown, shown, textCell } from './published-cells.ts';
import type { ReportFacts } from './report-facts.ts';
import { nameOf } from './unit-names.ts';

export function unitMonthFigure(facts: ReportFacts, cell: (row: number, column: number) => Shown): Block {
  const { exposure, spec } = facts;
  const rows = exposure.units.map((name, index) => ({ name: nameOf(name), index }));
  return {
    kind: 'figure',
    title: 'Exposures by unit and month',
    caption: 'Recorded exposures by the unit the person was posted to on the day. Withheld cells are blank.',
    description: `A grid of ${rows.length} units by ${exposure.months.length} months, darker where more exposures were recorded.`,
    chart: {
      kind: 'heat-map',
      measure: 'exposures',
      decimals: 0,
      months: exposure.months,
      units: rows.map((row) => row.name),
      values: rows.map((row) => exposure.months.map((_, month) => charted(cell(row.index, month)))),
    },
    data: {
      columns: [
        { label: 'Unit', align: 'start' },
        ...exposure.months.map((month) => ({ label: shortMonth(month), align: 'end' as const })),
      ],
      rows: rows.map((row) => ({
        cells: [textCell(row.name), ...exposure.months.map((_, month) => shown(cell(row.index, month)))],
      })),
      notes: [],
      threshold: spec.threshold,
    },
  };
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function shortMonth(month: string): string {
  return `${monthNames[Number(month.slice(5)) - 1] ?? ''} ${month.slice(2, 4)}`;
}
