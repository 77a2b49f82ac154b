import { Buffer } from 'node:buffer';
import type { KeyPair } from '#main/crypto/seal.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  bindingsOf,
  type PersonSet,
  type PersonTable,
  personTables,
  tellingTables,
} from '#main/store/person-tables.ts';
import { sealedColumns } from '#main/store/sealed-columns.ts';
import type { SafetyContent } from '../import/safety-content.ts';
import type { NameMatcher } from './name-matcher.ts';
import type { CollectedPerson, CollectedRow, CollectedTable } from './protocol.ts';
import { matcherFor, openText, type RejectedRow } from './sealed-boxes.ts';
import { createValueWords, headingOf, type ValueWords } from './value-words.ts';

type Keys = { readonly clinic: KeyPair; readonly pseudonymKey: Uint8Array };

const anotherPerson = '(another person: left out)';

/** What a box says, as columns of its own where it is an object, else as one value. */
function openedColumns(text: string): CollectedRow {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
      return Object.fromEntries(
        Object.entries(content).map(([name, value]) => [
          headingOf(name),
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      );
    }
  } catch {
    // Free text is no JSON.
  }
  return { 'sealed content': text };
}

class Collector {
  readonly #connection: Connection;
  readonly #set: PersonSet;
  readonly #keys: Keys;
  readonly #words: ValueWords;

  constructor(connection: Connection, set: PersonSet, keys: Keys) {
    this.#connection = connection;
    this.#set = set;
    this.#keys = keys;
    this.#words = createValueWords(connection);
  }

  table({ name, columns, own }: PersonTable): CollectedTable {
    const rows = this.#connection
      .prepare<[object], Readonly<Record<string, unknown>>>(`SELECT * FROM "${name}" WHERE ${own}`)
      .all(bindingsOf(this.#set));
    return tableOf(
      name,
      rows.map((row) => this.#row(name, columns, row)),
    );
  }

  #row(table: string, people: readonly string[], row: Readonly<Record<string, unknown>>): CollectedRow {
    const cells: Record<string, string> = {};
    for (const [column, value] of Object.entries(row)) {
      const sealed = sealedColumns.find((entry) => entry.table === table && entry.column === column);
      if (sealed && Buffer.isBuffer(value)) {
        Object.assign(cells, openedColumns(openText(this.#keys.clinic, value, sealed.context)));
      } else if (people.includes(column)) {
        cells[headingOf(column)] = value === null ? '' : this.#person(value);
      } else if (!Buffer.isBuffer(value)) {
        cells[headingOf(column)] = this.#words(table, column, value);
      }
    }
    return cells;
  }

  #person(value: unknown): string {
    const { ids, pseudonyms, pseudonym } = this.#set;
    const at = typeof value === 'number' ? ids.indexOf(value) : pseudonyms.indexOf(String(value));
    return at < 0 ? anotherPerson : (pseudonyms[at] ?? pseudonym);
  }

  /** Answers to safety items, which no column ties to a person: their boxes say whose they are. */
  safety(matcher: NameMatcher): CollectedTable {
    const rows = this.#connection
      .prepare<[], { given_day: number | null; received_at: string; box: Buffer }>(
        'SELECT given_day, received_at, box FROM sealed_safety',
      )
      .all();
    const own = rows.flatMap((row) => {
      const text = openText(this.#keys.clinic, row.box, 'tidemark safety answer');
      const content = JSON.parse(text) as SafetyContent;
      const another = content.member !== undefined && content.member.toLowerCase() !== 'officer';
      if (another || !matcher.refers(content.reference)) return [];
      return [
        {
          'given on': this.#words('sealed_safety', 'given_day', row.given_day),
          received: this.#words('sealed_safety', 'received_at', row.received_at),
          ...openedColumns(text),
        },
      ];
    });
    return tableOf('sealed_safety', own);
  }

  /** Rows that could not be imported and are about the person. */
  rejected(matcher: NameMatcher): CollectedTable {
    const boxes = this.#connection
      .prepare<[], { batch_id: number; box: Buffer }>('SELECT batch_id, box FROM sealed_reject')
      .all();
    const own = boxes.flatMap(({ batch_id: batch, box }) => {
      const rows = JSON.parse(openText(this.#keys.clinic, box, 'tidemark rejected rows')) as readonly RejectedRow[];
      return rows
        .filter(({ fields }) => matcher.isAbout(fields))
        .map(({ row, fields }) => ({
          batch: String(batch),
          'row in the file': String(row),
          cells: fields.map((field) => this.#cell(field, matcher)).join(' | '),
        }));
    });
    return tableOf('sealed_reject', own);
  }

  /** Of a cell that names several people, the person's own part; nothing of one that names another. */
  #cell(field: string, matcher: NameMatcher): string {
    if (matcher.refersToAnother(field)) return anotherPerson;
    if (!matcher.refers(field) || matcher.isReference(field)) return field;
    const own = field.split(/[;,|/&+]+/).filter((part) => matcher.refers(part));
    return `${own.map((part) => part.trim()).join(', ')} (others left out)`;
  }

  /** Rows about others that only name the person. */
  linked(tables: readonly PersonTable[]): number {
    return tables.reduce((sum, { name, linked }) => {
      if (linked === null) return sum;
      const count = this.#connection
        .prepare<[object], number>(`SELECT count(*) FROM "${name}" WHERE ${linked}`)
        .pluck();
      return sum + (count.get(bindingsOf(this.#set)) ?? 0);
    }, 0);
  }
}

function tableOf(table: string, rows: readonly CollectedRow[]): CollectedTable {
  return { table, columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

/** Everything the vault holds on one person, sealed fields opened, other people left out. Tables without a row stay away. */
export function collectPerson(connection: Connection, set: PersonSet, keys: Keys): CollectedPerson {
  const collector = new Collector(connection, set, keys);
  const matcher = matcherFor(connection, set, keys);
  const tables = tellingTables(personTables(connection));
  const collected = [
    ...tables.map((table) => collector.table(table)),
    collector.safety(matcher),
    collector.rejected(matcher),
  ];
  return {
    pseudonym: set.pseudonym,
    otherReferences: set.aliases.length,
    linkedRows: collector.linked(tables),
    tables: collected.filter(({ rows }) => rows.length > 0),
  };
}
