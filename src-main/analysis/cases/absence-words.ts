export type AbsenceSpell = { readonly startDay: number; readonly endDay: number | null };

const yearDays = 365;

/** Days and spells of the year up to a day in a sentence; spells that overlap are not counted twice. */
export function absenceWords(spells: readonly AbsenceSpell[], asOfDay: number, held: boolean): string {
  if (!held) return 'Not assessable: no absences have been imported.';
  const from = asOfDay - yearDays + 1;
  const within = spells
    .map(({ startDay, endDay }) => ({ first: Math.max(startDay, from), last: Math.min(endDay ?? asOfDay, asOfDay) }))
    .filter(({ first, last }) => first <= last)
    .sort((a, b) => a.first - b.first);
  if (within.length === 0) return 'No absence is recorded in the year up to the newest data.';
  let days = 0;
  let reached = from - 1;
  for (const { first, last } of within) {
    days += Math.max(0, last - Math.max(first, reached + 1) + 1);
    reached = Math.max(reached, last);
  }
  const spellWords = within.length === 1 ? '1 spell' : `${within.length} spells`;
  const dayWords = days === 1 ? '1 calendar day' : `${days} calendar days`;
  const still = spells.some(({ startDay, endDay }) => startDay <= asOfDay && (endDay === null || endDay > asOfDay));
  return `${spellWords} and ${dayWords} of absence in the year up to the newest data${still ? '; one has not ended' : ''}.`;
}
