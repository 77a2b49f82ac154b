import type { PilotOutcome } from '#shared/domain/pilot.ts';
import { reasonReader } from '../../absence/reasons.ts';
import { noSpellNotes, type Spell, spellsOf } from '../../absence/spells.ts';
import type { OutcomeValues, ValueLimits } from './outcome-values.ts';
import type { PilotRecords } from './records.ts';

type AbsenceMeasure = Extract<PilotOutcome['measure'], { readonly of: 'absence' }>;

/**
 * Calendar days absent, or spells that began, of people in service over all of the days asked about, by the extract that reaches to their end; null
 * for everybody else. Absences without a day between them are one spell.
 */
export function absenceValues(
  { members, absences }: Pick<PilotRecords, 'members' | 'absences'>,
  { count, reason }: AbsenceMeasure,
  { lastDay, withdrawn }: ValueLimits,
): OutcomeValues {
  const knownTo = lastDay ?? absences.lastDay;
  const read = reasonReader({ own: {}, codeSets: null });
  const counts = (code: string | null): boolean => reason === 'all' || read(code).group.psychological;
  const spells = new Map<number, readonly Spell[]>();
  const spellsOfPerson = (person: number): readonly Spell[] => {
    const before = spells.get(person);
    if (before) return before;
    const rows = (absences.of.get(person) ?? []).filter((row) => counts(row.reason));
    const found = spellsOf(rows, { toDay: knownTo ?? 0, gapDays: 0, bridgeWeekends: false }, noSpellNotes());
    spells.set(person, found);
    return found;
  };
  return {
    knownFrom: absences.firstDay,
    knownTo,
    valueOf: (person, fromDay, toDay) => {
      const member = members.get(person);
      const inService =
        member !== undefined && (member.serviceStart ?? fromDay) <= fromDay && (member.serviceEnd ?? toDay) >= toDay;
      const isKnown = knownTo !== null && toDay <= knownTo && toDay < (withdrawn.get(person) ?? toDay + 1);
      if (!inService || !isKnown) return null;
      const own = spellsOfPerson(person);
      return count === 'spells'
        ? own.filter(({ startDay }) => startDay >= fromDay && startDay <= toDay).length
        : own.reduce((sum, spell) => sum + daysWithin(spell, fromDay, toDay), 0);
    },
  };
}

function daysWithin({ startDay, endDay }: Spell, fromDay: number, toDay: number): number {
  return Math.max(0, Math.min(endDay ?? toDay, toDay) - Math.max(startDay, fromDay) + 1);
}
