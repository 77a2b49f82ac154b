import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';
import type { RowShape } from './extract-layout.ts';

export type BatchNote = readonly [row: number, column: string, code: string];

const notesKept = 1_000;
const openEnd = 1e15;

/** What a kind's spells lie between. A duty may begin the moment that another ends, an absence not on its last day. */
type Spells = {
  readonly table: string;
  readonly start: string;
  readonly end: string;
  readonly touching: '>=' | '>';
  /** How far before a spell another may begin and still reach into it: bounds where the store is searched, or null. */
  readonly longest: number | null;
  readonly code: string;
};

const spellsOf: Readonly<Record<string, Spells>> = {
  absences: {
    table: 'absences',
    start: 'start_day',
    end: 'end_day',
    touching: '>=',
    longest: null,
    code: 'ABSENCES_OVERLAP',
  },
  // Thousands of a person: what began more than two days before is told by being longer than a day.
  duties: {
    table: 'duties',
    start: 'start_at',
    end: 'end_at',
    touching: '>',
    longest: 172_800,
    code: 'DUTIES_OVERLAP',
  },
};

/** What only the order of the rows and the store can show: spells that overlap, an enrolment in two arms. */
export class BatchNotes {
  readonly notes: BatchNote[] = [];
  readonly #counts = new Map<string, number>();
  readonly #rowSlot: number;
  readonly #spells: Spells | null;
  readonly #slots: { readonly person: number; readonly start: number; readonly end: number };
  readonly #armSlot: number;
  readonly #overlapping: Statement<unknown[], number> | null;
  #person = Number.NaN;
  #lastEnd = Number.NEGATIVE_INFINITY;

  /** @param hadRows whether the table holds rows of earlier batches. */
  constructor(connection: Connection, kind: string, shape: RowShape, hadRows: boolean) {
    const slot = (name: string): number => shape.slotOf.get(name) ?? -1;
    this.#rowSlot = shape.rowSlot;
    this.#armSlot = kind === 'pilot_enrolments' ? slot('arm_id') : -1;
    const spells = spellsOf[kind] ?? null;
    this.#spells = spells;
    this.#slots = { person: slot('person_id'), start: slot(spells?.start ?? ''), end: slot(spells?.end ?? '') };
    this.#overlapping =
      spells && hadRows
        ? connection
            .prepare<unknown[], number>(
              `SELECT 1 FROM ${spells.table} WHERE person_id = @person AND ${spells.start} <> @start
               AND ${spells.start} ${spells.touching === '>=' ? '<=' : '<'} @end AND ${spells.start} >= @earliest
               AND coalesce(${spells.end}, ${openEnd}) ${spells.touching} @start LIMIT 1`,
            )
            .pluck()
        : null;
  }

  get counts(): readonly (readonly [code: string, count: number])[] {
    return [...this.#counts];
  }

  /** Looks at a row that will stand; rows come in key order. */
  standing(numbers: Float64Array, base: number): void {
    const spells = this.#spells;
    if (!spells) return;
    const person = numbers[base + this.#slots.person] as number;
    const start = numbers[base + this.#slots.start] as number;
    const given = numbers[base + this.#slots.end] as number;
    const end = Number.isNaN(given) ? openEnd : given;
    if (person !== this.#person) {
      this.#person = person;
      this.#lastEnd = Number.NEGATIVE_INFINITY;
    }
    const within = spells.touching === '>=' ? start <= this.#lastEnd : start < this.#lastEnd;
    if (within || this.#overlapsStored(spells, person, start, end)) this.#note(numbers, base, 'start', spells.code);
    this.#lastEnd = Math.max(this.#lastEnd, end);
  }

  /** Looks at a row that supersedes another; `earlier` gives a value of that one by its slot. */
  superseding(numbers: Float64Array, base: number, earlier: (slot: number) => number | null): void {
    if (this.#armSlot < 0) return;
    const arm = numbers[base + this.#armSlot] as number;
    const before = earlier(this.#armSlot);
    if (!Number.isNaN(arm) && before !== null && before !== arm) this.#note(numbers, base, 'arm', 'TWO_ARMS');
  }

  #overlapsStored(spells: Spells, person: number, start: number, end: number): boolean {
    const earliest = spells.longest === null ? -openEnd : start - spells.longest;
    return this.#overlapping?.get({ person, start, end, earliest }) !== undefined;
  }

  #note(numbers: Float64Array, base: number, column: string, code: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= notesKept) this.notes.push([numbers[base + this.#rowSlot] as number, column, code]);
  }
}
