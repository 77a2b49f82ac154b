import { Buffer } from 'node:buffer';
import { cellStatus, createCellOut } from '#main/files/cell-status.ts';
import { parseFlag } from '#main/files/cells.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import { type RowFields, textOf } from './row-fields.ts';
import type { RecordPlan } from './row-plan.ts';
import type { Problem } from './screening-rows.ts';

export type FlagAnswer = {
  readonly answer: 'raised' | 'clear' | 'not seen';
  /** Where the cell says neither yes nor no. */
  readonly problem: Problem | null;
};

/** Reads the one yes or no of a kind that only clinicians may see; its value goes into a box and nowhere else. */
export class SealedFlag {
  readonly #column: string;
  readonly #meanings: Readonly<Record<string, string>>;
  readonly #out = createCellOut();

  private constructor(column: string, mapping: Mapping) {
    this.#column = column;
    this.#meanings = mapping.values?.[column] ?? {};
  }

  /** Null where the kind has none. */
  static of(kind: ExtractKind, mapping: Mapping): SealedFlag | null {
    const column = kind.columns.find(({ type }) => type === 'sealed-flag');
    return column ? new SealedFlag(column.name, mapping) : null;
  }

  /** Null where the file has no such column. An empty cell is a no, as in the forms that extracts come from. */
  read(row: RowFields, plan: RecordPlan): FlagAnswer | null {
    const [field] = plan.fieldsOf(this.#column);
    if (field === undefined) return null;
    const given = textOf(row, field);
    const text = Object.hasOwn(this.#meanings, given) ? (this.#meanings[given] ?? '') : given;
    const bytes = Buffer.from(text, 'utf8');
    const status = parseFlag(bytes, 0, bytes.length, this.#out);
    if (status === cellStatus.empty) return { answer: 'clear', problem: null };
    if (status === cellStatus.ok) return { answer: this.#out[0] === 1 ? 'raised' : 'clear', problem: null };
    return { answer: 'not seen', problem: { column: this.#column, code: 'BAD_FLAG' } };
  }
}
