import type { PooledCurve } from '#main/analysis/pooling/pooled-curve.ts';
import type { Block, ReportSection } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';
import { intervalCell, numberCell } from './cells.ts';
import { forestBlocks } from './forest-blocks.ts';

const decimals = 2;

/** A curve of an outcome on exposure: points by random effects, the common curve beside them, and the slope of every force. */
export function curveSection(curve: PooledCurve): ReportSection {
  const { id, says, scale, points, common, slope, reference, pairs, people } = curve;
  const instrument = String(says['instrument']);
  const measure = scale === 'log' ? 'odds ratio' : 'points';
  const against = `${scale === 'log' ? 'Odds ratio' : 'Points'} against ${formatNumber(reference)} exposures in ${String(says['windowDays'])} days`;
  const { q } = common;
  const alike =
    q.p < 0.05
      ? 'The forces’ curves differ by more than chance, so that one common curve stands for none of them well.'
      : 'The forces’ curves differ by no more than chance lets expect.';
  const figure: Block = {
    kind: 'figure',
    title: `${instrument} on exposure, over ${formatNumber(slope.k)} forces`,
    caption: `${against}, with 95% intervals; dashed, one curve common to all forces.`,
    description: `A curve through ${points.length} exposures. ${alike}`,
    chart: {
      kind: 'curves',
      x: { measure: `exposures in ${String(says['windowDays'])} days`, share: false },
      y: { measure, share: false },
      lines: [
        { name: 'average force', points: points.map(({ exposure, estimate }) => [exposure, estimate] as const) },
        {
          name: 'common curve',
          dashed: true,
          points: common.points.map(({ exposure, estimate }) => [exposure, estimate] as const),
        },
      ],
      points: points.flatMap(({ exposure, estimate, low, high }) =>
        low === null || high === null ? [] : [{ x: exposure, y: estimate, low, high }],
      ),
    },
    data: {
      columns: [
        { label: 'Exposures', align: 'start' },
        { label: 'Average force', unit: measure, align: 'end' },
        { label: '95% interval', align: 'end' },
        { label: 'Another force', unit: '95% prediction', align: 'end' },
        { label: 'Common curve', align: 'end' },
      ],
      rows: points.map(({ exposure, estimate, low, high, predictionLow, predictionHigh }, at) => ({
        cells: [
          numberCell(exposure, 0),
          numberCell(estimate, decimals),
          intervalCell(low, high, decimals),
          intervalCell(predictionLow, predictionHigh, decimals),
          numberCell(common.points[at]?.estimate ?? null, decimals),
        ],
      })),
      notes: [
        `${formatNumber(pairs)} pairs of screenings of ${formatNumber(people)} people; none of their rows was seen here.`,
        `${alike} Q = ${formatNumber(q.statistic, 1)}, df ${q.df}, p = ${q.p.toFixed(3)}.`,
      ],
    },
  };
  return {
    id: id.replaceAll(/[^a-z0-9]+/g, '-'),
    heading: `${instrument} on exposure`,
    blocks: [
      ...(points.length >= 2 ? [figure] : []),
      ...forestBlocks(slope, { what: `${instrument}, for one exposure more`, measure }),
      {
        kind: 'paragraph',
        tone: 'small',
        text: 'An association, adjusted as every force adjusted it. It does not say that exposure is the cause.',
      },
    ],
  };
}
