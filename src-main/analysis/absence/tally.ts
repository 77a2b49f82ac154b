import { type AbsenceSums, noSums } from './figures.ts';
import type { ReadReason } from './reasons.ts';
import {
  type AbsenceRow,
  longTermAfterDays,
  noSpellNotes,
  type Spell,
  type SpellNotes,
  type SpellPiece,
  spellDays,
  spellsOf,
} from './spells.ts';
import { type PostSegment, postSegments, type StaffMember } from './staff-timeline.ts';
import { workingDays } from './working-days.ts';

export type TallyInput = {
  readonly members: readonly StaffMember[];
  /** Rows of each member, ascending by first day, by the same indices. */
  readonly absences: readonly (readonly AbsenceRow[])[];
  readonly fromDay: number;
  readonly toDay: number;
  readonly days: 'calendar' | 'working';
  readonly gapDays: number;
  readonly bridgeWeekends: boolean;
  readonly reasonOf: (code: string | null) => ReadReason;
  readonly groupOf: (member: StaffMember, post: PostSegment) => string;
};

/** A spell with a day in the period, for the time to return to work: days absent when seen first and last, and whether it ended. */
export type FollowedSpell = {
  readonly member: number;
  readonly group: string;
  readonly entryDays: number;
  readonly exitDays: number;
  readonly returned: boolean;
  readonly psychological: boolean;
};

/** A person in a group: what a model of rates rests on. */
export type PersonGroup = {
  readonly member: number;
  readonly group: string;
  readonly started: number;
  readonly availableFte: number;
};

export type ReasonTally = { readonly reason: string | null; spells: number; fteDays: number };

export type Tally = {
  readonly all: AbsenceSums;
  readonly groups: ReadonlyMap<string, AbsenceSums>;
  readonly persons: readonly PersonGroup[];
  readonly members: readonly MemberSums[];
  readonly followed: readonly FollowedSpell[];
  readonly reasons: ReadonlyMap<string | null, ReasonTally>;
  readonly notes: SpellNotes & { readonly daysOutsideService: number };
};

export type MemberSums = { readonly member: number; readonly sums: AbsenceSums; readonly spells: readonly Spell[] };

type Working = {
  readonly input: TallyInput;
  readonly groups: Map<string, AbsenceSums>;
  readonly reasons: Map<string | null, ReasonTally>;
  readonly followed: FollowedSpell[];
  readonly notes: SpellNotes & { daysOutsideService: number };
};

/** Counts a period, person by person, by the group held on each day. */
export function tallyAbsence(input: TallyInput): Tally {
  const working: Working = {
    input,
    groups: new Map(),
    reasons: new Map(),
    followed: [],
    notes: { ...noSpellNotes(), daysOutsideService: 0 },
  };
  const all = noSums();
  const persons: PersonGroup[] = [];
  const members: MemberSums[] = [];
  input.members.forEach((member, index) => {
    const segments = postSegments(member, input.fromDay, input.toDay);
    if (segments.length === 0) return;
    const spells = spellsOf(input.absences[index] ?? [], input, working.notes);
    const own = new Map<string, AbsenceSums>();
    addPosts(own, member, segments, input);
    for (const spell of spells) addSpell(working, own, { member, index, segments, spell });
    const sums = noSums();
    for (const [group, part] of own) {
      part.people = 1;
      part.absent = part.calendarDays > 0 ? 1 : 0;
      part.psychologicalPeople = part.psychologicalFte > 0 ? 1 : 0;
      addTo(sums, part);
      addTo(sumsOf(working.groups, group), part);
      persons.push({ member: index, group, started: part.started, availableFte: part.availableFte });
    }
    // In several groups one after the other, but one person.
    sums.people = 1;
    sums.absent = sums.calendarDays > 0 ? 1 : 0;
    sums.psychologicalPeople = sums.psychologicalFte > 0 ? 1 : 0;
    addTo(all, sums);
    members.push({ member: index, sums, spells });
  });
  const { groups, reasons, followed, notes } = working;
  return { all, groups, persons, members, followed, reasons, notes };
}

function sumsOf(groups: Map<string, AbsenceSums>, group: string): AbsenceSums {
  const known = groups.get(group);
  if (known) return known;
  const fresh = noSums();
  groups.set(group, fresh);
  return fresh;
}

function addTo(sums: AbsenceSums, part: AbsenceSums): void {
  for (const key of Object.keys(sums) as (keyof AbsenceSums)[]) sums[key] += part[key];
}

export function daysBetween(days: TallyInput['days'], from: number, to: number): number {
  return days === 'working' ? workingDays(from, to) : to - from + 1;
}

function addPosts(
  own: Map<string, AbsenceSums>,
  member: StaffMember,
  segments: readonly PostSegment[],
  { groupOf, days, toDay }: TallyInput,
): void {
  for (const post of segments) {
    const sums = sumsOf(own, groupOf(member, post));
    sums.personDays += post.toDay - post.fromDay + 1;
    sums.availableFte += daysBetween(days, post.fromDay, post.toDay) * post.fte;
    if (post.toDay === toDay) sums.inPostAtEnd += 1;
  }
}

