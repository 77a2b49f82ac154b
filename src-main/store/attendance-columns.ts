import type { Connection } from './connection.ts';

/** Incidents with those who attended them, in columns; the shape that the derivation of exposures takes. */
export type AttendanceColumns = {
  readonly codeSets: readonly { readonly opened: string | null; readonly closed: readonly string[] }[];
  readonly day: Int32Array;
  readonly codes: Uint32Array;
  readonly offsets: Uint32Array;
  readonly person: Uint32Array;
  readonly arrivedAt: Float64Array;
  readonly clearedAt: Float64Array;
  readonly arrivalDay: Int32Array;
  readonly marks: Uint8Array;
  readonly notImportedDays: Int32Array;
  readonly direct: Float64Array;
  readonly persons: number;
};

export type AttendanceReading = {
  /** Index by person id, and how many persons there are. */
  readonly personIndex: Uint32Array;
  readonly persons: number;
  /** Marks of a role, beside which the attribution stands in bits 0–1. */
  readonly roleMarks: (role: string) => number;
  /** Number of a category, or −1 for one that never counts. */
  readonly categoryNumber: (code: string) => number;
  readonly directKey: (incident: number, person: number, category: number, persons: number) => number;
};

export function holdsAttendances(connection: Connection): boolean {
  return connection.prepare('SELECT 1 FROM attendances LIMIT 1').get() !== undefined;
}

function codeNames(connection: Connection, list: string): Map<number, string> {
  const rows = connection.prepare('SELECT id, value FROM code WHERE list = ?').raw().all(list);
  return new Map(rows as [number, string][]);
}

type Incidents = Pick<AttendanceColumns, 'codeSets' | 'day' | 'codes'> & {
  /** Index of an incident by its number. */
  readonly indexOf: ReadonlyMap<string, number>;
};

function readIncidents(connection: Connection): Incidents {
  const count = connection.prepare<[], number>('SELECT count(*) FROM incidents').pluck().get() ?? 0;
  const opening = codeNames(connection, 'incident_code');
  const closing = codeNames(connection, 'incident_codes');
  const day = new Int32Array(count);
  const codes = new Uint32Array(count);
  const codeSets: AttendanceColumns['codeSets'][number][] = [];
  const setNumbers = new Map<number, number>();
  const indexOf = new Map<string, number>();
  const rows = connection
    .prepare('SELECT incident_ref, day, coalesce(opened_code_id, 0), coalesce(closed_codes_id, 0) FROM incidents')
    .raw()
    .iterate() as IterableIterator<readonly [string, number, number, number]>;
  let incident = 0;
  for (const [ref, created, opened, closed] of rows) {
    // Both are numbers of one table of codes, which never holds millions.
    const pair = opened * 2 ** 24 + closed;
    let set = setNumbers.get(pair);
    if (set === undefined) {
      const closedCodes = closing.get(closed)?.split(';') ?? [];
      set = codeSets.push({ opened: opening.get(opened) ?? null, closed: closedCodes }) - 1;
      setNumbers.set(pair, set);
    }
    indexOf.set(ref, incident);
    day[incident] = created;
    codes[incident] = set;
    incident += 1;
  }
  return { codeSets, day, codes, indexOf };
}

/** Rows as they are scanned; `incident` is its index, and they come in the order of arrival. */
type Scanned = {
  count: number;
  incident: Uint32Array;
  person: Uint32Array;
  arrivedAt: Float64Array;
  clearedAt: Float64Array;
  arrivalDay: Int32Array;
  marks: Uint8Array;
};

function scannedOf(size: number): Scanned {
  return {
    count: 0,
    incident: new Uint32Array(size),
    person: new Uint32Array(size),
    arrivedAt: new Float64Array(size),
    clearedAt: new Float64Array(size),
    arrivalDay: new Int32Array(size),
    marks: new Uint8Array(size),
  };
}

const attributionSpan = 4;

