import { deserialize, serialize } from 'node:v8';
import { decodePackedExposures, encodePackedExposures } from '#main/analysis/exposure/packed-bytes.ts';
import { type PackedExposures, packExposures, type UncountedRows } from '#main/analysis/exposure/packed-exposures.ts';
import { type PersonFrame, personFrameOf } from '#main/analysis/exposure/person-frame.ts';
import type { Connection } from '#main/store/connection.ts';
import { type ExposureRowColumns, readExposureColumns } from '#main/store/exposure-columns.ts';
import { packedSource, readPacked, writePacked } from '#main/store/packed-cache.ts';
import { readPeople, type StoredPerson } from '#main/store/people-records.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';

/** Exposures and people as the analyses read them, from one state of the store. */
export type ExposureSource = {
  /** Names that state; another one means that batches have come or gone. */
  readonly source: string;
  readonly exposures: PackedExposures;
  readonly people: PersonFrame;
  /** Rows held but not counted, up to a day. */
  readonly uncountedUpTo: (day: number) => UncountedRows;
  /** Keeps what was packed from the rows for the next time; null where it was read packed. */
  readonly keep: (() => void) | null;
};

const countable: ReadonlySet<string> = new Set(exposureCategories.map((category) => category.code));

type Uncounted = { readonly unmappedDays: Int32Array; readonly notTraumaticDays: Int32Array };

const kinds = ['people', 'exposures', 'screenings'] as const;

export function exposureSourceName(connection: Connection): string {
  return packedSource(connection, kinds);
}

/** Reads from the packed cache where it is of this state of the store, else from the rows. */
export function readExposureSource(connection: Connection): ExposureSource {
  // In one transaction: rows of a batch that is committed meanwhile must not be kept under the name of the state before it.
  return connection.transaction(() => readInOneState(connection))();
}

function readInOneState(connection: Connection): ExposureSource {
  const source = exposureSourceName(connection);
  return readKept(connection, source) ?? readRows(connection, source);
}

/** What was packed from this very state of the store; null where nothing was, or not by this version. */
function readKept(connection: Connection, source: string): ExposureSource | null {
  const [packed, packedPeople, uncounted] = ['exposures', 'people', 'uncounted'].map((name) =>
    readPacked(connection, name, source),
  );
  if (!packed || !packedPeople || !uncounted) return null;
  const decoded = decodePackedExposures(packed, { authenticated: true });
  const people = framePacked(packedPeople);
  if (!decoded.ok || !people || decoded.value.offsets.length !== people.pseudonyms.length + 1) return null;
  return sourceOf({ source, exposures: decoded.value, people, keep: null }, decodeUncounted(uncounted));
}

function framePacked(bytes: Uint8Array): PersonFrame | null {
  try {
    return deserialize(bytes) as PersonFrame;
  } catch {
    // Packed by an engine of another generation: the rows are the truth.
    return null;
  }
}

function readRows(connection: Connection, source: string): ExposureSource {
  const stored = readPeople(connection);
  const people = frameOf(stored);
  const { columns, uncounted } = splitCountable(readExposureColumns(connection, indexById(stored)));
  const exposures = packExposures({ ...columns, persons: stored.length });
  const keep = (): void => {
    writePacked(connection, 'exposures', source, new Uint8Array(encodePackedExposures(exposures)));
    writePacked(connection, 'people', source, serialize(people));
    writePacked(connection, 'uncounted', source, encodeUncounted(uncounted));
  };
  return sourceOf({ source, exposures, people, keep }, uncounted);
}

function frameOf(people: readonly StoredPerson[]): PersonFrame {
  return personFrameOf(
    people.map((person) => ({
      pseudonym: person.pseudonym,
      listed: person.listed,
      spells:
        person.unit === null || person.role === null
          ? []
          : [{ fromDay: person.serviceStart, toDay: person.serviceEnd, unit: person.unit, role: person.role }],
    })),
  );
}

function indexById(people: readonly StoredPerson[]): Uint32Array {
  const index = new Uint32Array(people.reduce((most, person) => Math.max(most, person.id), 0) + 1);
  people.forEach((person, at) => {
    index[person.id] = at;
  });
  return index;
}

/** Countable rows stay; of the others only their days are kept. */
function splitCountable(all: ExposureRowColumns): {
  readonly columns: ExposureRowColumns;
  readonly uncounted: Uncounted;
} {
  const counts = all.categories.map((code) => countable.has(code));
  const unmappedDays: number[] = [];
  const notTraumaticDays: number[] = [];
  let kept = 0;
  for (let row = 0; row < all.person.length; row += 1) {
    const category = all.category[row] as number;
    if (counts[category]) {
      all.person[kept] = all.person[row] as number;
      all.day[kept] = all.day[row] as number;
      all.category[kept] = category;
      all.attributes[kept] = all.attributes[row] as number;
      all.minutes[kept] = all.minutes[row] as number;
      kept += 1;
    } else if (all.categories[category] === notTraumatic) notTraumaticDays.push(all.day[row] as number);
    else unmappedDays.push(all.day[row] as number);
  }
  return {
    columns: {
      person: all.person.subarray(0, kept),
      day: all.day.subarray(0, kept),
      category: all.category.subarray(0, kept),
      attributes: all.attributes.subarray(0, kept),
      minutes: all.minutes.subarray(0, kept),
      categories: all.categories,
    },
    uncounted: {
      unmappedDays: Int32Array.from(unmappedDays).sort(),
      notTraumaticDays: Int32Array.from(notTraumaticDays).sort(),
    },
  };
}

function upTo(days: Int32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as number) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sourceOf(read: Omit<ExposureSource, 'uncountedUpTo'>, uncounted: Uncounted): ExposureSource {
  return {
    ...read,
    uncountedUpTo: (day) => ({
      unmapped: upTo(uncounted.unmappedDays, day),
      notTraumatic: upTo(uncounted.notTraumaticDays, day),
    }),
  };
}

function encodeUncounted(uncounted: Uncounted): Uint8Array {
  const head = new Int32Array([uncounted.unmappedDays.length]);
  return Buffer.concat(
    [head, uncounted.unmappedDays, uncounted.notTraumaticDays].map((part) =>
      Buffer.from(part.buffer, part.byteOffset, part.byteLength),
    ),
  );
}

function decodeUncounted(bytes: Uint8Array): Uncounted {
  const words = new Int32Array(new Uint8Array(bytes).buffer);
  const unmapped = words[0] ?? 0;
  return { unmappedDays: words.slice(1, 1 + unmapped), notTraumaticDays: words.slice(1 + unmapped) };
}
