import type { ChartValue, HeatMapSpec } from '#shared/charts/chart-spec.ts';
import type { KindCoverage, QualityResult } from '#shared/contract/quality.ts';
import type { Block, ReportSection, TableCellValue } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';
import { type StatementFacts, thresholdOf } from './statement-facts.ts';

const fewPeople = 10;

export type CoverageLine = {
  readonly label: string;
  /** Per cent of the people in post by month; null where nobody was, or nothing is held yet. */
  readonly percent: readonly ChartValue[];
};

/** Whether the count behind a share, or what is left of it, is small and not none. */
function isSmall(covered: number, people: number, least: number): boolean {
  const left = people - covered;
  return people < fewPeople || (covered > 0 && covered < least) || (left > 0 && left < least);
}

function lineOf({ kind, label, months, units }: KindCoverage, drawn: readonly string[]): CoverageLine {
  const sum = (month: string, of: (unit: KindCoverage['units'][number]) => readonly number[]): number => {
    const at = months.indexOf(month);
    return units.reduce((total, unit) => total + (of(unit)[at] ?? 0), 0);
  };
  return {
    label,
    percent: drawn.map((month): ChartValue => {
      const [people, covered] = [sum(month, (unit) => unit.people), sum(month, (unit) => unit.covered)];
      if (people === 0) return null;
      return isSmall(covered, people, thresholdOf(kind)) ? 'withheld' : Math.round((100 * covered) / people);
    }),
  };
}

/** Months of the period for which any of the extracts says who was in post, and each extract's shares in them. */
export function coverageLines(
  { coverage }: Pick<QualityResult, 'coverage'>,
  period: { readonly from: string; readonly to: string },
): { readonly months: readonly string[]; readonly lines: readonly CoverageLine[] } {
  const held = new Set(coverage.flatMap(({ months }) => months));
  const months = [...held].filter((month) => month >= period.from.slice(0, 7) && month <= period.to.slice(0, 7)).sort();
  return { months, lines: coverage.map((entry) => lineOf(entry, months)) };
}

export function coverageSection({ quality, spec }: StatementFacts): ReportSection {
  const drawn = coverageLines(quality, spec);
  return {
    id: 'coverage',
    heading: 'How much of the force it covers',
    blocks: [
      ...(drawn.months.length === 0
        ? [
            {
              kind: 'paragraph' as const,
              text: 'No extract of which everybody in post can have rows reaches into the period, so that nothing can be said of coverage.',
            },
          ]
        : figure(drawn, spec)),
      missingTable(quality),
    ],
  };
}

function figure({ months, lines }: ReturnType<typeof coverageLines>, { from, to }: StatementFacts['spec']): Block[] {
  const chart: HeatMapSpec = {
    kind: 'heat-map',
    measure: 'per cent of the people in post',
    decimals: 0,
    months,
    units: lines.map(({ label }) => label),
    values: lines.map(({ percent }) => percent),
  };
  const title = 'Share of the people in post who have at least one row, by extract and month';
  return [
    {
      kind: 'figure',
      id: 'coverage-figure',
      title,
      caption: `Per cent of the people in post with a row, ${formatDate(from)} to ${formatDate(to)}. A month without rows where others have them is a gap; not everybody is expected to have a row of every extract`,
      description: `${title}. The table behind it has every value.`,
      chart,
      data: {
        columns: [
          { label: 'Month', align: 'start' },
          ...lines.map(({ label }) => ({ label, unit: '%', align: 'end' as const })),
        ],
        rows: months.map((month, at) => ({
          cells: [{ kind: 'date', iso: month }, ...lines.map(({ percent }) => percentCell(percent[at] ?? null))],
        })),
        notes: [],
      },
    },
  ];
}

function percentCell(value: ChartValue): TableCellValue {
  if (value === null) return { kind: 'not-assessable' };
  return value === 'withheld' ? { kind: 'withheld', reason: 'primary' } : { kind: 'number', value, decimals: 0 };
}

/** Fields that are empty; a share is given where neither the empty nor the filled rows are few. */
function missingTable({ missing }: QualityResult): Block {
  const rows = missing.filter(({ empty }) => empty > 0);
  if (rows.length === 0) return { kind: 'paragraph', text: 'No field that may be empty is empty anywhere.' };
  return {
    kind: 'table',
    id: 'missing',
    caption: 'Fields that are empty',
    columns: [
      { label: 'Extract', align: 'start' },
      { label: 'Field', align: 'start' },
      { label: 'What it holds', align: 'start' },
      { label: 'Empty', align: 'end' },
      { label: 'Not filled since', align: 'end' },
    ],
    rows: rows.map(({ kind, label, column, meaning, rows: all, empty, share, stoppedSince }) => ({
      cells: [
        textCell(label),
        textCell(column),
        textCell(meaning),
        isSmall(empty, all, thresholdOf(kind))
          ? { kind: 'withheld', reason: 'derived' }
          : { kind: 'share', value: share, decimals: 0 },
        stoppedSince === null ? { kind: 'empty' } : { kind: 'date', iso: stoppedSince },
      ],
    })),
    notes: ['Many fields may be empty by their nature, such as the last day of service of those who serve.'],
  };
}
