import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { PackedExposures } from './packed-exposures.ts';

/**
 * `PackedExposures` as bytes, for a cache that is rebuilt whenever it does not read back. Layout, in the machine's byte
 * order (another machine's order shows in the magic number): ten 32-bit words of header, then the categories as JSON, the
 * offsets, and the columns day, category, attributes and minutes, each padded to 8 bytes. A column of whole numbers is
 * held in the fewest of 1, 2 or 4 bytes a value: days above `dayBase`; minutes plus one, with 0 for absent. Minutes
 * with a fraction are held in 8.
 */
const magic = 0x584d_4454; // "TDMX"
const version = 1;
const headerWords = 10;
const word = {
  magic: 0,
  version: 1,
  checksum: 2,
  persons: 3,
  events: 4,
  categoryBytes: 5,
  dayBase: 6,
  dayWidth: 7,
  categoryWidth: 8,
  minutesWidth: 9,
} as const;

type Width = 1 | 2 | 4 | 8;

export function encodePackedExposures(exposures: PackedExposures): ArrayBuffer {
  const events = exposures.day.length;
  const categories = new TextEncoder().encode(JSON.stringify(exposures.categories));
  const { least, most } = range(exposures.day);
  const dayWidth = widthFor(most - least);
  const categoryWidth = exposures.categories.length <= 256 ? 1 : 2;
  const minutesWidth = minutesWidthFor(exposures.minutes);
  const persons = exposures.offsets.length - 1;
  const places = layout(persons, events, categories.length, dayWidth, categoryWidth, minutesWidth);
  const buffer = new ArrayBuffer(places.end);
  new Uint8Array(buffer, places.categories, categories.length).set(categories);
  new Uint32Array(buffer, places.offsets, persons + 1).set(exposures.offsets);
  const day = columnView(buffer, places.day, events, dayWidth);
  for (let i = 0; i < events; i++) day[i] = (exposures.day[i] ?? 0) - least;
  columnView(buffer, places.category, events, categoryWidth).set(exposures.category);
  new Uint8Array(buffer, places.attributes, events).set(exposures.attributes);
  writeMinutes(columnView(buffer, places.minutes, events, minutesWidth), exposures.minutes);
  const header = new Uint32Array(buffer, 0, headerWords);
  header[word.magic] = magic;
  header[word.version] = version;
  header[word.persons] = persons;
  header[word.events] = events;
  header[word.categoryBytes] = categories.length;
  header[word.dayBase] = least;
  header[word.dayWidth] = dayWidth;
  header[word.categoryWidth] = categoryWidth;
  header[word.minutesWidth] = minutesWidth;
  header[word.checksum] = checksum(buffer);
  return buffer;
}

/**
 * Reads what `encodePackedExposures` wrote. Fails with `CORRUPT` when the bytes are of another kind, version or length, or
 * damaged. Bytes that somebody else has authenticated, as the store does every page, need not be gone over for damage again.
 */
export function decodePackedExposures(
  bytes: Uint8Array,
  options: { readonly authenticated?: boolean } = {},
): Result<PackedExposures> {
  const buffer = alignedBuffer(bytes);
  if (buffer.byteLength < headerWords * 4 || buffer.byteLength % 8 !== 0) return damaged('its length is wrong');
  const header = new Uint32Array(buffer, 0, headerWords);
  const field = (name: keyof typeof word) => header[word[name]] ?? 0;
  if (field('magic') !== magic) return damaged('it is of another kind');
  if (field('version') !== version) return damaged('it was written by another version');
  const [dayWidth, categoryWidth, minutesWidth] = [field('dayWidth'), field('categoryWidth'), field('minutesWidth')];
  if (!isWidth(dayWidth) || !isWidth(categoryWidth) || !isWidth(minutesWidth)) return damaged('its header is wrong');
  const [persons, events] = [field('persons'), field('events')];
  const places = layout(persons, events, field('categoryBytes'), dayWidth, categoryWidth, minutesWidth);
  if (places.end !== buffer.byteLength) return damaged('its length is wrong');
  const unproven = options.authenticated !== true;
  if (unproven && field('checksum') !== checksum(buffer)) return damaged('its checksum is wrong');
  const dayBase = field('dayBase') | 0;
  const day = new Int32Array(columnView(buffer, places.day, events, dayWidth));
  for (let i = 0; i < events; i++) day[i] = (day[i] ?? 0) + dayBase;
  const exposures: PackedExposures = {
    offsets: new Uint32Array(buffer, places.offsets, persons + 1),
    day,
    category: new Uint16Array(columnView(buffer, places.category, events, categoryWidth)),
    attributes: new Uint8Array(buffer, places.attributes, events),
    minutes: readMinutes(columnView(buffer, places.minutes, events, minutesWidth)),
    categories: readCategories(new Uint8Array(buffer, places.categories, field('categoryBytes'))),
  };
  const problem = unproven ? structuralProblem(exposures) : null;
  return problem === null ? ok(exposures) : damaged(problem);
}

