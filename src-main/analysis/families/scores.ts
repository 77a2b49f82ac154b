import { summarise } from '#main/stats/group-comparison/sample-summary.ts';
import { reliability } from '#main/stats/procedures/reliability/reliability.ts';
import type { FamilyMeasure, FamilyMember, FamilyReliability, FamilyScores } from '#shared/domain/family-impact.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { numbers, runOn, tableOf } from '../absence/model-table.ts';
import { instrumentNamed } from '../instruments/registry.ts';
import { fewerThanTen, leastPeople, type ShowCount, toldRows, tooNear } from './counts.ts';
import { type Household, scoreIn } from './households.ts';

const totalsOnly = 'the items are not held: totals came alone, or they are sealed';

/** Mean, spread and reliability of one scale among one kind of member; null where nobody of them was asked it. */
export function scoresOf(
  households: readonly Household[],
  member: FamilyMember,
  measure: FamilyMeasure,
  show: ShowCount,
): FamilyScores | null {
  const answered = households.filter((household) => !Number.isNaN(scoreIn(household, member, measure)));
  if (answered.length === 0) return null;
  const told = toldRows(answered, show);
  if (told === null) {
    const withheld = answered.length < leastPeople ? fewerThanTen : tooNear;
    return { member, measure, ...withheldScores, reliabilityWithheld: withheld, withheld };
  }
  const { mean, sd } = summarise(Float64Array.from(told, (household) => scoreIn(household, member, measure)));
  return { member, measure, n: told.length, mean, sd, ...reliabilityOf(told, member, measure, show), withheld: null };
}

const withheldScores = {
  n: null,
  mean: null,
  sd: null,
  reliability: null,
};

type Told = Pick<FamilyScores, 'reliability' | 'reliabilityWithheld'>;

function reliabilityOf(
  households: readonly Household[],
  member: FamilyMember,
  measure: FamilyMeasure,
  show: ShowCount,
): Told {
  const held = completeAnswers(households, member, measure);
  const items = held[0]?.length ?? 0;
  if (items < 2) return { reliability: null, reliabilityWithheld: totalsOnly };
  const complete = toldRows(held, show);
  if (complete === null) {
    return { reliability: null, reliabilityWithheld: held.length < leastPeople ? fewerThanTen : tooNear };
  }
  const names = Array.from({ length: items }, (_none, at) => `item_${at + 1}`);
  const columns = names.map((name, at) =>
    numbers(
      name,
      complete.map((list) => list[at] ?? Number.NaN),
    ),
  );
  try {
    const found = runOn(reliability, { items: names }, tableOf(complete.length, columns), 'items.csv');
    return { reliability: told(found, items), reliabilityWithheld: null };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { reliability: null, reliabilityWithheld: 'the answers do not vary enough to tell' };
  }
}

/** What each member answered to the items of the scale, as the scale counts them; only those who answered all. */
function completeAnswers(households: readonly Household[], member: FamilyMember, measure: FamilyMeasure): number[][] {
  const definition = instrumentNamed(measure.instrument);
  const scale = definition?.scales.find((one) => one.scale === measure.scale);
  if (!definition || !scale) return [];
  const { min, max, step } = definition.itemRange;
  const counted = (item: number, answer: number): number => {
    const directed = definition.items[item - 1]?.reversed ? max + min - answer : answer;
    return scale.answers ? (scale.answers[(directed - min) / step] ?? Number.NaN) : directed;
  };
  return households.flatMap(({ rows }) => {
    const items = rows.find(
      (row) => row.member === member && row.instrument === measure.instrument && row.items,
    )?.items;
    const answers = scale.items.flatMap((item) => {
      const answer = items?.[item - 1] ?? null;
      return answer === null ? [] : [counted(item, answer)];
    });
    return answers.length === scale.items.length ? [answers] : [];
  });
}

function told(found: Readonly<Record<string, unknown>>, items: number): FamilyReliability | null {
  const number = (key: string): number | null => (typeof found[key] === 'number' ? (found[key] as number) : null);
  const alpha = number('alpha');
  return alpha === null
    ? null
    : { items, alpha, alphaLow: number('alphaLow'), alphaHigh: number('alphaHigh'), omegaTotal: number('omegaTotal') };
}
