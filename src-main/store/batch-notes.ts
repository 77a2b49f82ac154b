import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';
import type { RowShape } from './extract-layout.ts';

export type BatchNote = readonly [row: number, column: string, code: string];

const notesKept = 1_000;
const openEnd = 1e15;

/** What only the order of the rows and the store can show: spells that overlap, an enrolment in two arms. */
export class BatchNotes {
  readonly notes: BatchNote[] = [];
  readonly #counts = new Map<string, number>();
  readonly #shape: RowShape;
  readonly #absences: boolean;
  readonly #armSlot: number;
  readonly #overlapping: Statement<unknown[], number> | null;
  #person = Number.NaN;
  #lastEnd = Number.NEGATIVE_INFINITY;

  constructor(connection: Connection, kind: string, shape: RowShape) {
    this.#shape = shape;
    this.#absences = kind === 'absences';
    this.#armSlot = kind === 'pilot_enrolments' ? (shape.slotOf.get('arm_id') ?? -1) : -1;
    this.#overlapping = this.#absences
      ? connection
          .prepare<unknown[], number>(
            `SELECT 1 FROM absences WHERE person_id = ? AND start_day <> ? AND start_day <= ?
             AND coalesce(end_day, ${openEnd}) >= ? LIMIT 1`,
          )
          .pluck()
      : null;
  }

  get counts(): readonly (readonly [code: string, count: number])[] {
    return [...this.#counts];
  }

  /** Looks at a row that will stand; rows come in key order. */
  standing(numbers: Float64Array, base: number): void {
    if (!this.#absences || !this.#overlapping) return;
    const value = (name: string): number => numbers[base + (this.#shape.slotOf.get(name) ?? 0)] as number;
    const person = value('person_id');
    const start = value('start_day');
    const end = Number.isNaN(value('end_day')) ? openEnd : value('end_day');
    if (person !== this.#person) {
      this.#person = person;
      this.#lastEnd = Number.NEGATIVE_INFINITY;
    }
    if (start <= this.#lastEnd || this.#overlapping.get(person, start, end, start) !== undefined) {
      this.#note(numbers, base, 'start', 'ABSENCES_OVERLAP');
    }
    this.#lastEnd = Math.max(this.#lastEnd, end);
  }

  /** Looks at a row that supersedes another; `earlier` gives a value of that one by its slot. */
  superseding(numbers: Float64Array, base: number, earlier: (slot: number) => number | null): void {
    if (this.#armSlot < 0) return;
    const arm = numbers[base + this.#armSlot] as number;
    const before = earlier(this.#armSlot);
    if (!Number.isNaN(arm) && before !== null && before !== arm) this.#note(numbers, base, 'arm', 'TWO_ARMS');
  }

  #note(numbers: Float64Array, base: number, column: string, code: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= notesKept) this.notes.push([numbers[base + this.#shape.rowSlot] as number, column, code]);
  }
}
