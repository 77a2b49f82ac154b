import { rowProblem } from '../csv-tokeniser.ts';
import { brokenReference, longestRecord, type Reference, type ReferenceParser } from './reference.ts';

/** Lines of a record by their tag, in order; each with the lines that go on from it. */
export type TaggedFields = ReadonlyMap<string, readonly (readonly string[])[]>;

export type TaggedFormat = {
  /** Tag and text of a line that begins a field, or null. */
  readonly split: (line: string) => readonly [tag: string, text: string] | null;
  /** Whether a tag begins a record. */
  readonly begins: string;
  /** Tag that ends a record, or null where a blank line does. */
  readonly ends: string | null;
  readonly read: (fields: TaggedFields) => Readonly<Record<string, string>>;
};

/**
 * Puts records together from lines such as `TI  - A title`. A record whose beginning is missing is broken and given as such; one
 * whose end is missing ends where the next begins.
 */
export class TaggedRecords implements ReferenceParser {
  readonly #format: TaggedFormat;
  #fields = new Map<string, string[][]>();
  #last: string[] | null = null;
  #open = false;
  #begun = false;
  #problem = 0;
  #length = 0;
  #found: Reference[] = [];

  constructor(format: TaggedFormat) {
    this.#format = format;
  }

  line = (text: string, sound: boolean): void => {
    const { begins, ends } = this.#format;
    if (text.trim() === '') {
      if (ends === null) this.#close();
      return;
    }
    const field = this.#format.split(text);
    // What stands between records, such as a line about the export, belongs to none.
    if (!field && !this.#open) return;
    if (!sound) this.#problem |= rowProblem.badEncoding;
    if (text.includes('\0')) this.#problem |= rowProblem.nulByte;
    if (!field) {
      this.#add(text.trim());
      return;
    }
    const [tag, value] = field;
    if (tag === ends) {
      this.#close();
      return;
    }
    if (tag === begins) {
      const problem = this.#open ? 0 : this.#problem;
      this.#close();
      this.#problem = problem;
      this.#begun = true;
    }
    this.#open = true;
    this.#length += value.length + 4;
    if (this.#length > longestRecord) return;
    this.#last = [value.trim()];
    const lines = this.#fields.get(tag);
    if (lines) lines.push(this.#last);
    else this.#fields.set(tag, [this.#last]);
  };

  take = (): Reference[] => {
    const found = this.#found;
    this.#found = [];
    return found;
  };

  end = (): void => this.#close();

  #add(text: string): void {
    this.#length += text.length;
    if (this.#length <= longestRecord) this.#last?.push(text);
  }

  #close(): void {
    if (this.#open) {
      const fields = this.#format.read(this.#fields);
      const whole = this.#begun && this.#length <= longestRecord;
      this.#found.push(whole ? { fields, problem: this.#problem } : brokenReference(fields, this.#problem));
    }
    this.#fields = new Map();
    this.#last = null;
    this.#open = false;
    this.#begun = false;
    this.#problem = 0;
    this.#length = 0;
  }
}

/** Values of the first tag that has any, each with the lines that go on from it joined. */
export function allOf(fields: TaggedFields, ...tags: readonly string[]): string[] {
  for (const tag of tags) {
    const values = (fields.get(tag) ?? []).map((lines) => lines.join(' ').trim()).filter((value) => value !== '');
    if (values.length > 0) return values;
  }
  return [];
}

/** The first value of the first tag that has any; '' without. */
export function firstOf(fields: TaggedFields, ...tags: readonly string[]): string {
  return allOf(fields, ...tags)[0] ?? '';
}
