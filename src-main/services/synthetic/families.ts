import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normal, shuffled } from './distributions.ts';
import { type CoupleScores, drawScores } from './family-scores.ts';
import { type ForceOptions, periodOf } from './options.ts';
import { inService, type SyntheticPerson } from './people.ts';
import { planted } from './planted.ts';
import { countBetween, type ExposureHistory } from './screenings.ts';

/** Households of officers who were asked once, in the last weeks of the period, and agreed. */

/** When one member agreed, answered and perhaps withdrew. */
export type MemberDays = {
  readonly consentedDay: number;
  readonly takenDay: number;
  readonly withdrawnDay: number | null;
};

export type SyntheticHousehold = {
  /** Index of the officer, and of the partner where both serve. */
  readonly officer: number;
  readonly partnerPerson: number | null;
  readonly relation: 'married' | 'living together';
  /** In the 180 days up to the officer's answers. */
  readonly exposures: number;
  readonly scores: CoupleScores;
  readonly officerDays: MemberDays;
  /** Null where the partner did not answer. */
  readonly partnerDays: MemberDays | null;
  /** Whether the partner answered on the relation too. */
  readonly partnerOnRelation: boolean;
  /** What a parent of the household, and an adult child, answered of their own distress. */
  readonly parentDistress: number | null;
  readonly adultChildDistress: number | null;
  /** SDQ total that a parent gave of a child. */
  readonly childDifficulties: number | null;
  /** Both serve, and the partner answered as the officer of another household too. */
  readonly answeredTwice: boolean;
};

const firstDayBeforeEnd = 60;
const surveyDays = 30;
const leastServiceDays = 180;

/** In order of a draw; a couple who both serve is one household. */
export function* households(
  options: ForceOptions,
  people: readonly SyntheticPerson[],
  history: ExposureHistory,
): Generator<SyntheticHousehold> {
  const random = randomStream(options.seed, 'families');
  // Apart, so that who answers can change without another answer.
  const answers = randomStream(options.seed, 'couple scores');
  const { lastDay } = periodOf(options);
  const from = lastDay - firstDayBeforeEnd;
  const { answeringShare, bothServeShare } = planted.families;
  const asked = people.flatMap((person, index) =>
    person.workforceType === 'officer' &&
    inService(person, from - leastServiceDays) &&
    inService(person, from + surveyDays)
      ? [index]
      : [],
  );
  const left = [...shuffled(random, asked)];
  for (let officer = left.pop(); officer !== undefined; officer = left.pop()) {
    if (random.nextUniform() >= answeringShare) continue;
    const partnerPerson = random.nextUniform() < bothServeShare ? (left.pop() ?? null) : null;
    const who = drawHousehold(random, from, officer, partnerPerson);
    const { takenDay } = who.officerDays;
    const exposures = countBetween(history[officer] ?? [], takenDay - planted.doseResponse.recentDays, takenDay);
    yield { ...who, exposures, scores: drawScores(answers, exposures) };
  }
}

function drawHousehold(
  random: RandomStream,
  from: number,
  officer: number,
  partnerPerson: number | null,
): Omit<SyntheticHousehold, 'exposures' | 'scores'> {
  const shares = planted.families;
  const happens = (share: number) => random.nextUniform() < share;
  const officerDays = drawDays(random, from);
  const answered = happens(shares.partnerAnswersShare) || partnerPerson !== null;
  const partnerDays = drawDays(random, from);
  return {
    officer,
    partnerPerson,
    relation: happens(0.7) ? 'married' : 'living together',
    officerDays,
    partnerDays: answered ? partnerDays : null,
    partnerOnRelation: !happens(shares.partnerLeavesRelationOutShare),
    parentDistress: happens(shares.parentShare) ? drawTotal(random, 11, 5, 36) : null,
    adultChildDistress: happens(shares.adultChildShare) ? drawTotal(random, 11, 5, 36) : null,
    childDifficulties: happens(shares.childShare) ? drawTotal(random, 9, 5, 40) : null,
    answeredTwice: partnerPerson !== null && happens(0.5),
  };
}

function drawDays(random: RandomStream, from: number): MemberDays {
  const takenDay = from + random.nextBelow(surveyDays);
  const consentedDay = takenDay - random.nextBelow(14);
  const withdraws = random.nextUniform() < planted.families.withdrawnShare;
  const after = 1 + random.nextBelow(25);
  return { consentedDay, takenDay, withdrawnDay: withdraws ? takenDay + after : null };
}

/** Nothing is planted in it. */
function drawTotal(random: RandomStream, mean: number, deviation: number, high: number): number {
  return Math.round(Math.min(high, Math.max(0, mean + deviation * normal(random))));
}
