import type { Consent } from './pilot-consent.ts';

/** How far somebody has come in a pilot; exactly one holds of everybody in its enrolments. */
export const enrolmentStates = [
  'not eligible yet',
  'not enrolled',
  'no consent',
  'waiting',
  'taking part',
  'withdrawn',
] as const;
export type EnrolmentState = (typeof enrolmentStates)[number];

type Standing = Pick<Consent, 'consentedDay' | 'withdrawnDay'> & {
  readonly eligibleDay: number | null;
  readonly arm: string | null;
  readonly notEnrolledReason: string | null;
};

/**
 * @param day the last local day that counts
 * @param isDrawn whether chance puts people or their clusters into arms
 */
export function enrolmentStateOf(standing: Standing, day: number, isDrawn: boolean): EnrolmentState {
  const { eligibleDay, consentedDay, withdrawnDay, arm, notEnrolledReason } = standing;
  const isBy = (given: number | null): boolean => given !== null && given <= day;
  if (notEnrolledReason !== null) return 'not enrolled';
  if (isBy(withdrawnDay)) return 'withdrawn';
  if (isBy(consentedDay) && (arm !== null || !isDrawn)) return 'taking part';
  if (!isBy(eligibleDay)) return 'not eligible yet';
  return isBy(consentedDay) ? 'waiting' : 'no consent';
}

/**
 * What `pilot-enrolment` returns as `result`: how many people have come how far in a pilot. Null is withheld: fewer than `minimum`,
 * or to be worked out from others.
 */
export type PilotEnrolmentResult = {
  readonly pilot: string;
  readonly asOf: string;
  readonly minimum: number;
  readonly all: EnrolmentCounts;
  readonly strata: readonly EnrolmentGroup[];
  readonly clusters: readonly EnrolmentGroup[];
  /** Why people were not enrolled, in the words of the extract. */
  readonly reasons: readonly { readonly reason: string; readonly people: number | null }[];
  /** Who withdrew and asked that nothing of theirs is used. */
  readonly leftOut: number | null;
  /** Who withdrew, while an extract says since then that they take part. */
  readonly contradicted: number | null;
};

export type EnrolmentCounts = {
  readonly people: number | null;
  readonly byState: Readonly<Record<EnrolmentState, number | null>>;
};

/** `group` is empty where the extract names none. */
export type EnrolmentGroup = EnrolmentCounts & { readonly group: string };
