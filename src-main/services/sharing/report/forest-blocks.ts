import type { PooledMean } from '#main/analysis/pooling/pooled-mean.ts';
import type { Block, FigureBlock, TableRow } from '#shared/report/document.ts';
import { decimalsFor, formatInterval, formatNumber } from '#shared/report/format.ts';
import { intervalCell, numberCell, textCell } from './cells.ts';

/** What a mean is of, for its titles. */
export type ForestWords = {
  /** Begins the title: “Sickness spells”. */
  readonly what: string;
  /** What goes along the bottom. */
  readonly measure: string;
};

type Row = { readonly estimate: number; readonly low: number | null; readonly high: number | null };

function words({ estimate, low, high }: Row, decimals: number): string {
  const value = formatNumber(estimate, decimals);
  return low === null || high === null ? value : `${value} (${formatInterval(low, high, decimals)})`;
}

function without(mean: PooledMean, force: string): Row | null {
  return mean.leaveOneOut.find((row) => row.force === force) ?? null;
}

/** Every force’s own estimate with the mean of the average force, and that mean without each force in turn. */
export function forestBlocks(mean: PooledMean, { what, measure }: ForestWords): Block[] {
  const decimals = decimalsFor(mean.estimate);
  const nothing = mean.scale === 'points' ? 0 : undefined;
  const { predictionLow, predictionHigh } = mean;
  const rows: TableRow[] = [
    ...mean.forces.map(({ force, estimate, low, high, weight }): TableRow => {
      const left = without(mean, force);
      return {
        cells: [
          textCell(force),
          numberCell(estimate, decimals),
          intervalCell(low, high, decimals),
          numberCell(weight, 1),
          numberCell(left?.estimate ?? null, decimals),
        ],
      };
    }),
    {
      role: 'total',
      cells: [
        textCell('Average force'),
        numberCell(mean.estimate, decimals),
        intervalCell(mean.low, mean.high, decimals),
        numberCell(100, 1),
        { kind: 'empty' },
      ],
    },
  ];
  const predicted =
    predictionLow === null || predictionHigh === null
      ? 'With fewer than three forces nothing is said of another force.'
      : `Another force like these would lie between ${formatInterval(predictionLow, predictionHigh, decimals).replace(' to ', ' and ')}; I² ${formatNumber(mean.i2)}%.`;
  const figure: FigureBlock = {
    kind: 'figure',
    title: `${what}: ${words(mean, decimals)} in the average force`,
    caption: `${what}, force by force, with 95% intervals; below, the random-effects mean.`,
    description: `A forest plot of ${mean.k} forces and their mean. ${predicted}`,
    chart: {
      kind: 'intervals',
      measure,
      ratio: false,
      rows: [
        ...mean.forces.map((row) => ({ ...row, label: row.force, text: words(row, decimals) })),
        { ...mean, label: 'Average force', text: words(mean, decimals), flagged: true },
      ].map(({ label, estimate, low, high, text, ...row }) => ({
        ...{ label, estimate, low, high, text },
        ...('flagged' in row ? { flagged: true } : {}),
      })),
      ...(nothing === undefined ? {} : { reference: nothing }),
    },
    data: {
      columns: [
        { label: 'Force', align: 'start' },
        { label: 'Estimate', align: 'end' },
        { label: '95% interval', align: 'end' },
        { label: 'Weight', unit: 'per cent', align: 'end' },
        { label: 'Mean without it', align: 'end' },
      ],
      rows,
      notes: [predicted],
    },
  };
  return [figure];
}
