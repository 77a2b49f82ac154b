import type { PilotEconomics } from '#shared/domain/pilot-evaluation.ts';
import { formatNumber } from '../../../ui/format.ts';
import type { KeyFigure } from '../../../ui/surface.tsx';
import { costText as text } from './text.ts';

function pounds(value: number): string {
  const words = `£${formatNumber(Math.abs(value), Math.abs(value) < 1_000 ? 2 : 0)}`;
  return value < 0 ? `−${words}` : words;
}

/** What a pilot cost, each figure with its interval, or why it has none. */
export function costFigures(economics: PilotEconomics): KeyFigure[] {
  const { costGbp, perPersonGbp, daysAvoided, daysAvoidedGbp } = economics;
  return [
    { label: text.all, value: pounds(costGbp) },
    { label: text.perPerson, value: pounds(perPersonGbp) },
    improvementFigure(economics),
    ...(daysAvoided === null
      ? []
      : [
          {
            label: text.days,
            value: formatNumber(daysAvoided.estimate, 0),
            note: text.interval(formatNumber(daysAvoided.low, 0), formatNumber(daysAvoided.high, 0)),
          },
        ]),
    ...(daysAvoidedGbp === null
      ? []
      : [
          {
            label: text.daysGbp,
            value: pounds(daysAvoidedGbp.estimate),
            note: text.interval(pounds(daysAvoidedGbp.low), pounds(daysAvoidedGbp.high)),
          },
        ]),
  ];
}

function improvementFigure({
  perImprovementGbp: each,
  perImprovementLowGbp: low,
  perImprovementHighGbp: high,
}: PilotEconomics): KeyFigure {
  if (each === null) return { label: text.perImprovement, value: text.notTold, note: text.whyNotTold };
  const note = low === null || high === null ? text.noEnd : text.interval(pounds(low), pounds(high));
  return { label: text.perImprovement, value: pounds(each), note };
}
