import { individualsChart } from '#main/stats/control-charts/individuals-chart.ts';
import { findSignals } from '#main/stats/control-charts/rules.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { SimulationCell } from '../cell.ts';

/** 0 where any point of a series is flagged, so that the share rejected is that of charts with a false alarm. */
function falseAlarms(points: number): SimulationCell {
  return {
    name: `spc: XmR charts of ${points} normal points in control`,
    replicate: (stream) => {
      const values = Float64Array.from(normalDraws(stream, points));
      const chart = individualsChart(values, { baseline: { from: 0, to: points }, exact: false, screen: false });
      const findings = findSignals(chart, 'nhs');
      const any = findings.some(({ flagged }) => flagged.size > 0);
      return [
        { parameter: 'any rule of the NHS', p: any ? 0 : 1 },
        { parameter: 'a point outside', p: findings[0]!.flagged.size > 0 ? 0 : 1 },
      ];
    },
    bars: { rejected: [0, 0.6], why: 'for information: rules trade false alarms for speed, and no level is promised' },
  };
}

export const controlChartCells: readonly SimulationCell[] = [falseAlarms(24)];
