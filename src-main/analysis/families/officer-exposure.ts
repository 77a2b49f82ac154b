import { exposureOfPairs } from '../exposure/outcome/screening-pairs.ts';
import type { PackedExposures } from '../exposure/packed-exposures.ts';
import { type PersonFrame, spellAt } from '../exposure/person-frame.ts';
import { type Household, type ScaleName, scoreIn } from './households.ts';

export type ExposureInput = {
  readonly exposures: PackedExposures;
  readonly people: PersonFrame;
  /** Of each event; null counts every event as one. */
  readonly weights: Float64Array | null;
  /** First and last day of the exposure records; null where there are none. */
  readonly recorded: { readonly firstDay: number; readonly lastDay: number } | null;
  readonly windowDays: number;
};

export type OfficerExposure = {
  /** NaN where the officer is not named, or the records do not hold the whole window. */
  readonly exposure: number;
  /** Null where the officer was in no post on the day. */
  readonly unit: string | null;
};

const none: OfficerExposure = { exposure: Number.NaN, unit: null };

/** What the officer of a household met in the days before the answer of that scale, and the unit they were in. */
export function exposureBefore(household: Household, { instrument }: ScaleName, input: ExposureInput): OfficerExposure {
  const answer = household.rows.find((row) => row.member === 'officer' && row.instrument === instrument);
  if (!answer || answer.person === null) return none;
  const { people, exposures, weights, recorded, windowDays } = input;
  const { person, takenOn: day } = answer;
  const spell = spellAt(people, person, day);
  const unit = spell < 0 ? null : (people.units[people.spells.unit[spell] ?? 0] ?? null);
  const held = recorded !== null && day - windowDays + 1 >= recorded.firstDay && day <= recorded.lastDay;
  if (!held) return { exposure: Number.NaN, unit };
  const pair = { person, day, priorDay: Number.NEGATIVE_INFINITY };
  return { exposure: exposureOfPairs([pair], exposures, weights, windowDays)[0] ?? Number.NaN, unit };
}

/** One row a household: what spillover and mediation look at; NaN where a value is missing. */
export type FamilyValues = {
  readonly exposure: number;
  readonly unit: string | null;
  readonly officerDistress: number;
  readonly conflict: number;
  readonly partnerDistress: number;
};

export function familyValues(
  households: readonly Household[],
  measures: { readonly distress: ScaleName; readonly conflict: ScaleName },
  input: ExposureInput,
): FamilyValues[] {
  return households.map((household) => ({
    ...exposureBefore(household, measures.distress, input),
    officerDistress: scoreIn(household, 'officer', measures.distress),
    conflict: scoreIn(household, 'officer', measures.conflict),
    partnerDistress: scoreIn(household, 'partner', measures.distress),
  }));
}
