import { Buffer } from 'node:buffer';
import { normaliseStudy } from '#main/files/study-key.ts';
import { type RowShape, storedName } from '#main/store/extract-layout.ts';
import type { ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import type { ChunkBuilder } from './chunk-builder.ts';
import type { KnownCodes } from './code-book.ts';
import type { Problem } from './screening-rows.ts';

const secondsPerDay = 86_400;

/** Spell in which an alias is a person's; days are day numbers, `to` is inclusive. */
type AliasSpell = { readonly from: number; readonly to: number; readonly person: number };

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
  }[];
  readonly #emptyKeys: readonly number[];
  readonly #service: Float64Array;
  readonly #aliases: ReadonlyMap<number, readonly AliasSpell[]>;
  readonly #personSlot: number;
  readonly #daySlot: number;

  constructor(options: {
    readonly kind: ExtractKind;
    readonly shape: RowShape;
    readonly builder: ChunkBuilder;
    readonly dayColumn: string | null;
    readonly known: KnownCodes;
    /** Number of a pseudonym in this import. */
    readonly personOf: (pseudonym: string) => number;
    readonly nextDayColumns: ReadonlySet<string>;
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
      nextDay: options.nextDayColumns.has(last),
    }));
    this.#emptyKeys = shape.keyColumns.filter((column) => column.storage === 'number').map((column) => column.slot);
    this.#personSlot = kind.kind === 'aliases' ? -1 : (shape.slotOf.get('person_id') ?? -1);
    this.#daySlot = dayColumn === null ? -1 : (shape.slotOf.get(dayColumn) ?? -1);
    const most = known.persons.reduce((highest, [id]) => Math.max(highest, id), 0);
    this.#service = new Float64Array((most + 1) * 2).fill(Number.NaN);
    for (const [id, start, end] of known.listedPersons) {
      this.#service[id * 2] = start ?? Number.NEGATIVE_INFINITY;
      this.#service[id * 2 + 1] = end ?? Number.POSITIVE_INFINITY;
    }
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
      if (order.nextDay && first - last < secondsPerDay) numbers[base + order.last] = last + secondsPerDay;
      else problems.push({ column: order.column, code: 'END_BEFORE_START' });
    }
    if (this.#kind.kind === 'studies') this.#nameStudy(base);
    if (problems.length > 0) return;
    for (const slot of this.#emptyKeys) {
      if (Number.isNaN(numbers[base + slot] as number)) numbers[base + slot] = 0;
    }
    if (this.#kind.kind === 'duties') this.#checkDuty(base);
    if (this.#personSlot >= 0) this.#checkPerson(base, problems);
  }

  #checkDuty(base: number): void {
    const { numbers } = this.#builder;
    const start = numbers[base + (this.#shape.slotOf.get('start_at') ?? 0)] as number;
    const end = numbers[base + (this.#shape.slotOf.get('end_at') ?? 0)] as number;
    if (end - start > secondsPerDay) this.#note('end', 'LONG_DUTY');
  }

  #checkPerson(base: number, problems: Problem[]): void {
    const { numbers } = this.#builder;
    const day = this.#daySlot < 0 ? Number.NaN : (numbers[base + this.#daySlot] as number);
    let person = numbers[base + this.#personSlot] as number;
    // Families may hold rows of nobody who serves.
    if (Number.isNaN(person)) return;
    const spells = this.#aliases.get(person);
    if (spells) {
      const owners = new Set(
        spells
          .filter((spell) => Number.isNaN(day) || (spell.from <= day && day <= spell.to))
          .map((spell) => spell.person),
      );
      if (owners.size > 1) {
        problems.push({ column: 'person_ref', code: 'ALIAS_AMBIGUOUS' });
        return;
      }
      const [owner] = owners;
      if (owner === undefined) this.#note('person_ref', 'ALIAS_NOT_VALID');
      else {
        person = owner;
        numbers[base + this.#personSlot] = owner;
      }
    }
    if (this.#kind.kind === 'people') return;
    const start = person * 2 < this.#service.length ? (this.#service[person * 2] as number) : Number.NaN;
    if (Number.isNaN(start)) {
      this.#note('person_ref', 'UNKNOWN_PERSON');
    } else if (day < start) {
      this.#note(this.#kind.dayOf?.split('|')[0] ?? '', 'BEFORE_JOINING');
    } else if (day > (this.#service[person * 2 + 1] as number)) {
      this.#note(this.#kind.dayOf?.split('|')[0] ?? '', 'AFTER_LEAVING');
    }
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
