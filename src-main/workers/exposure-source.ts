import { deserialize, serialize } from 'node:v8';
import type { AttendedIncidents } from '#main/analysis/exposure/attended-incidents.ts';
import { type CodeTallies, unmappedCodes } from '#main/analysis/exposure/code-tallies.ts';
import { DayTally } from '#main/analysis/exposure/day-counts.ts';
import { type DerivedExposures, deriveExposures } from '#main/analysis/exposure/derive-exposures.ts';
import { decodePackedExposures, encodePackedExposures } from '#main/analysis/exposure/packed-bytes.ts';
import { decodeExposureDays, encodeExposureDays } from '#main/analysis/exposure/packed-days.ts';
import {
  type ExposureDays,
  type PackedExposures,
  packExposures,
  type UncountedRows,
} from '#main/analysis/exposure/packed-exposures.ts';
import { type PersonFrame, personFrameOf } from '#main/analysis/exposure/person-frame.ts';
import { currentCodeRules } from '#main/store/code-rules-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { type ExposureRowColumns, readExposureColumns } from '#main/store/exposure-columns.ts';
import { packedSource, readPacked, writePacked } from '#main/store/packed-cache.ts';
import { readPeople, type StoredPerson } from '#main/store/people-records.ts';
import type { CodeCoverage } from '#shared/contract/code-rules.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';
import { indexById, rulesInForce } from './attended-source.ts';
import { type Uncounted, uncountedUpTo } from './uncounted-rows.ts';

/** Exposures and people as the analyses read them, from one state of the store. */
export type ExposureSource = {
  /** Names that state; another one means that batches have come or gone, or that the code rules have changed. */
  readonly source: string;
  readonly exposures: PackedExposures;
  readonly people: PersonFrame;
  /** Rows held but not counted, up to a day. */
  readonly uncountedUpTo: (day: number) => UncountedRows;
  /** What became of the attendances; null where none are held. */
  readonly codes: CodeFindings | null;
  /** Keeps what was packed from the rows for the next time; null where it was read packed. */
  readonly keep: (() => void) | null;
};

/** The part of it that plain counts need, which is read in a third of the time. */
export type ExposureDaySource = Pick<ExposureSource, 'source' | 'people' | 'uncountedUpTo'> & {
  readonly exposures: ExposureDays;
};

export type CodeFindings = CodeTallies & { readonly coverage: CodeCoverage };

const countable: ReadonlySet<string> = new Set(exposureCategories.map((category) => category.code));

const kinds = ['people', 'exposures', 'screenings', 'incidents', 'attendances'] as const;

export function exposureSourceName(connection: Connection): string {
  const rules = currentCodeRules(connection);
  return `${packedSource(connection, kinds)}|${rules === null ? '' : `${rules.version}:${rules.bodyHash}`}`;
}

/**
 * Reads from the packed cache where it is of this state of the store, else from the rows.
 *
 * @param attendedOf incidents and attendances, null where none are held; asked only where they must be read.
 */
export function readExposureSource(
  connection: Connection,
  attendedOf: (people: readonly StoredPerson[]) => AttendedIncidents | null,
): ExposureSource {
  // In one transaction: rows of a batch that is committed meanwhile must not be kept under the name of the state before it.
  return connection.transaction(() => {
    const source = exposureSourceName(connection);
    return readKept(connection, source) ?? readRows(connection, source, attendedOf);
  })();
}

/** The days alone, where they were packed from this state of the store; null where the whole must be read. */
export function readExposureDays(connection: Connection): ExposureDaySource | null {
  return connection.transaction(() => {
    const source = exposureSourceName(connection);
    const packed = readPacked(connection, 'exposure-days', source);
    const packedBeside = readPacked(connection, 'beside-exposures', source);
    if (!packed || !packedBeside) return null;
    const decoded = decodeExposureDays(packed);
    const beside = unpacked(packedBeside);
    if (!decoded.ok || !beside || decoded.value.offsets.length !== beside.people.pseudonyms.length + 1) return null;
    const { people, uncounted } = beside;
    return { source, exposures: decoded.value, people, uncountedUpTo: (day: number) => uncountedUpTo(uncounted, day) };
  })();
}