function damaged(reason: string): Result<never> {
  return fail(
    'CORRUPT',
    `The packed exposure columns cannot be used: ${reason}.`,
    'Nothing is lost: the rows are the truth. Rebuild the columns from them.',
  );
}

type Layout = Readonly<
  Record<'categories' | 'offsets' | 'day' | 'category' | 'attributes' | 'minutes' | 'end', number>
>;

function layout(
  persons: number,
  events: number,
  categoryBytes: number,
  dayWidth: Width,
  categoryWidth: Width,
  minutesWidth: Width,
): Layout {
  const padded = (bytes: number) => Math.ceil(bytes / 8) * 8;
  const categories = padded(headerWords * 4);
  const offsets = categories + padded(categoryBytes);
  const day = offsets + padded((persons + 1) * 4);
  const category = day + padded(events * dayWidth);
  const attributes = category + padded(events * categoryWidth);
  const minutes = attributes + padded(events);
  return { categories, offsets, day, category, attributes, minutes, end: minutes + padded(events * minutesWidth) };
}

type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

function columnView(buffer: ArrayBuffer, at: number, length: number, width: Width): Column {
  if (width === 1) return new Uint8Array(buffer, at, length);
  if (width === 2) return new Uint16Array(buffer, at, length);
  if (width === 4) return new Uint32Array(buffer, at, length);
  return new Float64Array(buffer, at, length);
}

function isWidth(value: number): value is Width {
  return value === 1 || value === 2 || value === 4 || value === 8;
}

function widthFor(most: number): Width {
  if (most <= 0xff) return 1;
  return most <= 0xffff ? 2 : 4;
}

function range(values: Int32Array): { readonly least: number; readonly most: number } {
  if (values.length === 0) return { least: 0, most: 0 };
  let least = values[0] ?? 0;
  let most = least;
  for (const value of values) {
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  return { least, most };
}

function minutesWidthFor(minutes: Float64Array): Width {
  let most = 0;
  for (const value of minutes) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value) || value >= 0xffff_ffff) return 8;
    if (value + 1 > most) most = value + 1;
  }
  return widthFor(most);
}

function writeMinutes(column: Column, minutes: Float64Array): void {
  if (column instanceof Float64Array) {
    column.set(minutes);
    return;
  }
  for (let i = 0; i < minutes.length; i++) {
    const value = minutes[i] ?? Number.NaN;
    column[i] = Number.isNaN(value) ? 0 : value + 1;
  }
}

function readMinutes(column: Column): Float64Array {
  if (column instanceof Float64Array) return column;
  const minutes = new Float64Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const value = column[i] ?? 0;
    minutes[i] = value === 0 ? Number.NaN : value - 1;
  }
  return minutes;
}

function readCategories(bytes: Uint8Array): readonly string[] {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return Array.isArray(parsed) ? parsed.filter((code) => typeof code === 'string') : [];
}

/** A copy only where typed arrays could not be laid over the bytes as they are. */
function alignedBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
  return new Uint8Array(bytes).buffer;
}

/** FNV-1a over 32-bit words, the checksum's own word left out: it finds damage and mixed-up parts, not malice. */
function checksum(buffer: ArrayBuffer): number {
  const words = new Uint32Array(buffer);
  let hash = 0x811c_9dc5;
  for (let i = 0; i < words.length; i++) {
    if (i === word.checksum) continue;
    hash = Math.imul(hash ^ (words[i] ?? 0), 0x0100_0193);
  }
  return hash >>> 0;
}

function structuralProblem({ offsets, day, category, categories }: PackedExposures): string | null {
  if (offsets[0] !== 0 || offsets[offsets.length - 1] !== day.length) return 'its offsets do not fit its events';
  for (let person = 0; person + 1 < offsets.length; person++) {
    const end = offsets[person + 1] ?? 0;
    const start = offsets[person] ?? 0;
    if (end < start || end > day.length) return 'its offsets do not ascend';
    for (let i = start + 1; i < end; i++) {
      if ((day[i] ?? 0) < (day[i - 1] ?? 0)) return 'its days do not ascend';
    }
  }
  for (const index of category) {
    if (index >= categories.length) return 'it names a category that it does not list';
  }
  return null;
}
