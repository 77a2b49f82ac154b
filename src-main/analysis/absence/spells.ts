import { type DatedSpan, type HeldInterval, latestHolds } from './latest-holds.ts';
import { workingDays } from './working-days.ts';

/** A row of the absence extract; both days absent, an end of null still open. */
export type AbsenceRow = {
  readonly startDay: number;
  readonly endDay: number | null;
  readonly reason: string | null;
  readonly fteDays: number | null;
  readonly injuryOnDuty: boolean;
};

/** Days of a spell under one row. */
export type SpellPiece = {
  readonly fromDay: number;
  readonly toDay: number;
  readonly reason: string | null;
  readonly injuryOnDuty: boolean;
  /** FTE days that the extract gives for an absence of one day: less than the FTE of the day is part of a day. */
  readonly partOfDayFte: number | null;
};

/** One consecutive absence as it was known on the last day asked about. */
export type Spell = {
  readonly startDay: number;
  /** Last day absent; null where it went on beyond the last day asked about. */
  readonly endDay: number | null;
  readonly pieces: readonly SpellPiece[];
};

export type SpellNotes = {
  /** Rows that overlap the one before, that follow it without a day between, and that were bridged by the options. */
  overlapping: number;
  consecutive: number;
  bridged: number;
  /** Rows without an end that a later absence of the same person follows. */
  openFollowed: number;
};

export type SpellOptions = {
  /** Spells that ended before it are passed over; without it none is. */
  readonly fromDay?: number;
  readonly toDay: number;
  /** Days between two absences up to which they are one spell: 0 joins only what leaves no day between. */
  readonly gapDays: number;
  /** Whether absences with nothing but a weekend between them are one spell. */
  readonly bridgeWeekends: boolean;
};

export function noSpellNotes(): SpellNotes {
  return { overlapping: 0, consecutive: 0, bridged: 0, openFollowed: 0 };
}

/**
 * Joins the absences of one person into spells. A day that several rows cover counts once, for the row that began last (a reason
 * that changed). Days between bridged absences belong to the length of the spell, but are not lost.
 *
 * @param rows ascending by first day; those that begin after `toDay` are passed over
 * @param notes counts what was joined
 */
export function spellsOf(rows: readonly AbsenceRow[], options: SpellOptions, notes: SpellNotes): Spell[] {
  const spells: Spell[] = [];
  let joined: AbsenceRow[] = [];
  let joins: (keyof SpellNotes)[] = [];
  let end: number | null = null;
  const close = (): void => {
    if (joined.length === 0 || (end !== null && end < (options.fromDay ?? end))) return;
    spells.push(spellOf(joined, options.toDay));
    for (const how of joins) notes[how] += 1;
  };
  for (const row of rows) {
    if (row.startDay > options.toDay) break;
    const how = joined.length === 0 ? null : joinOf(end, row.startDay, options);
    if (how === null) {
      close();
      joined = [row];
      joins = [];
      end = row.endDay;
      continue;
    }
    if (end === null) joins.push('openFollowed');
    joins.push(how);
    joined.push(row);
    end = end === null || row.endDay === null ? null : Math.max(end, row.endDay);
  }
  close();
  return spells;
}

function joinOf(
  end: number | null,
  start: number,
  options: SpellOptions,
): 'overlapping' | 'consecutive' | 'bridged' | null {
  if (end === null || start <= end) return 'overlapping';
  const between = start - end - 1;
  if (between === 0) return 'consecutive';
  if (between <= options.gapDays) return 'bridged';
  return options.bridgeWeekends && workingDays(end + 1, start - 1) === 0 ? 'bridged' : null;
}

/** Most spells are one row, and need no cutting up. */
function heldBy(spans: readonly DatedSpan[], fromDay: number, toDay: number): readonly HeldInterval[] {
  return spans.length === 1 ? [{ fromDay, toDay, span: 0 }] : latestHolds(spans, fromDay, toDay);
}

function spellOf(rows: readonly AbsenceRow[], toDay: number): Spell {
  const startDay = rows[0]?.startDay ?? toDay;
  const last = rows.reduce<number>((most, row) => Math.max(most, row.endDay ?? Number.POSITIVE_INFINITY), startDay);
  const spans = rows.map((row) => ({ fromDay: row.startDay, toDay: row.endDay }));
  const pieces = heldBy(spans, startDay, Math.min(last, toDay)).flatMap(({ fromDay, toDay: until, span }) => {
    const row = rows[span];
    if (!row) return [];
    const oneDay = row.startDay === row.endDay;
    return [
      {
        fromDay,
        toDay: until,
        reason: row.reason,
        injuryOnDuty: row.injuryOnDuty,
        partOfDayFte: oneDay ? row.fteDays : null,
      },
    ];
  });
  return { startDay, endDay: last > toDay ? null : last, pieces };
}

/** Calendar days from the first day to the last, or to the last day asked about where it goes on. */
export function spellDays(spell: Spell, toDay: number): number {
  return (spell.endDay ?? toDay) - spell.startDay + 1;
}

/** The Home Office's long-term sickness: more than 28 calendar days. */
export const longTermAfterDays = 28;
