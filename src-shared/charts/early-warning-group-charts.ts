import type { EarlyWarningResult, FairnessRow } from '../domain/early-warning.ts';
import { cannotAssess, estimateWords, groupFigure } from '../domain/early-warning-words.ts';
import { formatNumber } from '../report/format.ts';
import type { IntervalsSpec } from './intervals-spec.ts';

/** O:E within which a group or a wave counts as right; the gate judges, this is drawn. */
const bounds = { low: 0.8, high: 1.25, label: '0.8 to 1.25' };
const measure = 'Observed over expected (log scale)';

function plural(count: number, one: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : `${one}s`}`;
}

/** Null where there is nothing to draw. */
export function fairnessSpec({ fairness }: EarlyWarningResult): IntervalsSpec | null {
  if (fairness.length === 0) return null;
  return {
    kind: 'intervals',
    measure,
    ratio: true,
    bounds,
    reference: 1,
    rows: fairness.map((row) => ({
      label: `${row.group}: ${row.level}`,
      estimate: row.observedExpected?.estimate ?? null,
      low: row.observedExpected?.low ?? null,
      high: row.observedExpected?.high ?? null,
      text: `${groupFigure(row, row.observedExpected)}${row.verdict === 'blocks' ? ', blocks use' : row.verdict === 'cannot be assessed' && row.observedExpected !== null ? `, ${cannotAssess}` : ''}`,
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

/** Null where no later wave could be compared. */
export function driftSpec({ drift }: EarlyWarningResult): IntervalsSpec | null {
  if (drift.length === 0) return null;
  return {
    kind: 'intervals',
    measure,
    ratio: true,
    bounds,
    reference: 1,
    rows: drift.map((row) => ({
      label: row.wave,
      estimate: row.observedExpected?.estimate ?? null,
      low: row.observedExpected?.low ?? null,
      high: row.observedExpected?.high ?? null,
      text: `${estimateWords(row.observedExpected)}; stability ${row.stability === null ? 'not assessable' : formatNumber(row.stability, 2)}`,
      flagged: row.drifted === true,
    })),
  };
}

export function driftTitle({ drift }: EarlyWarningResult): string {
  const moved = drift.filter(({ drifted }) => drifted === true);
  if (drift.length === 0) return 'Later waves against training';
  const first = moved[0];
  return first
    ? `The model has drifted in ${moved.length === 1 ? first.wave : `${plural(moved.length, 'wave')}, first in ${first.wave}`}`
    : `No drift seen in ${plural(drift.length, 'later wave')}`;
}
