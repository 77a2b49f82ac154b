import { spellsOf } from '../../absence/spells.ts';
import { outcomeUnknown } from '../landmark-table.ts';
import type { History, KnownAbsence, LandmarkRules } from './history.ts';

/** 1 a case, 0 not, `outcomeUnknown`. */
type Coded = 0 | 1 | typeof outcomeUnknown;

export type Outcome = { readonly outcome: Coded; readonly caseness: Coded; readonly spell: Coded };

/** A psychological spell: its first day, and whether it exceeds the limit; null where it is still open and has not yet. */
export type LongSpell = { readonly startDay: number; readonly exceeds: boolean | null };

/** Psychological absences of one person joined into spells as the absence analysis joins rows without a day between. */
export function psychologicalSpells(
  absences: readonly KnownAbsence[],
  { lastHeldDay, spellDays }: { readonly lastHeldDay: number; readonly spellDays: number },
): LongSpell[] {
  const rows = absences
    .filter(({ psychological }) => psychological)
    .map(({ startDay, endDay }) => ({ startDay, endDay, reason: null, fteDays: null, injuryOnDuty: false }));
  if (rows.length === 0) return [];
  const notes = { overlapping: 0, consecutive: 0, bridged: 0, openFollowed: 0 };
  return spellsOf(rows, { toDay: lastHeldDay, gapDays: 0, bridgeWeekends: false }, notes).map((spell) => {
    const days = (spell.endDay ?? lastHeldDay) - spell.startDay + 1;
    const exceeds = days > spellDays ? true : spell.endDay === null ? null : false;
    return { startDay: spell.startDay, exceeds };
  });
}

/** What came after a day, within the horizon: a screening, and a long psychological spell that began there. */
export function outcomeAfter(
  history: History,
  person: number,
  at: number,
  spells: readonly LongSpell[],
  { horizonDays, isCase }: LandmarkRules,
): Outcome {
  const end = at + horizonDays;
  const hasPassed = end <= history.lastHeldDay;
  const within = (day: number): boolean => day > at && day <= end;
  const scores = (history.screenings[person] ?? []).flatMap(({ day, score }) =>
    within(day) && day <= history.lastHeldDay && score !== null ? [score] : [],
  );
  const isPositive = scores.some(isCase);
  const caseness = isPositive ? 1 : hasPassed && scores.length > 0 ? 0 : outcomeUnknown;
  const begun = spells.filter(({ startDay }) => within(startDay));
  const leftOn = history.people[person]?.serviceEnd ?? null;
  const staysOn = leftOn === null || leftOn >= end;
  const isSettled = hasPassed && staysOn && history.holdsAbsences && begun.every(({ exceeds }) => exceeds === false);
  const spell = begun.some(({ exceeds }) => exceeds === true) ? 1 : isSettled ? 0 : outcomeUnknown;
  const isCaseByEither = caseness === 1 || spell === 1;
  const isNone = caseness === 0 && spell === 0;
  return { outcome: isCaseByEither ? 1 : isNone ? 0 : outcomeUnknown, caseness, spell };
}