type SpellAt = {
  readonly member: StaffMember;
  readonly index: number;
  readonly segments: readonly PostSegment[];
  readonly spell: Spell;
};

/** Days of a piece of a spell within one post. */
type Part = { readonly piece: SpellPiece; readonly post: PostSegment; readonly from: number; readonly to: number };

export function partsOf({ segments, spell }: SpellAt): Part[] {
  return spell.pieces.flatMap((piece) =>
    segments.flatMap((post) => {
      const from = Math.max(piece.fromDay, post.fromDay);
      const to = Math.min(piece.toDay, post.toDay);
      return from > to ? [] : [{ piece, post, from, to }];
    }),
  );
}

/** 1 for whole days; less where the extract gives an absence of one day fewer FTE days than the day has. */
export function shareOfDay({ piece, post }: Part): number {
  const part = piece.partOfDayFte;
  return part !== null && part > 0 && part < post.fte ? part / post.fte : 1;
}

function addSpell(working: Working, own: Map<string, AbsenceSums>, at: SpellAt): void {
  const { input, reasons, notes } = working;
  const { spell, member } = at;
  const parts = partsOf(at);
  notes.daysOutsideService += daysOutside(spell, parts, input);
  const first = parts[0];
  if (!first) return;
  const long = spellDays(spell, input.toDay) > longTermAfterDays;
  const seen = new Set<string | null>();
  let psychological = false;
  for (const part of parts) {
    const { group } = input.reasonOf(part.piece.reason);
    const whole = shareOfDay(part);
    const fte = daysBetween(input.days, part.from, part.to) * part.post.fte * whole;
    const sums = sumsOf(own, input.groupOf(member, part.post));
    sums.calendarDays += (part.to - part.from + 1) * whole;
    sums.workingDays += workingDays(part.from, part.to) * whole;
    sums.lostFte += fte;
    if (long) sums.longFte += fte;
    if (group.psychological) sums.psychologicalFte += fte;
    if (group.code === 'UNMAPPED') sums.unmappedFte += fte;
    psychological ||= group.psychological;
    countReason(reasons, part.piece.reason, fte, seen);
  }
  const group = input.groupOf(member, first.post);
  const sums = sumsOf(own, group);
  sums.spells += 1;
  if (long) sums.long += 1;
  if (psychological) sums.psychologicalSpells += 1;
  if (spell.startDay >= input.fromDay && first.from === spell.startDay) sums.started += 1;
  addLastDay(own, at, parts, input, long);
  working.followed.push({ ...follow(at, input), group, psychological });
}

function daysOutside(spell: Spell, parts: readonly Part[], { fromDay, toDay }: TallyInput): number {
  const absent = spell.pieces.reduce(
    (sum, piece) => sum + Math.max(0, Math.min(piece.toDay, toDay) - Math.max(piece.fromDay, fromDay) + 1),
    0,
  );
  return absent - parts.reduce((sum, part) => sum + part.to - part.from + 1, 0);
}

function countReason(
  reasons: Map<string | null, ReasonTally>,
  reason: string | null,
  fteDays: number,
  seen: Set<string | null>,
): void {
  const tally = reasons.get(reason) ?? { reason, spells: 0, fteDays: 0 };
  reasons.set(reason, tally);
  tally.fteDays += fteDays;
  if (!seen.has(reason)) tally.spells += 1;
  seen.add(reason);
}

/** Spells that still go on, and who is absent on the last day, by the post of that day. */
function addLastDay(
  own: Map<string, AbsenceSums>,
  { member, segments, spell }: SpellAt,
  parts: readonly Part[],
  { toDay, groupOf }: TallyInput,
  long: boolean,
): void {
  const post = segments.at(-1);
  if (!post || post.toDay !== toDay) return;
  const sums = sumsOf(own, groupOf(member, post));
  if (spell.endDay === null) sums.open += 1;
  if (parts.at(-1)?.to !== toDay) return;
  sums.absentAtEnd += 1;
  if (long) sums.longAtEnd += 1;
}

/** Leaving the force is no return to work: such a spell is followed to the last day of service. */
function follow({ member, index, spell }: SpellAt, { fromDay, toDay }: TallyInput) {
  const seenFrom = Math.max(fromDay, member.serviceStart ?? fromDay, spell.startDay);
  const lastSeen = Math.min(toDay, member.serviceEnd ?? toDay);
  const leaves = member.serviceEnd !== null && member.serviceEnd <= toDay;
  const returned = spell.endDay !== null && (spell.endDay < lastSeen || (spell.endDay === lastSeen && !leaves));
  const lastDay = returned && spell.endDay !== null ? spell.endDay : lastSeen;
  return {
    member: index,
    entryDays: seenFrom - spell.startDay,
    exitDays: lastDay - spell.startDay + 1,
    returned,
  };
}
