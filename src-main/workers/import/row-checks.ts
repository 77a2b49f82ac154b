import { Buffer } from 'node:buffer';
import { normaliseStudy } from '#main/files/study-key.ts';
import { type RowShape, storedName } from '#main/store/extract-layout.ts';
import type { ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import type { ChunkBuilder } from './chunk-builder.ts';
import type { KnownCodes } from './code-book.ts';
import { ErasedPeople } from './erased-people.ts';
import { fieldsOf, type RowFields } from './row-fields.ts';
import type { Problem } from './screening-rows.ts';

const secondsPerDay = 86_400;

/** Spell in which an alias is a person's; days are day numbers, `to` is inclusive. */
type AliasSpell = { readonly from: number; readonly to: number; readonly person: number };

/** Places of the members in their list, from 1, as they are stored. */
const officer = 1;
const partner = 2;

function holdsOn({ from, to }: AliasSpell, day: number): boolean {
  return Number.isNaN(day) ? to === Number.POSITIVE_INFINITY : from <= day && day <= to;
}

/** A column that names a person, and where it lies. */
type PersonColumn = { readonly name: string; readonly slot: number };

/** Checks of a row that has been read, beside the checks of its single cells. */
export class RowChecks {
  readonly #shape: RowShape;
  readonly #kind: ExtractKind;
  readonly #builder: ChunkBuilder;
  readonly #note: (column: string, code: string) => void;
  readonly #orders: readonly {
    readonly first: number;
    readonly last: number;
    readonly column: string;
    readonly nextDay: boolean;
    readonly dayBefore: boolean;
  }[];
  readonly #emptyKeys: readonly number[];
  readonly #service: Float64Array;
  readonly #aliases: ReadonlyMap<number, readonly AliasSpell[]>;
  readonly #persons: readonly PersonColumn[];
  readonly #erased: ErasedPeople | null;
  /** Numbers of the pseudonyms that the store knows; for other references of people only. */
  readonly #knownPersons: ReadonlyMap<string, number>;
  readonly #daySlot: number;
  /** The columns that the day is taken from, the first that is filled. */
  readonly #days: readonly PersonColumn[];

  constructor(options: {
    readonly kind: ExtractKind;
    readonly shape: RowShape;
    readonly builder: ChunkBuilder;
    readonly dayColumn: string | null;
    readonly known: KnownCodes;
    /** Number of a pseudonym in this import. */
    readonly personOf: (pseudonym: string) => number;
    readonly pseudonymKey: Uint8Array;
    readonly nextDayColumns: ReadonlySet<string>;
    /** Columns whose dates were put back by a day. */
    readonly dayBeforeColumns: ReadonlySet<string>;
    readonly note: (column: string, code: string) => void;
  }) {
    const { kind, shape, builder, dayColumn, known } = options;
    this.#shape = shape;
    this.#kind = kind;
    this.#builder = builder;
    this.#note = options.note;
    const slotOfColumn = (name: string): number => {
      const column = kind.columns.find((candidate) => candidate.name === name);
      return column ? (shape.slotOf.get(storedName(column)) ?? -1) : -1;
    };
    this.#orders = (kind.orders ?? []).map(({ first, last }) => ({
      first: slotOfColumn(first),
      last: slotOfColumn(last),
      column: last,
      nextDay:
        options.nextDayColumns.has(last) &&
        kind.columns.some((column) => column.name === last && column.type === 'time'),
      dayBefore: options.dayBeforeColumns.has(last),
    }));
    this.#emptyKeys = shape.keyColumns.filter((column) => column.storage === 'number').map((column) => column.slot);
    this.#persons = kind.columns
      .filter((column) => column.type === 'person')
      .map(({ name }) => ({ name, slot: slotOfColumn(name) }));
    this.#knownPersons = new Map(
      kind.kind === 'aliases' ? known.persons.map(([id, pseudonym]) => [pseudonym, id] as const) : [],
    );
    this.#daySlot = dayColumn === null ? -1 : (shape.slotOf.get(dayColumn) ?? -1);
    this.#days = (kind.dayOf?.split('|') ?? []).map((name) => ({ name, slot: slotOfColumn(name) }));
    const most = known.persons.reduce((highest, [id]) => Math.max(highest, id), 0);
    this.#service = new Float64Array((most + 1) * 2).fill(Number.NaN);
    for (const [id, start, end] of known.listedPersons) {
      this.#service[id * 2] = start ?? Number.NEGATIVE_INFINITY;
      this.#service[id * 2 + 1] = end ?? Number.POSITIVE_INFINITY;
    }
    this.#erased = known.erased.length === 0 ? null : new ErasedPeople(known.erased, options);
    const aliases = new Map<number, AliasSpell[]>();
    for (const [alias, person, from, to] of known.aliases) {
      const id = options.personOf(alias);
      const spells = aliases.get(id) ?? [];
      spells.push({ from, to: to ?? Number.POSITIVE_INFINITY, person });
      aliases.set(id, spells);
    }
    this.#aliases = aliases;
  }

  /** Completes and checks the row at `base`, whose columns have all been read. */
  check(base: number, problems: Problem[]): void {
    const { numbers } = this.#builder;
    for (const order of this.#orders) {
      const first = numbers[base + order.first] as number;
      const last = numbers[base + order.last] as number;
      if (!(last < first)) continue;
      // Who came back on the day they went off was away that day.
      if (order.dayBefore && first - last === 1) numbers[base + order.last] = first;
      else if (order.nextDay && first - last < secondsPerDay) numbers[base + order.last] = last + secondsPerDay;
      else problems.push({ column: order.column, code: 'END_BEFORE_START' });
    }
    if (this.#kind.kind === 'studies') this.#nameStudy(base);
    if (problems.length > 0) return;
    for (const slot of this.#emptyKeys) {
      if (Number.isNaN(numbers[base + slot] as number)) numbers[base + slot] = 0;
    }
    if (this.#kind.kind === 'duties') this.#checkDuty(base);
    if (this.#kind.kind === 'aliases') this.#checkAlias(base);
    for (const person of this.#persons) this.#checkPerson(base, person, problems);
  }

  /**
   * Whether the row at `base`, whose ordinary columns have been read, is about somebody who was erased. A row about another
   * that only names them loses that name.
   */
  isErased(base: number): boolean {
    const erased = this.#erased;
    if (!erased) return false;
    const { numbers } = this.#builder;
    const day = this.#dayOf(base);
    const named = this.#persons.filter(({ slot }) => {
      const person = numbers[base + slot] as number;
      return erased.has(person, day) && !this.#ownersOn(person, day).some((owner) => !erased.has(owner, day));
    });
    if (named.length === 0) return false;
    if (this.#kind.kind !== 'families') return true;
    const member = numbers[base + (this.#shape.slotOf.get('member') ?? 0)] as number;
    const own = member === officer ? 'person_ref' : member === partner ? 'partner_person_ref' : '';
    if (named.some(({ name }) => name === own)) return true;
    for (const { slot } of named) numbers[base + slot] = Number.NaN;
    return false;
  }

  /** Whether a row that cannot be kept names somebody who was erased: nothing of them may come back among the rejected. */
  namesErased(row: RowFields): boolean {
    return this.#erased?.namedIn(fieldsOf(row)) ?? false;
  }

  /** Local day that the row is about, as far as its columns say; NaN where they do not. */
  #dayOf(base: number): number {
    const { numbers } = this.#builder;
    const day = this.#daySlot < 0 ? Number.NaN : (numbers[base + this.#daySlot] as number);
    if (!Number.isNaN(day)) return day;
    const filled = this.#days.find(({ slot }) => !Number.isNaN(numbers[base + slot] as number));
    return filled === undefined ? Number.NaN : (numbers[base + filled.slot] as number);
  }

  /** Whose another reference is on a day. */
  #ownersOn(reference: number, day: number): readonly number[] {
    const spells = this.#kind.kind === 'aliases' ? undefined : this.#aliases.get(reference);
    return (spells ?? []).filter((spell) => holdsOn(spell, day)).map((spell) => spell.person);
  }

  #checkDuty(base: number): void {
    const { numbers } = this.#builder;
    const start = numbers[base + (this.#shape.slotOf.get('start_at') ?? 0)] as number;
    const end = numbers[base + (this.#shape.slotOf.get('end_at') ?? 0)] as number;
    if (end - start > secondsPerDay) this.#note('end', 'LONG_DUTY');
  }

  /** Rows that were loaded under this reference before stay as they are: whoever loads it must know. */
  #checkAlias(base: number): void {
    const alias = this.#builder.textAt(base + (this.#shape.slotOf.get('alias') ?? 0));
    const known = this.#knownPersons.get(alias);
    const owner = this.#builder.numbers[base + (this.#shape.slotOf.get('person_id') ?? 0)];
    if (known === undefined || known === owner) return;
    this.#note('alias', this.#isListed(known) ? 'ALIAS_IS_PERSON' : 'ALIAS_IN_USE');
  }

  #isListed(person: number): boolean {
    return person * 2 < this.#service.length && !Number.isNaN(this.#service[person * 2] as number);
  }

  #checkPerson(base: number, column: PersonColumn, problems: Problem[]): void {
    const { numbers } = this.#builder;
    const day = this.#daySlot < 0 ? Number.NaN : (numbers[base + this.#daySlot] as number);
    // Families may hold rows of nobody who serves.
    if (Number.isNaN(numbers[base + column.slot] as number)) return;
    if (!this.#resolve(base, day, column, problems) || this.#kind.kind === 'people') return;
    const person = numbers[base + column.slot] as number;
    if (!this.#isListed(person)) {
      this.#note(column.name, 'UNKNOWN_PERSON');
    } else if (day < (this.#service[person * 2] as number)) {
      this.#note(this.#dayName(base), 'BEFORE_JOINING');
    } else if (day > (this.#service[person * 2 + 1] as number)) {
      this.#note(this.#dayName(base), 'AFTER_LEAVING');
    }
  }

  /**
   * Puts the person whose reference it was on the row's day in its place. A row without a day is about the present: only what
   * still is somebody's reference counts. Gives false where it was that of several.
   */
  #resolve(base: number, day: number, column: PersonColumn, problems: Problem[]): boolean {
    const { numbers } = this.#builder;
    const person = numbers[base + column.slot] as number;
    // Other references are of a person's own; there, none stands for another.
    const spells = this.#kind.kind === 'aliases' ? undefined : this.#aliases.get(person);
    if (!spells) return true;
    const owners = new Set(spells.filter((spell) => holdsOn(spell, day)).map((spell) => spell.person));
    if (owners.size > 1) {
      problems.push({ column: column.name, code: 'ALIAS_AMBIGUOUS' });
      return false;
    }
    const [owner] = owners;
    if (owner !== undefined) numbers[base + column.slot] = owner;
    // A number given to somebody new may be that person's own reference since.
    else if (!this.#isListed(person) && this.#kind.kind !== 'people') this.#note(column.name, 'ALIAS_NOT_VALID');
    return true;
  }

  #dayName(base: number): string {
    const filled = this.#days.find(({ slot }) => !Number.isNaN(this.#builder.numbers[base + slot] as number));
    return (filled ?? this.#days[0])?.name ?? '';
  }

  #nameStudy(base: number): void {
    const text = (name: string): string => this.#builder.textAt(base + (this.#shape.slotOf.get(name) ?? 0));
    const year = this.#builder.numbers[base + (this.#shape.slotOf.get('year') ?? 0)] as number;
    const key = Buffer.from(
      normaliseStudy({ doi: text('doi'), title: text('title'), year: Number.isNaN(year) ? null : year }),
      'utf8',
    );
    this.#builder.putText(base + (this.#shape.slotOf.get('study_key') ?? 0), key, 0, key.length);
  }
}
