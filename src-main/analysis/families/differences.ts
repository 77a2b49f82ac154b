import { tTest } from '#main/stats/procedures/t-test.ts';
import type { FamilyDifference, FamilyMeasure } from '#shared/domain/family-impact.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../absence/model-table.ts';
import { fewerThanTen, leastPeople, type ShowCount, toldRows, tooNear } from './counts.ts';
import { type Household, scoreIn } from './households.ts';

/** Officers less partners: within couples where households are linked, else between the two samples (Welch). */
export function differenceOf(
  households: readonly Household[],
  measure: FamilyMeasure,
  linked: boolean,
  show: ShowCount,
): FamilyDifference | null {
  const pairs = households.map((household) => ({
    officer: scoreIn(household, 'officer', measure),
    partner: scoreIn(household, 'partner', measure),
  }));
  const held = (values: readonly number[]): number[] => values.filter((value) => !Number.isNaN(value));
  const officers = held(pairs.map(({ officer }) => officer));
  const partners = held(pairs.map(({ partner }) => partner));
  if (officers.length === 0 || partners.length === 0) return null;
  return linked ? withinCouples(pairs, measure, show) : betweenSamples(officers, partners, measure, show);
}

const nothing = { n: null, estimate: null, low: null, high: null, p: null };
const notVaried = 'the answers do not vary enough to tell';

type Pair = { readonly officer: number; readonly partner: number };

function withinCouples(pairs: readonly Pair[], measure: FamilyMeasure, show: ShowCount): FamilyDifference {
  const kind = 'within couples';
  const both = pairs.filter(({ officer, partner }) => !Number.isNaN(officer) && !Number.isNaN(partner));
  const told = toldRows(both, show);
  if (told === null) return { measure, kind, ...nothing, withheld: both.length < leastPeople ? fewerThanTen : tooNear };
  const columns = (['officer', 'partner'] as const).map((role) =>
    numbers(
      role,
      told.map((pair) => pair[role]),
    ),
  );
  const found = tested(() =>
    runOn(tTest, { paired: ['officer', 'partner'] }, tableOf(told.length, columns), 'couples.csv'),
  );
  return found === null
    ? { measure, kind, ...nothing, withheld: notVaried }
    : { measure, kind, n: told.length, ...found, withheld: null };
}

function betweenSamples(
  officers: readonly number[],
  partners: readonly number[],
  measure: FamilyMeasure,
  show: ShowCount,
): FamilyDifference {
  const kind = 'between samples';
  const [ours, theirs] = [toldRows(officers, show), toldRows(partners, show)];
  if (ours === null || theirs === null) {
    const fewest = Math.min(officers.length, partners.length);
    return { measure, kind, ...nothing, withheld: fewest < leastPeople ? fewerThanTen : tooNear };
  }
  const members = [...ours.map(() => 'officer'), ...theirs.map(() => 'partner')];
  const table = tableOf(members.length, [numbers('score', [...ours, ...theirs]), categories('member', members)]);
  const found = tested(() => runOn(tTest, { y: 'score', group: 'member' }, table, 'members.csv'));
  return found === null
    ? { measure, kind, ...nothing, withheld: notVaried }
    : { measure, kind, n: null, ...found, withheld: null };
}

type Tested = Readonly<Record<'estimate' | 'low' | 'high' | 'p', number>>;

function tested(run: () => Readonly<Record<string, unknown>>): Tested | null {
  try {
    const { estimate, low, high, p } = run() as Tested;
    return { estimate, low, high, p };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return null;
  }
}
