/** Numbers of codes and people as the store knows them, and those that this import adds. */
export type NewCode = readonly [id: number, list: string, value: string];
export type NewPerson = readonly [id: number, pseudonym: string];

export type KnownCodes = {
  readonly codes: readonly NewCode[];
  readonly persons: readonly NewPerson[];
  /** Persons that have a row among the people, with their first and last day of service. */
  readonly listedPersons: readonly (readonly [id: number, start: number | null, end: number | null])[];
  /** Other references of persons as pseudonyms, with the days on which they are theirs. */
  readonly aliases: readonly (readonly [alias: string, person: number, from: number, to: number | null])[];
  /** Pseudonyms of people who were erased; with days where it was another reference of theirs. */
  readonly erased: readonly (readonly [pseudonym: string, from: number | null, to: number | null])[];
};

/**
 * Gives every code and pseudonym its number: the store's where it has one, else the next. What only rejected rows name is
 * numbered here and never handed over: a name that slipped into a column of codes must not reach the store.
 */
export class CodeBook {
  readonly #codes = new Map<string, number>();
  readonly #persons = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  #nextCode = 1;
  #nextPerson = 1;
  /** Numbered and not yet named by a row that was kept. */
  readonly #waitingCodes = new Map<number, NewCode>();
  readonly #waitingPersons = new Map<number, NewPerson>();
  #newCodes: NewCode[] = [];
  #newPersons: NewPerson[] = [];

  constructor(known: KnownCodes) {
    for (const [id, list, value] of known.codes) {
      this.#codes.set(`${list}\n${value}`, id);
      this.#texts.set(id, value);
      this.#nextCode = Math.max(this.#nextCode, id + 1);
    }
    for (const [id, pseudonym] of known.persons) {
      this.#persons.set(pseudonym, id);
      this.#nextPerson = Math.max(this.#nextPerson, id + 1);
    }
  }

  code(list: string, value: string): number {
    const name = `${list}\n${value}`;
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    const id = this.#nextCode;
    this.#nextCode += 1;
    this.#codes.set(name, id);
    this.#texts.set(id, value);
    this.#waitingCodes.set(id, [id, list, value]);
    return id;
  }

  textOf(id: number): string {
    return this.#texts.get(id) ?? '';
  }

  person(pseudonym: string): number {
    const known = this.#persons.get(pseudonym);
    if (known !== undefined) return known;
    const id = this.#nextPerson;
    this.#nextPerson += 1;
    this.#persons.set(pseudonym, id);
    this.#waitingPersons.set(id, [id, pseudonym]);
    return id;
  }

  /** Whether a row that is kept may name something that the store does not know yet. */
  get waiting(): boolean {
    return this.#waitingCodes.size > 0 || this.#waitingPersons.size > 0;
  }

  keepCode(id: number): void {
    const code = this.#waitingCodes.get(id);
    if (code && this.#waitingCodes.delete(id)) this.#newCodes.push(code);
  }

  keepPerson(id: number): void {
    const person = this.#waitingPersons.get(id);
    if (person && this.#waitingPersons.delete(id)) this.#newPersons.push(person);
  }

  /** What rows that were kept have added since the last call. */
  takeNew(): { readonly codes: readonly NewCode[]; readonly persons: readonly NewPerson[] } {
    const added = { codes: this.#newCodes, persons: this.#newPersons };
    this.#newCodes = [];
    this.#newPersons = [];
    return added;
  }
}
