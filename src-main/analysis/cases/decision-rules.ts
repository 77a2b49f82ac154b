import type { CaseDecision } from '#shared/domain/cases.ts';

export type AskedDecision = {
  readonly decision: CaseDecision;
  readonly overrides: boolean;
  readonly overrideReason: string | undefined;
  readonly dueDay: number | null;
};

const needsDue: ReadonlySet<CaseDecision> = new Set(['contact', 'monitor', 'escalate']);
/** Decisions that do not follow a signal's suggestion to offer support. */
export const againstAnOffer: ReadonlySet<CaseDecision> = new Set(['no_action', 'close']);
const mostDaysAhead = 731;

/** Why a decision cannot be stored as it is, in a sentence; null where it can. */
export function decisionFault(
  { decision, overrides, overrideReason, dueDay }: AskedDecision,
  { today, suggestsOffer }: { readonly today: number; readonly suggestsOffer: boolean },
): string | null {
  if (needsDue.has(decision) && dueDay === null)
    return 'This decision needs a day on which the case is looked at again.';
  if (decision === 'close' && dueDay !== null)
    return 'A case that is closed has no day on which it is looked at again.';
  if (dueDay !== null && dueDay < today) return 'The day on which the case is looked at again has passed.';
  if (dueDay !== null && dueDay > today + mostDaysAhead)
    return 'The day on which the case is looked at again is more than two years away.';
  if (overrides && overrideReason === undefined) return 'Say why you decide otherwise than the signal suggests.';
  if (!overrides && suggestsOffer && againstAnOffer.has(decision)) {
    return 'A signal suggests an offer of support: say that you decide otherwise, and why.';
  }
  return null;
}
