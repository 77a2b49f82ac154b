import { isoOfDay } from '#shared/domain/dates.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { shuffled } from './distributions.ts';
import type { MemberDays, SyntheticHousehold } from './families.ts';
import { conflictItems, distressItems, relationItems } from './family-scores.ts';
import type { SyntheticPerson } from './people.ts';

const itemColumns = 12;

export const familyHeader: readonly string[] = [
  'household_ref',
  'member',
  'person_ref',
  'partner_person_ref',
  'relation',
  'wave',
  'taken_on',
  'consented_on',
  'withdrawn_on',
  'instrument',
  'scale',
  ...Array.from({ length: itemColumns }, (_, at) => `item_${at + 1}`),
  'score',
];

type Told = {
  readonly instrument: string;
  readonly scale?: string;
  readonly items?: readonly number[];
  readonly score?: number;
};
type Member = 'officer' | 'partner' | 'parent' | 'adult_child';

/** Answers from 0 to `highest`, so many of them, that add up to the total: as even as it allows, but for one point. */
export function answersOf(random: RandomStream, total: number, items: number, highest: number): readonly number[] {
  const answers = shuffled(
    random,
    Array.from({ length: items }, (_, at) => Math.floor((total + at) / items)),
  );
  const [from, to] = [random.nextBelow(items), random.nextBelow(items)];
  const moves = from !== to && (answers[from] ?? 0) > 0 && (answers[to] ?? highest) < highest;
  return answers.map((answer, at) => (moves && at === from ? answer - 1 : moves && at === to ? answer + 1 : answer));
}

function distress(random: RandomStream, total: number): Told {
  return { instrument: 'GHQ-12', items: answersOf(random, total, distressItems, 3) };
}

/** Work-to-family from its mean; family-to-work, which nothing is planted in, from about half of its range down. */
function conflict(random: RandomStream, mean: number): Told {
  const points = [Math.round(conflictItems * (mean - 1)), random.nextBelow(3 * conflictItems)];
  const items = points.flatMap((total) => answersOf(random, total, conflictItems, 6));
  return { instrument: 'WFC-FWC', items: items.map((answer) => 1 + answer) };
}

/** Places of the items of RAS that are worded the other way round. */
const reversed: readonly number[] = [3, 6];

function relation(random: RandomStream, mean: number): Told {
  const answers = answersOf(random, Math.round(relationItems * (mean - 1)), relationItems, 4);
  return { instrument: 'RAS', items: answers.map((answer, at) => (reversed.includes(at) ? 5 - answer : 1 + answer)) };
}

/** The rows of a household, by member. A child’s total is an answer of the partner, or of the officer where the partner gave none. */
export function familyRows(
  random: RandomStream,
  household: SyntheticHousehold,
  people: readonly SyntheticPerson[],
  number: number,
): readonly (readonly string[])[] {
  const { scores, officerDays, partnerDays, childDifficulties, parentDistress, adultChildDistress } = household;
  const officer = people[household.officer]?.ref ?? '';
  const partner = household.partnerPerson === null ? '' : (people[household.partnerPerson]?.ref ?? '');
  const child: readonly Told[] =
    childDifficulties === null ? [] : [{ instrument: 'SDQ-P', scale: 'total difficulties', score: childDifficulties }];
  const ref = `SYN-H${String(number).padStart(5, '0')}`;
  const rowsOf = (member: Member, days: MemberDays, relationTo: string, told: readonly Told[]) =>
    told.map((one) => row(ref, member, [member === 'officer' ? officer : '', partner], days, relationTo, one));
  const ofOfficer = [
    distress(random, scores.officerDistress),
    conflict(random, scores.conflict),
    relation(random, scores.officerRelation),
    ...(partnerDays === null ? child : []),
  ];
  const ofPartner = [
    distress(random, scores.partnerDistress),
    ...(household.partnerOnRelation ? [relation(random, scores.partnerRelation)] : []),
    ...child,
  ];
  return [
    ...rowsOf('officer', officerDays, '', ofOfficer),
    ...(partnerDays === null ? [] : rowsOf('partner', partnerDays, household.relation, ofPartner)),
    ...(parentDistress === null ? [] : rowsOf('parent', officerDays, 'parent', [distress(random, parentDistress)])),
    ...(adultChildDistress === null
      ? []
      : rowsOf('adult_child', officerDays, 'adult child', [distress(random, adultChildDistress)])),
    ...(household.answeredTwice && partnerDays !== null
      ? [row(`${ref}B`, 'officer', [partner, officer], partnerDays, '', distress(random, scores.partnerDistress))]
      : []),
  ];
}

function row(
  ref: string,
  member: Member,
  [person, partnerPerson]: readonly [person: string, partnerPerson: string],
  { takenDay, consentedDay, withdrawnDay }: MemberDays,
  relationTo: string,
  { instrument, scale = '', items = [], score }: Told,
): readonly string[] {
  return [
    ref,
    member,
    person,
    partnerPerson,
    relationTo,
    'families-1',
    isoOfDay(takenDay),
    isoOfDay(consentedDay),
    withdrawnDay === null ? '' : isoOfDay(withdrawnDay),
    instrument,
    scale,
    ...Array.from({ length: itemColumns }, (_, at) => (at < items.length ? String(items[at]) : '')),
    score === undefined ? '' : String(score),
  ];
}
