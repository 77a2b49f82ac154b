import type { Connection } from './connection.ts';

/** All exposure rows as columns, in no particular order of persons. Absent attributes are 0, absent minutes NaN. */
export type ExposureRowColumns = {
  /** Index into the person ids that were given. */
  readonly person: Uint32Array;
  readonly day: Int32Array;
  /** Index into `categories`. */
  readonly category: Uint16Array;
  /** Bits 0–1 proximity, 2–3 attribution (1-based in their closed lists), bit 4 first on scene, bit 5 known victim. */
  readonly attributes: Uint8Array;
  readonly minutes: Float64Array;
  readonly categories: readonly string[];
};

const attributeBits = 6;
const minuteBits = 12;
/** Stands for minutes that are no whole number or too many; they are read apart. */
const unusualMinutes = 2 ** minuteBits - 1;

function bitsFor(count: number): number {
  return Math.max(1, Math.ceil(Math.log2(count + 1)));
}

type Packing = {
  readonly firstDay: number;
  readonly dayBits: number;
  readonly firstCategory: number;
  readonly categoryBits: number;
};

function one(connection: Connection, sql: string): readonly number[] {
  return (connection.prepare(sql).raw().get() as number[] | undefined) ?? [];
}

/** How many bits each column needs, or null where there are no rows. */
function packingOf(connection: Connection): Packing | null {
  // Asked apart, each end is one step down the tree; asked together, SQLite reads every row.
  const [firstTime] = one(connection, 'SELECT min(occurred_at) FROM exposures');
  const [lastTime] = one(connection, 'SELECT max(occurred_at) FROM exposures');
  if (firstTime === undefined || firstTime === null || lastTime === undefined) return null;
  const [firstCategory = 0, lastCategory = 0] = one(
    connection,
    "SELECT min(id), max(id) FROM code WHERE list = 'category'",
  );
  // A local day may begin an hour before its UTC day.
  const firstDay = Math.floor(firstTime / 86_400) - 1;
  const dayBits = bitsFor(Math.floor(lastTime / 86_400) + 1 - firstDay);
  return { firstDay, dayBits, firstCategory, categoryBits: bitsFor(lastCategory - firstCategory) };
}

/**
 * Reads every exposure row. Crossing from SQLite to JavaScript costs more than the reading itself, so a row crosses as one
 * whole number of at most 53 bits wherever its columns fit into one.
 *
 * @param personIndex index by person id
 */
export function readExposureColumns(connection: Connection, personIndex: Uint32Array): ExposureRowColumns {
  const packing = packingOf(connection);
  const categories = connection
    .prepare<[], [number, string]>("SELECT id, value FROM code WHERE list = 'category' ORDER BY id")
    .raw()
    .all() as unknown as readonly (readonly [number, string])[];
  const names = categories.map(([, value]) => value);
  if (!packing) return emptyColumns(names);
  const categoryIndex = new Uint16Array((categories.at(-1)?.[0] ?? 0) + 1);
  categories.forEach(([id], index) => {
    categoryIndex[id] = index;
  });
  const personBits = bitsFor(personIndex.length);
  const bits = personBits + packing.dayBits + packing.categoryBits + attributeBits + minuteBits;
  if (bits > 53) return readWide(connection, personIndex, categoryIndex, names);
  return readPacked(connection, packing, personIndex, categoryIndex, names);
}

// SQLite gives shifts and bitwise or the same precedence.
const attributesSql =
  '(coalesce(proximity, 0) | (coalesce(attribution, 0) << 2) | (coalesce(first_on_scene, 0) << 4) | (coalesce(known_victim, 0) << 5))';

function readPacked(
  connection: Connection,
  packing: Packing,
  personIndex: Uint32Array,
  categoryIndex: Uint16Array,
  categories: readonly string[],
): ExposureRowColumns {
  const { firstDay, dayBits, firstCategory, categoryBits } = packing;
  // Minutes come last and may have a fraction: the sum is then no whole number, which says that they are read apart.
  const minutesSql = `ifnull(min(minutes_on_scene, ${unusualMinutes - 1}) + 1, 0)`;
  const rows = connection
    .prepare<[], number>(
      `SELECT (((((((person_id << ${dayBits}) | (day - ${firstDay})) << ${categoryBits}) | (category_id - ${firstCategory}))
         << ${attributeBits}) | ${attributesSql}) << ${minuteBits}) + ${minutesSql} FROM exposures`,
    )
    .pluck()
    .all();
  const columns = allocate(rows.length, categories);
  // 32-bit operations reach the low bits, divisions by powers of two the high ones, both exactly.
  const lowBits = minuteBits + attributeBits;
  const lowSpan = 2 ** lowBits;
  const categorySpan = 2 ** categoryBits;
  const daySpan = 2 ** dayBits;
  let unusual = false;
  for (let row = 0; row < rows.length; row += 1) {
    const packed = rows[row] as number;
    const high = Math.floor(packed / lowSpan);
    const exact = packed - high * lowSpan;
    const low = Math.floor(exact);
    const aboveCategory = Math.floor(high / categorySpan);
    const person = Math.floor(aboveCategory / daySpan);
    const minutes = low & unusualMinutes;
    columns.attributes[row] = low >> minuteBits;
    columns.category[row] = categoryIndex[firstCategory + high - aboveCategory * categorySpan] as number;
    columns.day[row] = firstDay + aboveCategory - person * daySpan;
    columns.person[row] = personIndex[person] as number;
    columns.minutes[row] = minutes === 0 ? Number.NaN : minutes - 1;
    if (minutes === unusualMinutes || exact !== low) unusual = true;
  }
  if (unusual) {
    const minutes = connection.prepare<[], number | null>('SELECT minutes_on_scene FROM exposures').pluck().all();
    for (let row = 0; row < minutes.length; row += 1) columns.minutes[row] = minutes[row] ?? Number.NaN;
  }
  return columns;
}

function readWide(
  connection: Connection,
  personIndex: Uint32Array,
  categoryIndex: Uint16Array,
  categories: readonly string[],
): ExposureRowColumns {
  const count = one(connection, 'SELECT count(*) FROM exposures')[0] ?? 0;
  const columns = allocate(count, categories);
  const rows = connection
    .prepare(`SELECT person_id, day, category_id, ${attributesSql}, minutes_on_scene FROM exposures`)
    .raw()
    .iterate() as IterableIterator<readonly [number, number, number, number, number | null]>;
  let row = 0;
  for (const [person, day, category, attributes, minutes] of rows) {
    columns.person[row] = personIndex[person] as number;
    columns.day[row] = day;
    columns.category[row] = categoryIndex[category] as number;
    columns.attributes[row] = attributes;
    columns.minutes[row] = minutes ?? Number.NaN;
    row += 1;
  }
  return columns;
}

function allocate(count: number, categories: readonly string[]): ExposureRowColumns {
  return {
    person: new Uint32Array(count),
    day: new Int32Array(count),
    category: new Uint16Array(count),
    attributes: new Uint8Array(count),
    minutes: new Float64Array(count),
    categories,
  };
}

function emptyColumns(categories: readonly string[]): ExposureRowColumns {
  return allocate(0, categories);
}
