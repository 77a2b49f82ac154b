import type { ForceFunnel } from '#main/analysis/pooling/force-funnel.ts';
import type { PooledIndicator } from '#main/analysis/pooling/pooled-indicators.ts';
import type { Block, ReportSection, TableData } from '#shared/report/document.ts';
import { decimalsFor, formatNumber } from '#shared/report/format.ts';
import { numberCell, textCell } from './cells.ts';
import { forestBlocks } from './forest-blocks.ts';

function forceTable({ forces, all, unit }: PooledIndicator, decimals: number): TableData {
  return {
    columns: [
      { label: 'Force', align: 'start' },
      { label: 'Value', unit, align: 'end' },
      { label: 'Numerator', align: 'end' },
      { label: 'Denominator', align: 'end' },
      { label: 'Months told', align: 'end' },
      { label: 'Withheld', unit: 'months', align: 'end' },
    ],
    rows: [
      ...forces.map(({ force, value, numerator, denominator, months, monthsWithheld }) => ({
        cells: [
          textCell(force),
          numberCell(value, decimals),
          numberCell(numerator, 0),
          numberCell(denominator, 0),
          numberCell(months, 0),
          numberCell(monthsWithheld, 0),
        ],
      })),
      {
        role: 'total' as const,
        cells: [
          textCell('All that was told'),
          numberCell(all?.value ?? null, decimals),
          numberCell(all?.numerator ?? null, 0),
          numberCell(all?.denominator ?? null, 0),
          { kind: 'empty' as const },
          { kind: 'empty' as const },
        ],
      },
    ],
    notes: [
      'Months that are withheld are in neither numerator nor denominator. Forces that withhold more than a tenth of theirs are in no mean and no funnel: which months are withheld depends on what was counted in them.',
    ],
  };
}

function funnelBlock(indicator: PooledIndicator, funnel: ForceFunnel, data: TableData, decimals: number): Block {
  const outside = funnel.points.filter((point) => point.outside !== null);
  const found =
    outside.length === 0
      ? 'no force lies beyond the 99.8% limits'
      : `${outside.length} of ${funnel.points.length} forces lie beyond the 99.8% limits`;
  return {
    kind: 'figure',
    title: `${indicator.title}: ${found}`,
    caption: `${indicator.title}, ${indicator.unit}, by size of the denominator. Limits allow for the spread between forces.`,
    description: `A funnel plot of ${funnel.points.length} forces around ${formatNumber(funnel.centre, decimals)}; ${found}.`,
    chart: {
      kind: 'funnel',
      measure: indicator.unit,
      size: 'size of the denominator',
      decimals,
      centre: { value: funnel.centre, label: 'all forces' },
      points: funnel.points.map(({ force, denominator, value, outside: side }) => ({
        label: force,
        size: denominator,
        value,
        outside: side,
      })),
      limits: [...funnel.points]
        .sort((a, b) => a.denominator - b.denominator)
        .map(({ denominator, inner, outer, chance }) => ({ size: denominator, inner, outer, chance })),
    },
    data,
  };
}

/** One indicator: all that was told, month by month, the forces against each other, and the average force. */
export function indicatorSection(indicator: PooledIndicator): ReportSection {
  const { id, title, unit, all, months, mean, funnel } = indicator;
  const section = (blocks: readonly Block[]): ReportSection => ({
    id: id.replaceAll(/[^a-z0-9]+/g, '-'),
    heading: title,
    blocks,
  });
  if (all === null) {
    return section([{ kind: 'paragraph', text: 'Every force withheld it, or could not measure it.' }]);
  }
  const decimals = decimalsFor(all.value);
  const table = forceTable(indicator, decimals);
  const overTime: Block = {
    kind: 'figure',
    title: `${title}: ${formatNumber(all.value, decimals)} ${unit} over all that was told`,
    caption: `All forces that tell the month, added up: ${unit}.`,
    description: `A line over ${months.length} months.`,
    chart: {
      kind: 'trend',
      measure: unit,
      decimals,
      months: months.map(({ month }) => month),
      series: [{ name: 'all forces', values: months.map(({ value }) => value) }],
    },
    data: {
      columns: [
        { label: 'Month', align: 'start' },
        { label: 'Value', unit, align: 'end' },
        { label: 'Forces that tell it', align: 'end' },
      ],
      rows: months.map(({ month, value, forces }) => ({
        cells: [{ kind: 'date', iso: month }, numberCell(value, decimals), numberCell(forces, 0)],
      })),
      notes: [],
    },
  };
  return section([
    ...(months.length >= 2 ? [overTime] : []),
    funnel === null
      ? { kind: 'table', caption: `${title} by force`, ...table }
      : funnelBlock(indicator, funnel, table, decimals),
    ...(mean === null || mean.k < 2 ? [] : forestBlocks(mean, { what: title, measure: unit })),
  ]);
}
