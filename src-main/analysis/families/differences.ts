import { tTest } from '#main/stats/procedures/t-test.ts';
import type { FamilyDifference, FamilyMeasure } from '#shared/domain/family-impact.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../absence/model-table.ts';
import { fewerThanTen, leastPeople } from './counts.ts';
import { type Household, scoreIn } from './households.ts';

/** Officers less partners: within couples where households are linked, else between the two samples (Welch). */
export function differenceOf(
  households: readonly Household[],
  measure: FamilyMeasure,
  linked: boolean,
): FamilyDifference | null {
  const pairs = households.map((household) => ({
    officer: scoreIn(household, 'officer', measure),
    partner: scoreIn(household, 'partner', measure),
  }));
  const kind = linked ? 'within couples' : 'between samples';
  const held = (values: readonly number[]): number[] => values.filter((value) => !Number.isNaN(value));
  const [officers, partners] = [held(pairs.map(({ officer }) => officer)), held(pairs.map(({ partner }) => partner))];
  if (officers.length === 0 || partners.length === 0) return null;
  const both = pairs.filter(({ officer, partner }) => !Number.isNaN(officer) && !Number.isNaN(partner));
  const fewest = linked ? both.length : Math.min(officers.length, partners.length);
  if (fewest < leastPeople) return { measure, kind, ...nothing, withheld: fewerThanTen };
  try {
    const found = linked
      ? runOn(tTest, { paired: ['officer', 'partner'] }, coupleTable(both), 'couples.csv')
      : runOn(tTest, { y: 'score', group: 'member' }, sampleTable(officers, partners), 'members.csv');
    const { estimate, low, high, p } = found as unknown as Record<'estimate' | 'low' | 'high' | 'p', number>;
    return { measure, kind, estimate, low, high, p, withheld: null };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { measure, kind, ...nothing, withheld: 'the answers do not vary enough to tell' };
  }
}

const nothing = { estimate: null, low: null, high: null, p: null };

function coupleTable(both: readonly { readonly officer: number; readonly partner: number }[]) {
  return tableOf(both.length, [
    numbers(
      'officer',
      both.map(({ officer }) => officer),
    ),
    numbers(
      'partner',
      both.map(({ partner }) => partner),
    ),
  ]);
}

function sampleTable(officers: readonly number[], partners: readonly number[]) {
  const members = [...officers.map(() => 'officer'), ...partners.map(() => 'partner')];
  return tableOf(members.length, [numbers('score', [...officers, ...partners]), categories('member', members)]);
}
