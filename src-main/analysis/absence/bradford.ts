import { type Distribution, distributionOf } from '../exposure/distribution.ts';
import type { ReadReason } from './reasons.ts';
import { type AbsenceRow, noSpellNotes, type Spell, type SpellOptions, spellsOf } from './spells.ts';

const windowDays = 364;

export type BradfordContext = {
  readonly note: string;
  /** People in post on the last day, and how their factors are spread; null where they are fewer than the minimum. */
  readonly people: number;
  readonly spread: Distribution | null;
};

export const bradfordNote =
  'The Bradford factor (spells² × days over 52 weeks) is crude and can work against disabled people. It is shown as context only: it raises no flag, ranks nobody, and leaves out spells of pregnancy, disability and injury on duty.';

/**
 * Spells squared times days absent over the 52 weeks up to a day. Spells with a day of pregnancy, disability or injury on duty
 * are left out.
 */
export function bradfordFactor(
  rows: readonly AbsenceRow[],
  options: SpellOptions,
  reasonOf: (code: string | null) => ReadReason,
): number {
  const first = options.toDay - windowDays + 1;
  const counted = spellsOf(rows, { ...options, fromDay: first }, noSpellNotes()).filter((spell) =>
    spell.pieces.every((piece) => !piece.injuryOnDuty && reasonOf(piece.reason).group.bradford),
  );
  const days = counted.reduce((sum, spell) => sum + daysFrom(spell, first), 0);
  return counted.length ** 2 * days;
}

function daysFrom(spell: Spell, first: number): number {
  return spell.pieces.reduce((sum, piece) => sum + Math.max(0, piece.toDay - Math.max(piece.fromDay, first) + 1), 0);
}

export function bradfordContext(factors: readonly number[], minimum: number): BradfordContext {
  const enough = factors.length >= minimum;
  return {
    note: bradfordNote,
    people: factors.length,
    spread: enough ? distributionOf(Float64Array.from(factors)) : null,
  };
}
