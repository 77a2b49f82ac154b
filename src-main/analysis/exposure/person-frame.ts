/** Stands in `PostingSpells.from` for a posting whose start is not known. */
export const openStart = -0x8000_0000;
/** Stands in `PostingSpells.to` for a posting that has not ended. */
export const openEnd = 0x7fff_ffff;

/**
 * Who held which post when. A person has any number of spells, ascending by first day; where two hold the same
 * day, the later one counts. Today a person has one, from service start to service end; postings with a history fit in unchanged.
 */
export type PostingSpells = {
  /** Length persons + 1: the spells of person i are `offsets[i]` to `offsets[i + 1] - 1`. */
  readonly offsets: Uint32Array;
  /** First day number, or `openStart`. */
  readonly from: Int32Array;
  /** Last day number (included), or `openEnd`. */
  readonly to: Int32Array;
  /** Index into `units`. */
  readonly unit: Uint16Array;
  /** Index into `roles`. */
  readonly role: Uint16Array;
};

/** People by index; the same indices as in `PackedExposures`. Ascending pseudonyms spare the analyses a sort. */
export type PersonFrame = {
  readonly pseudonyms: readonly string[];
  /** 1 when the person has a people row; an exposure may name someone HR does not know. */
  readonly listed: Uint8Array;
  readonly spells: PostingSpells;
  readonly units: readonly string[];
  readonly roles: readonly string[];
};

export type PostingRecord = {
  readonly fromDay: number | null;
  readonly toDay: number | null;
  readonly unit: string;
  readonly role: string;
};

export type PersonRecord = {
  readonly pseudonym: string;
  readonly listed: boolean;
  readonly spells: readonly PostingRecord[];
};

/** Order by code point (`conventions.md` › Levels), which differs from `<` beyond the basic plane. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [[...a], [...b]];
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Columns from records, people in the order given (the order that `PackedExposures` must share). */
export function personFrameOf(people: readonly PersonRecord[]): PersonFrame {
  const postings = people.flatMap((person) => person.spells);
  const units = distinct(postings.map((posting) => posting.unit));
  const roles = distinct(postings.map((posting) => posting.role));
  const unitIndex = new Map(units.map((unit, index) => [unit, index]));
  const roleIndex = new Map(roles.map((role, index) => [role, index]));
  const offsets = new Uint32Array(people.length + 1);
  const from = new Int32Array(postings.length);
  const to = new Int32Array(postings.length);
  const unit = new Uint16Array(postings.length);
  const role = new Uint16Array(postings.length);
  let at = 0;
  people.forEach((person, index) => {
    for (const spell of [...person.spells].sort(compareSpells)) {
      from[at] = spell.fromDay ?? openStart;
      to[at] = spell.toDay ?? openEnd;
      unit[at] = unitIndex.get(spell.unit) ?? 0;
      role[at] = roleIndex.get(spell.role) ?? 0;
      at++;
    }
    offsets[index + 1] = at;
  });
  return {
    pseudonyms: people.map((person) => person.pseudonym),
    listed: Uint8Array.from(people, (person) => (person.listed ? 1 : 0)),
    spells: { offsets, from, to, unit, role },
    units,
    roles,
  };
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(compareCodePoints);
}

function compareSpells(a: PostingRecord, b: PostingRecord): number {
  return (
    (a.fromDay ?? openStart) - (b.fromDay ?? openStart) ||
    (a.toDay ?? openEnd) - (b.toDay ?? openEnd) ||
    compareCodePoints(a.unit, b.unit) ||
    compareCodePoints(a.role, b.role)
  );
}

/** The spell that holds a day (ends included), or -1: not listed, not yet, no longer, or between posts. */
export function spellAt(frame: PersonFrame, person: number, day: number): number {
  if (frame.listed[person] !== 1) return -1;
  const { offsets, from, to } = frame.spells;
  const first = offsets[person] ?? 0;
  for (let spell = (offsets[person + 1] ?? first) - 1; spell >= first; spell--) {
    if ((from[spell] ?? 0) <= day && day <= (to[spell] ?? 0)) return spell;
  }
  return -1;
}

/** Person indices ascending by pseudonym, so that sums do not depend on the order of the frame. */
export function pseudonymOrder(frame: PersonFrame): Uint32Array {
  const names = frame.pseudonyms;
  const order = Uint32Array.from(names.keys());
  const ascending = names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name);
  return ascending ? order : order.sort((a, b) => compareText(names[a] ?? '', names[b] ?? ''));
}

/** Pseudonyms are plain ASCII, where the built-in order is the order of code points. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
