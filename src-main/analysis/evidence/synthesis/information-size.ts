import { power } from '#main/stats/procedures/power/power.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { runOn, tableOf } from '../../absence/model-table.ts';
import { riskAfter } from './absolute.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

const wantedPower = 0.8;

/**
 * People whom one trial of two equal groups would take to find the least important difference 8 times in 10: the optimal information
 * size. Null where what is stated does not fix it.
 */
export function informationSize(spec: ReviewSynthesisSpec): number | null {
  const { measure, importantDifference: least, baselineRisk: p1, points } = spec;
  if (least === null) return null;
  if (measure === 'SMD') return peopleFor({ test: 't', effect: least });
  if (measure === 'MD') return points === null ? null : peopleFor({ test: 't', effect: least, sd: points.sd });
  if (measure === 'ZCOR') return least < 1 ? singleGroup({ test: 'correlation', effect: least }) : null;
  if (p1 === null || (measure !== 'RR' && measure !== 'OR' && measure !== 'RD')) return null;
  // The smaller of the two ways to differ by as much takes the larger trial.
  const sizes = [least, measure === 'RD' ? -least : 1 / least].flatMap((effect) => {
    const p2 = riskAfter(measure, effect, p1);
    const size = p2 > 0 && p2 < 1 ? peopleFor({ test: 'proportions', p1, p2 }) : null;
    return size === null ? [] : [size];
  });
  return sizes.length === 0 ? null : Math.max(...sizes);
}

function singleGroup(question: Readonly<Record<string, unknown>>): number | null {
  try {
    return Math.ceil(runOn(power, { ...question, power: wantedPower }, tableOf(0, []), 'none').n);
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

function peopleFor(question: Readonly<Record<string, unknown>>): number | null {
  const inGroup = singleGroup(question);
  return inGroup === null ? null : 2 * inGroup;
}
