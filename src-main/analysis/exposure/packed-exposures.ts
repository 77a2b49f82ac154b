import { attributions, proximities } from '#shared/domain/exposure-categories.ts';

/**
 * Countable exposures in columns, ordered by person and, within a person, ascending by day, then by category,
 * attributes and minutes, so that equal data gives equal bytes whatever order the rows came in. Rows that are `UNMAPPED` or
 * `NOT_TRAUMATIC` never enter: they are counted apart as `UncountedRows`.
 */
export type PackedExposures = {
  /** Length persons + 1: the events of person i are `offsets[i]` to `offsets[i + 1] - 1`. */
  readonly offsets: Uint32Array;
  /** Local day number (days since 1 January 1970, Europe/London). */
  readonly day: Int32Array;
  /** Index into `categories`. */
  readonly category: Uint16Array;
  /**
   * Bits 0–1 proximity (0 absent, 1 direct, 2 secondary, 3 remote), bits 2–3 attribution (0 absent, 1 named,
   * 2 crew_inferred, 3 oic_only), bit 4 first on scene, bit 5 known victim.
   */
  readonly attributes: Uint8Array;
  /** Minutes on scene, not negative; NaN when absent. 64 bits, because a 32-bit fraction would miss 1e-9. */
  readonly minutes: Float64Array;
  readonly categories: readonly string[];
};

/** Who met something on which day: all that plain counts need. */
export type ExposureDays = Pick<PackedExposures, 'offsets' | 'day'>;

/** Rows that are held but never counted, up to a day. */
export type UncountedRows = {
  /** Exposure rows as they were imported. */
  readonly unmapped: number;
  readonly notTraumatic: number;
  /** Attendances, from which exposures are derived; absent where none are held. */
  readonly attendances?: AttendanceRows;
};

export type AttendanceRows = {
  readonly all: number;
  /** Their incident has no code with a rule. */
  readonly unmapped: number;
  /** Their incident is not held. */
  readonly notImported: number;
  /** Countable events that were made of the others. */
  readonly derived: number;
};

/**
 * Share of the rows behind countable events whose code has a rule, 0–1: exposure rows, and attendances by their incident. With
 * attendances alone it is attendances whose incident matched a rule, of all. Null where there are no rows.
 */
export function coverageOfRows(events: number, { unmapped, notTraumatic, attendances }: UncountedRows): number | null {
  const direct = events - (attendances?.derived ?? 0) + notTraumatic;
  const all = direct + unmapped + (attendances?.all ?? 0);
  const uncovered = unmapped + (attendances?.unmapped ?? 0) + (attendances?.notImported ?? 0);
  return all === 0 ? null : (all - uncovered) / all;
}

/** The same columns in any order, one row per event, with the person each belongs to. */
export type ExposureColumns = Omit<PackedExposures, 'offsets'> & {
  readonly persons: number;
  /** Person index, below `persons`. */
  readonly person: Uint32Array;
};

export type ExposureAttributes = {
  readonly proximity: string | null;
  readonly attribution: string | null;
  readonly firstOnScene: boolean | null;
  readonly knownVictim: boolean | null;
};

export const firstOnSceneBit = 16;
export const knownVictimBit = 32;
/** Number of values that the attributes byte can take. */
export const attributeValues = 64;

const proximityCodes: readonly (string | null)[] = proximities;
const attributionCodes: readonly (string | null)[] = attributions;

/** The byte for one event; a text outside the closed lists counts as absent. */
export function packAttributes(attributes: ExposureAttributes): number {
  const proximity = proximityCodes.indexOf(attributes.proximity) + 1;
  const attribution = attributionCodes.indexOf(attributes.attribution) + 1;
  const first = attributes.firstOnScene === true ? firstOnSceneBit : 0;
  const known = attributes.knownVictim === true ? knownVictimBit : 0;
  return proximity | (attribution << 2) | first | known;
}

/** The inverse of `packAttributes`; an absent flag and a flag of "no" read the same, as neither changes a weight. */
export function unpackAttributes(byte: number): ExposureAttributes {
  return {
    proximity: proximities[(byte & 3) - 1] ?? null,
    attribution: attributions[((byte >> 2) & 3) - 1] ?? null,
    firstOnScene: (byte & firstOnSceneBit) !== 0,
    knownVictim: (byte & knownVictimBit) !== 0,
  };
}

/** Number of persons, with events or without. */
export function personCount(exposures: ExposureDays): number {
  return exposures.offsets.length - 1;
}

