import type { IntervalsSpec } from '#shared/charts/intervals-spec.ts';
import type { EarlyWarningResult, Estimate, FairnessRow } from '#shared/domain/early-warning.ts';
import { plural } from '../../ui/format.ts';
import { text } from './text.ts';
import { estimateWords } from './words.ts';

/** O:E within which a group counts as right; the gate judges, this is drawn. */
const bounds = { low: 0.8, high: 1.25, label: '0.8 to 1.25' };

export function verdictWords({ verdict }: FairnessRow): string {
  return {
    within: 'within bounds',
    blocks: 'blocks use',
    'cannot be assessed': text.cannotAssess,
    withheld: text.withheld,
  }[verdict];
}

/** A figure of a group; one that is withheld or could not be judged says which. */
export function groupFigure(row: FairnessRow, estimate: Estimate | null): string {
  if (row.verdict === 'withheld') return text.withheld;
  return estimate === null ? text.cannotAssess : estimateWords(estimate);
}

export function fairnessSpec({ fairness }: EarlyWarningResult): IntervalsSpec | null {
  if (fairness.length === 0) return null;
  return {
    kind: 'intervals',
    measure: 'Observed over expected (log scale)',
    ratio: true,
    bounds,
    reference: 1,
    rows: fairness.map((row) => ({
      label: `${row.group}: ${row.level}`,
      estimate: row.observedExpected?.estimate ?? null,
      low: row.observedExpected?.low ?? null,
      high: row.observedExpected?.high ?? null,
      text: `${groupFigure(row, row.observedExpected)}${row.verdict === 'blocks' ? ', blocks use' : row.verdict === 'cannot be assessed' && row.observedExpected !== null ? `, ${text.cannotAssess}` : ''}`,
      flagged: row.verdict === 'blocks',
    })),
  };
}

export function fairnessTitle({ fairness }: EarlyWarningResult): string {
  const of = (verdict: FairnessRow['verdict']): number => fairness.filter((row) => row.verdict === verdict).length;
  if (fairness.length === 0) return 'Fairness by group';
  const blocking = fairness.filter(({ verdict }) => verdict === 'blocks');
  const unjudged = of('cannot be assessed') + of('withheld');
  const rest =
    unjudged === 0
      ? ''
      : `; ${plural(unjudged, 'group')} cannot be assessed or ${unjudged === 1 ? 'is' : 'are'} withheld`;
  if (blocking.length > 0) {
    return `The model is wrong for ${blocking.map(({ group, level }) => `${group.toLowerCase()} ${level}`).join(', ')}${rest}`;
  }
  const within = of('within');
  return within === 0
    ? 'No group holds enough events to judge whether the model is fair to it'
    : `${plural(within, 'group')} that can be judged ${within === 1 ? 'is' : 'are'} within bounds${rest}`;
}
