import type { AbsoluteEffect, Pooled } from '#shared/domain/evidence/synthesis.ts';
import { plainNumber, plainShare } from '../../exposure/words.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

const perThousand = 1_000;

/** The share who have the outcome once an effect has worked on the share who have it without. */
export function riskAfter(measure: 'RR' | 'OR' | 'RD', effect: number, baseline: number): number {
  if (measure === 'RD') return baseline + effect;
  if (measure === 'RR') return baseline * effect;
  const odds = (baseline / (1 - baseline)) * effect;
  return odds / (1 + odds);
}

/** The pooled effect in people of 1,000, or in points of an instrument; null where the spec does not say of what. */
export function absoluteEffect(
  { estimate, low, high }: Pick<Pooled, 'estimate' | 'low' | 'high'>,
  { measure, baselineRisk, points }: ReviewSynthesisSpec,
): AbsoluteEffect | null {
  const through = (of: (value: number) => number): Pick<AbsoluteEffect, 'estimate' | 'low' | 'high'> => ({
    ...{ estimate: of(estimate), low: low === null ? null : of(low), high: high === null ? null : of(high) },
  });
  if (measure === 'MD') {
    return { per: 'points', ...through((value) => value), words: 'In the points that were measured.' };
  }
  if (measure === 'PLO') {
    return { per: 'in 1,000 people', ...through((share) => perThousand * share), words: 'As many have it.' };
  }
  if ((measure === 'SMD' || measure === 'SMCR') && points !== null) {
    const words = `In points of ${points.of}, whose standard deviation is taken as ${plainNumber(points.sd)}.`;
    return { per: 'points', ...through((value) => value * points.sd), words };
  }
  if ((measure === 'RR' || measure === 'OR' || measure === 'RD') && baselineRisk !== null) {
    return {
      per: 'in 1,000 people',
      ...through((value) => perThousand * (bounded(riskAfter(measure, value, baselineRisk)) - baselineRisk)),
      words: `Where ${plainShare(baselineRisk)} of people have it without what was offered.`,
    };
  }
  return null;
}

function bounded(share: number): number {
  return Math.min(1, Math.max(0, share));
}