/** Ten thousand years: more is no calendar day, and would only buy a histogram that fills memory. */
const mostDays = 3_700_000;

/**
 * Orders columns by two stable counting sorts (day, then person): linear in the number of rows.
 *
 * @throws RangeError when a person index or a span of days is impossible, which is a fault of the caller.
 */
export function packExposures(columns: ExposureColumns): PackedExposures {
  const { persons, person, categories } = columns;
  const rows = person.length;
  const byDay = orderByDay(columns.day.subarray(0, rows));
  const offsets = personOffsets(person, persons);
  const next = offsets.slice(0, persons);
  const packed: PackedExposures = {
    offsets,
    day: new Int32Array(rows),
    category: new Uint16Array(rows),
    attributes: new Uint8Array(rows),
    minutes: new Float64Array(rows),
    categories,
  };
  for (let k = 0; k < rows; k++) {
    const from = byDay === null ? k : (byDay[k] ?? 0);
    const owner = person[from] ?? 0;
    const to = next[owner] ?? 0;
    next[owner] = to + 1;
    packed.day[to] = columns.day[from] ?? 0;
    packed.category[to] = columns.category[from] ?? 0;
    packed.attributes[to] = columns.attributes[from] ?? 0;
    packed.minutes[to] = columns.minutes[from] ?? Number.NaN;
  }
  orderWithinDays(packed);
  return packed;
}

function personOffsets(person: Uint32Array, persons: number): Uint32Array {
  const offsets = new Uint32Array(persons + 1);
  for (let row = 0; row < person.length; row++) {
    const slot = (person[row] ?? 0) + 1;
    if (slot > persons) throw new RangeError('An exposure names a person index outside the frame.');
    offsets[slot] = (offsets[slot] ?? 0) + 1;
  }
  for (let i = 1; i <= persons; i++) offsets[i] = (offsets[i] ?? 0) + (offsets[i - 1] ?? 0);
  return offsets;
}

/** Row numbers ascending by day, rows of one day in their own order; null when they are in order already. */
function orderByDay(day: Int32Array): Uint32Array | null {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let sorted = true;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < day.length; row++) {
    const value = day[row] ?? 0;
    if (value < last) sorted = false;
    if (value < least) least = value;
    if (value > most) most = value;
    last = value;
  }
  if (sorted) return null;
  if (most - least > mostDays) throw new RangeError('Exposure days span more than the calendar.');
  const next = new Uint32Array(most - least + 2);
  for (let row = 0; row < day.length; row++) {
    const slot = (day[row] ?? 0) - least + 1;
    next[slot] = (next[slot] ?? 0) + 1;
  }
  for (let i = 1; i < next.length; i++) next[i] = (next[i] ?? 0) + (next[i - 1] ?? 0);
  const order = new Uint32Array(day.length);
  for (let row = 0; row < day.length; row++) {
    const slot = (day[row] ?? 0) - least;
    const to = next[slot] ?? 0;
    next[slot] = to + 1;
    order[to] = row;
  }
  return order;
}

function orderWithinDays(packed: PackedExposures): void {
  const { offsets, day } = packed;
  for (let person = 0; person + 1 < offsets.length; person++) {
    const end = offsets[person + 1] ?? 0;
    let start = offsets[person] ?? 0;
    while (start < end) {
      let stop = start + 1;
      while (stop < end && day[stop] === day[start]) stop++;
      if (stop - start > 1) orderRun(packed, start, stop);
      start = stop;
    }
  }
}

function orderRun(packed: PackedExposures, start: number, stop: number): void {
  const minutesKey = (row: number) => {
    const minutes = packed.minutes[row] ?? Number.NaN;
    return Number.isNaN(minutes) ? -1 : minutes;
  };
  const compare = (a: number, b: number) =>
    (packed.category[a] ?? 0) - (packed.category[b] ?? 0) ||
    (packed.attributes[a] ?? 0) - (packed.attributes[b] ?? 0) ||
    minutesKey(a) - minutesKey(b);
  let ordered = true;
  for (let row = start + 1; ordered && row < stop; row++) ordered = compare(row - 1, row) <= 0;
  if (ordered) return;
  const rows = Array.from({ length: stop - start }, (_, index) => start + index).sort(compare);
  const category = rows.map((row) => packed.category[row] ?? 0);
  const attributes = rows.map((row) => packed.attributes[row] ?? 0);
  const minutes = rows.map((row) => packed.minutes[row] ?? Number.NaN);
  packed.category.set(category, start);
  packed.attributes.set(attributes, start);
  packed.minutes.set(minutes, start);
}