/** What is packed beside the exposures. */
type Beside = { readonly people: PersonFrame; readonly uncounted: Uncounted; readonly codes: CodeFindings | null };

/** What was packed from this very state of the store; null where nothing was, or not by this version. */
function readKept(connection: Connection, source: string): ExposureSource | null {
  const packed = readPacked(connection, 'exposures', source);
  const packedBeside = readPacked(connection, 'beside-exposures', source);
  if (!packed || !packedBeside) return null;
  const decoded = decodePackedExposures(packed, { authenticated: true });
  const beside = unpacked(packedBeside);
  if (!decoded.ok || !beside || decoded.value.offsets.length !== beside.people.pseudonyms.length + 1) return null;
  return sourceOf(source, decoded.value, beside, null);
}

function unpacked(bytes: Uint8Array): Beside | null {
  try {
    return deserialize(bytes) as Beside;
  } catch {
    // Packed by an engine of another generation: the rows are the truth.
    return null;
  }
}

function readRows(
  connection: Connection,
  source: string,
  attendedOf: (people: readonly StoredPerson[]) => AttendedIncidents | null,
): ExposureSource {
  const stored = readPeople(connection);
  const direct = splitCountable(readExposureColumns(connection, indexById(stored)));
  const attended = attendedOf(stored);
  const rules = attended ? rulesInForce(connection) : null;
  const derived = attended && rules ? deriveExposures(attended, rules) : null;
  const columns = derived ? withDerived(direct.columns, derived) : direct.columns;
  const exposures = packExposures({ ...columns, persons: stored.length });
  const beside: Beside = {
    people: frameOf(stored),
    uncounted: { ...direct.uncounted, attendances: derived?.attendances ?? null },
    codes: attended && rules && derived ? { ...unmappedCodes(attended, rules), coverage: derived.coverage } : null,
  };
  const keep = (): void => {
    writePacked(connection, 'exposures', source, new Uint8Array(encodePackedExposures(exposures)));
    writePacked(connection, 'exposure-days', source, encodeExposureDays(exposures));
    writePacked(connection, 'beside-exposures', source, serialize(beside));
  };
  return sourceOf(source, exposures, beside, keep);
}

function sourceOf(
  source: string,
  exposures: PackedExposures,
  { people, uncounted, codes }: Beside,
  keep: (() => void) | null,
): ExposureSource {
  return { source, exposures, people, codes, keep, uncountedUpTo: (day) => uncountedUpTo(uncounted, day) };
}

/** Exposures that were imported and those made of attendances, as one. */
function withDerived(direct: ExposureRowColumns, derived: DerivedExposures): ExposureRowColumns {
  const categories = [...direct.categories];
  const numbers = exposureCategories.map(({ code }) => {
    const known = categories.indexOf(code);
    return known >= 0 ? known : categories.push(code) - 1;
  });
  const rows = direct.person.length;
  const all = rows + derived.person.length;
  const columns = {
    person: new Uint32Array(all),
    day: new Int32Array(all),
    category: new Uint16Array(all),
    attributes: new Uint8Array(all),
    minutes: new Float64Array(all),
  };
  for (const name of ['person', 'day', 'category', 'attributes', 'minutes'] as const) {
    columns[name].set(direct[name]);
    columns[name].set(derived[name], rows);
  }
  for (let row = rows; row < all; row += 1) columns.category[row] = numbers[columns.category[row] as number] as number;
  return { ...columns, categories };
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

/** Countable rows stay; of the others only their days are kept. */
function splitCountable(all: ExposureRowColumns): {
  readonly columns: ExposureRowColumns;
  readonly uncounted: Pick<Uncounted, 'unmapped' | 'notTraumatic'>;
} {
  const counts = all.categories.map((code) => countable.has(code));
  const unmapped = new DayTally();
  const notTraumaticRows = new DayTally();
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
    } else if (all.categories[category] === notTraumatic) notTraumaticRows.add(all.day[row] as number);
    else unmapped.add(all.day[row] as number);
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
    uncounted: { unmapped: unmapped.counts(), notTraumatic: notTraumaticRows.counts() },
  };
}