function scanAttendances(
  connection: Connection,
  { personIndex, roleMarks }: AttendanceReading,
  indexOf: ReadonlyMap<string, number>,
): { readonly scanned: Scanned; readonly notImportedDays: Int32Array } {
  const count = connection.prepare<[], number>('SELECT count(*) FROM attendances').pluck().get() ?? 0;
  const marksOf = new Map([...codeNames(connection, 'attendance_role')].map(([id, role]) => [id, roleMarks(role)]));
  const scanned = scannedOf(count);
  const notImported: number[] = [];
  // Role and attribution cross as one number: each column that crosses costs.
  const rows = connection
    .prepare(
      `SELECT incident_ref, arrived_at, person_id, day, cleared_at,
         coalesce(role_id, 0) * ${attributionSpan} + coalesce(attribution, 0) FROM attendances`,
    )
    .raw()
    .iterate() as IterableIterator<readonly [string, number, number, number, number | null, number]>;
  let at = 0;
  for (const [ref, arrived, person, day, cleared, roleAndAttribution] of rows) {
    const incident = indexOf.get(ref);
    if (incident === undefined) {
      notImported.push(day);
      continue;
    }
    const attribution = roleAndAttribution % attributionSpan;
    const role = (roleAndAttribution - attribution) / attributionSpan;
    scanned.incident[at] = incident;
    scanned.person[at] = personIndex[person] as number;
    scanned.arrivedAt[at] = arrived;
    scanned.clearedAt[at] = cleared ?? Number.NaN;
    scanned.arrivalDay[at] = day;
    scanned.marks[at] = attribution | (marksOf.get(role) ?? 0);
    at += 1;
  }
  scanned.count = at;
  return { scanned, notImportedDays: Int32Array.from(notImported) };
}

/**
 * Row numbers ascending by a key, rows of one key in the order given; and where each key begins.
 *
 * @param rows the order given; null for that of their numbers.
 */
function ordered(
  key: Uint32Array,
  rows: Uint32Array | null,
  count: number,
  keys: number,
): { readonly order: Uint32Array; readonly offsets: Uint32Array } {
  const offsets = new Uint32Array(keys + 1);
  for (let row = 0; row < count; row += 1) {
    const slot = (key[row] as number) + 1;
    offsets[slot] = (offsets[slot] as number) + 1;
  }
  for (let slot = 1; slot <= keys; slot += 1) {
    offsets[slot] = (offsets[slot] as number) + (offsets[slot - 1] as number);
  }
  const next = offsets.slice();
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) {
    const row = rows === null ? at : (rows[at] as number);
    const slot = key[row] as number;
    order[next[slot] as number] = row;
    next[slot] = (next[slot] as number) + 1;
  }
  return { order, offsets };
}

function readDirect(
  connection: Connection,
  { personIndex, persons, categoryNumber, directKey }: AttendanceReading,
  indexOf: ReadonlyMap<string, number>,
): Float64Array {
  const numbers = new Map([...codeNames(connection, 'category')].map(([id, code]) => [id, categoryNumber(code)]));
  const keys: number[] = [];
  const rows = connection
    .prepare("SELECT incident_ref, person_id, category_id FROM exposures WHERE incident_ref <> ''")
    .raw()
    .iterate() as IterableIterator<readonly [string, number, number]>;
  for (const [ref, person, categoryId] of rows) {
    const category = numbers.get(categoryId) ?? -1;
    const incident = category < 0 ? undefined : indexOf.get(ref);
    if (incident !== undefined) keys.push(directKey(incident, personIndex[person] as number, category, persons));
  }
  return Float64Array.from(keys).sort();
}

/**
 * Reads every incident and attendance. Incidents are found by a map in memory and not by the store: attendances lie in the
 * order of time, their incidents in that of their numbers, and every look into the store would decrypt a page.
 */
export function readAttendanceColumns(connection: Connection, reading: AttendanceReading): AttendanceColumns {
  const { indexOf, ...incidents } = readIncidents(connection);
  const direct = readDirect(connection, reading, indexOf);
  const { scanned, notImportedDays } = scanAttendances(connection, reading, indexOf);
  const byPerson = ordered(scanned.person, null, scanned.count, reading.persons);
  const { order, offsets } = ordered(scanned.incident, byPerson.order, scanned.count, incidents.day.length);
  return { ...incidents, offsets, ...inOrder(scanned, order), notImportedDays, direct, persons: reading.persons };
}

function inOrder(scanned: Scanned, order: Uint32Array) {
  const { person, arrivedAt, clearedAt, arrivalDay, marks } = scannedOf(order.length);
  for (let at = 0; at < order.length; at += 1) {
    const row = order[at] as number;
    person[at] = scanned.person[row] as number;
    arrivedAt[at] = scanned.arrivedAt[row] as number;
    clearedAt[at] = scanned.clearedAt[row] as number;
    arrivalDay[at] = scanned.arrivalDay[row] as number;
    marks[at] = scanned.marks[row] as number;
  }
  return { person, arrivedAt, clearedAt, arrivalDay, marks };
}
