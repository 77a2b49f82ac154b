/** Numbers of codes and people as the store knows them, and those that this import adds. */
export type NewCode = readonly [id: number, list: string, value: string];
export type NewPerson = readonly [id: number, pseudonym: string];

export type KnownCodes = {
  readonly codes: readonly NewCode[];
  readonly persons: readonly NewPerson[];
  /** Persons that have a row among the people. */
  readonly listedPersons: readonly number[];
};

/** Gives every code and pseudonym its number: the store's where it has one, else the next. */
export class CodeBook {
  readonly #codes = new Map<string, number>();
  readonly #persons = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  #nextCode = 1;
  #nextPerson = 1;
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
    this.#newCodes.push([id, list, value]);
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
    this.#newPersons.push([id, pseudonym]);
    return id;
  }

  /** What was added since the last call. */
  takeNew(): { readonly codes: readonly NewCode[]; readonly persons: readonly NewPerson[] } {
    const added = { codes: this.#newCodes, persons: this.#newPersons };
    this.#newCodes = [];
    this.#newPersons = [];
    return added;
  }
}
