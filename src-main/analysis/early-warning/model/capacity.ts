import { quantileOfSorted } from '#main/stats/numeric/quantile.ts';
import { countsAt, netBenefit } from '#main/stats/prediction/decision-curve.ts';
import type { CapacityRow, NetBenefitPoint } from '#shared/domain/early-warning.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import type { Predictions } from './performance.ts';
import { chanceOf } from './score.ts';
import { mayTell } from './small-cells.ts';

/** Predictions in rising order of chance, with their events. */
type Sorted = { readonly chances: Float64Array; readonly events: Uint8Array };

function sorted({ logits, y }: Predictions): Sorted {
  const order = Uint32Array.from(logits.keys()).sort((a, b) => (logits[a] ?? 0) - (logits[b] ?? 0) || a - b);
  return {
    chances: Float64Array.from(order, (row) => chanceOf(logits[row] ?? 0)),
    events: Uint8Array.from(order, (row) => y[row] ?? 0),
  };
}

/** How many are screened and can be assessed in a week, from the waves tested and the days between waves. */
export function assessedAWeek(table: LandmarkTable, tested: readonly number[]): number | null {
  const starts = table.waves.map(({ firstDay }) => firstDay);
  const gaps = starts
    .slice(1)
    .map((day, at) => day - (starts[at] ?? day))
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  const gap = gaps[gaps.length >> 1];
  if (gap === undefined || tested.length === 0) return null;
  let landmarks = 0;
  for (let row = 0; row < table.count; row += 1) if (tested.includes(table.wave[row] ?? -1)) landmarks += 1;
  return landmarks / ((tested.length * gap) / 7);
}

const shares = [0.25, 0.5, 1, 2, 4];

/** What each capacity would mean among the waves tested: the threshold that lets so many through, and who is then missed. */
export function capacityRows(predictions: Predictions, aWeek: number, capacity: number): CapacityRow[] {
  const { chances, events } = sorted(predictions);
  const cases = events.reduce((sum, event) => sum + event, 0);
  return shares.map((share): CapacityRow => {
    const signalsAWeek = capacity * share;
    const threshold = thresholdOf(chances, signalsAWeek / aWeek);
    const [counts] = countsAt(chances, events, [threshold]);
    const [hits, others] = [counts?.truePositives ?? 0, counts?.falsePositives ?? 0];
    const told = mayTell(hits, cases - hits);
    return {
      signalsAWeek,
      threshold,
      positivePredictiveValue: hits + others === 0 || !mayTell(hits, others) ? null : hits / (hits + others),
      sensitivity: cases === 0 || !told ? null : hits / cases,
      missedCases: told ? cases - hits : null,
    };
  });
}

/** The chance at or above which a share of the predictions lies; where the capacity is enough for all, the least of them. */
export function thresholdOf(chances: Float64Array, share: number): number {
  return share >= 1 ? (chances[0] ?? 0) : quantileOfSorted(chances, 1 - share);
}

const steps = Array.from({ length: 30 }, (_, at) => (at + 1) / 50);

/** A point, and whether the counts behind it may be told. */
export type BenefitFound = NetBenefitPoint & { readonly told: boolean };

/** Net benefit of the model, of the rules and of the two policies without either, over thresholds and at one more. */
export function netBenefits(model: Predictions, rules: Predictions, besides: number | null): BenefitFound[] {
  const [own, plain] = [sorted(model), sorted(rules)];
  const n = own.chances.length;
  if (n === 0) return [];
  const cases = own.events.reduce((sum, event) => sum + event, 0);
  const inside = besides !== null && besides > 0 && besides < 1 && !steps.includes(besides);
  const thresholds = [...steps, ...(inside ? [besides] : [])].sort((a, b) => a - b);
  const [byModel, byRules] = [own, plain].map(({ chances, events }) => countsAt(chances, events, thresholds));
  return thresholds.map((threshold, at) => {
    const [ours, theirs] = [byModel?.[at], byRules?.[at]];
    return {
      threshold,
      model: ours ? netBenefit(ours, n) : 0,
      rules: theirs ? netBenefit(theirs, n) : 0,
      treatAll: netBenefit({ threshold, truePositives: cases, falsePositives: n - cases }, n),
      treatNone: 0,
      told: [ours, theirs].every((counts) => !counts || mayTell(counts.truePositives, counts.falsePositives)),
    };
  });
}
