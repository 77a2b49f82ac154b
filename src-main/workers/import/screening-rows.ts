import { Buffer } from 'node:buffer';
import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { type ScoringResult, safetyAnswer, scoreInstrument, scoreTotals } from '#main/analysis/instruments/score.ts';
import { type CellStatus, cellStatus, createCellOut } from '#main/files/cell-status.ts';
import { parseNumber } from '#main/files/cells.ts';
import type { RowShape } from '#main/store/extract-layout.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { InstrumentDefinition } from '#shared/domain/instrument.ts';
import type { ChunkBuilder } from './chunk-builder.ts';
import type { CodeBook } from './code-book.ts';
import type { RowFields } from './row-fields.ts';

export type Problem = { readonly column: string; readonly code: string };

export type ScreeningOutcome = {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** All item answers, to be sealed as one vector; null where the instrument has no safety item or none were given. */
  readonly sealedItems: readonly (number | null)[] | null;
  /** The answer to the safety item of an instrument that has one; null for others. */
  readonly safety: 'raised' | 'clear' | 'not seen' | null;
  readonly safetyValue: number | null;
  readonly day: number | null;
};

const completed = 2;

/** Whether a text is the name of an instrument with a safety item. */
export function namesSafetyItem(text: string): boolean {
  return text.length <= 80 && (instrumentNamed(text)?.safetyItem ?? null) !== null;
}

type Items = {
  readonly answers: readonly (number | null)[];
  readonly any: boolean;
  readonly problems: readonly Problem[];
};

/** Reads the item columns of a screening, scores them by the instrument's definition, and fills the row's own slots. */
export class ScreeningRows {
  readonly #builder: ChunkBuilder;
  readonly #codeBook: CodeBook;
  readonly #shape: RowShape;
  readonly #definitions = new Map<number, InstrumentDefinition | null>();
  readonly #out = createCellOut();
  readonly #meanings: ReadonlyMap<string, string> | null;

  /** @param meanings text of an answer → the number it stands for, or '' for none */
  constructor(
    shape: RowShape,
    builder: ChunkBuilder,
    codeBook: CodeBook,
    meanings: Readonly<Record<string, string>> | undefined,
  ) {
    this.#meanings = meanings ? new Map(Object.entries(meanings)) : null;
    this.#builder = builder;
    this.#codeBook = codeBook;
    this.#shape = shape;
  }

  /**
   * Completes the row at `base`, whose ordinary columns have been read. Kinds without a status hold completed answers only.
   *
   * @param itemFields field of item 1, item 2 …; −1 where the file has none
   */
  complete(row: RowFields, base: number, itemFields: readonly number[]): ScreeningOutcome {
    const value = (name: string): number => this.#value(base, name);
    const definition = this.#definitionOf(value('instrument_id'));
    const items = this.#items(row, definition, itemFields);
    const problems: Problem[] = [...items.problems];
    const warnings: string[] = [];

    const hasStatus = this.#shape.slotOf.has('status');
    const done = !hasStatus || value('status') === completed;
    const taken = value('taken_on');
    const day = Number.isNaN(taken) ? value('invited_on') : taken;
    if (hasStatus) {
      if (done && Number.isNaN(taken)) problems.push({ column: 'taken_on', code: 'EMPTY_REQUIRED' });
      else if (Number.isNaN(day)) problems.push({ column: 'invited_on', code: 'EMPTY_REQUIRED' });
      this.#put(base, 'key_day', day);
    }

    if (done && problems.length === 0) this.#score(base, definition, items, problems, warnings);
    const hasSafety = definition !== null && definition.safetyItem !== null;
    // A row that says it was declined, or whose status cannot be read, may carry answers all the same.
    const answered = done || items.any || (hasStatus && Number.isNaN(value('status')));
    const safety = hasSafety && answered ? safetyAnswer(definition, items.answers) : null;
    if (safety === 'not seen') warnings.push('SAFETY_NOT_SEEN');
    if (items.any && !hasSafety && definition) {
      const text = Buffer.from(JSON.stringify(items.answers), 'utf8');
      this.#putText(base, 'items', text);
    }
    return {
      problems,
      warnings,
      sealedItems: hasSafety && items.any ? items.answers : null,
      safety,
      safetyValue: hasSafety ? (items.answers[(definition.safetyItem?.item ?? 1) - 1] ?? null) : null,
      day: Number.isNaN(day) ? null : day,
    };
  }

  #definitionOf(instrumentId: number): InstrumentDefinition | null {
    if (Number.isNaN(instrumentId)) return null;
    const known = this.#definitions.get(instrumentId);
    if (known !== undefined) return known;
    const found = instrumentNamed(this.#codeBook.textOf(instrumentId));
    this.#definitions.set(instrumentId, found);
    return found;
  }

  #value(base: number, name: string): number {
    const slot = this.#shape.slotOf.get(name);
    return slot === undefined ? Number.NaN : (this.#builder.numbers[base + slot] as number);
  }

  #put(base: number, name: string, value: number): void {
    const slot = this.#shape.slotOf.get(name);
    if (slot !== undefined) this.#builder.numbers[base + slot] = value;
  }

  #putText(base: number, name: string, text: Buffer): void {
    const slot = this.#shape.slotOf.get(name);
    if (slot !== undefined) this.#builder.putText(base + slot, text, 0, text.length);
  }

  #items(row: RowFields, definition: InstrumentDefinition | null, itemFields: readonly number[]): Items {
    const count = definition?.items.length ?? itemFields.length;
    const answers: (number | null)[] = Array.from({ length: count }, () => null);
    const problems: Problem[] = [];
    let any = false;
    itemFields.forEach((field, index) => {
      const at = row.first + field;
      if (field < 0 || at >= row.last) return;
      const status = this.#answer(row, at);
      if (status === cellStatus.empty) return;
      any = true;
      const column = `item_${index + 1}`;
      if (index >= count) problems.push({ column, code: 'ITEM_COUNT' });
      else if (status === cellStatus.ok) answers[index] = this.#out[0] as number;
      else problems.push({ column, code: 'BAD_ITEM' });
    });
    return { answers, any, problems };
  }

  /** Reads one answer; a text that stands for one is put into its number. */
  #answer(row: RowFields, at: number): CellStatus {
    const start = row.starts[at] as number;
    const end = row.ends[at] as number;
    const status = parseNumber(row.bytes, start, end, this.#out);
    if (status !== cellStatus.badNumber || this.#meanings === null) return status;
    const meant = this.#meanings.get(row.bytes.toString('utf8', start, end).trim());
    if (meant === undefined) return status;
    const bytes = Buffer.from(meant, 'utf8');
    return parseNumber(bytes, 0, bytes.length, this.#out);
  }

  #score(
    base: number,
    definition: InstrumentDefinition | null,
    items: Items,
    problems: Problem[],
    warnings: string[],
  ): void {
    const given = this.#value(base, 'score');
    if (!items.any && Number.isNaN(given)) {
      problems.push({ column: 'score', code: 'NO_SCORE' });
      return;
    }
    if (!definition) {
      if (items.any && Number.isNaN(given)) problems.push({ column: 'instrument', code: 'UNKNOWN_INSTRUMENT' });
      else warnings.push('UNSCORED_INSTRUMENT');
      return;
    }
    const scaleId = this.#value(base, 'scale_id');
    const scale = Number.isNaN(scaleId) ? null : this.#codeBook.textOf(scaleId);
    const scored = items.any ? scoreInstrument(definition, items.answers) : scoreTotals(definition, scale, given);
    if (!scored.ok) {
      problems.push(...scored.problems.map(problemOf));
      return;
    }
    if (items.any && !Number.isNaN(given)) {
      const wanted = scale ?? definition.mainScale;
      const made = scored.scores.find((score) => score.scale === wanted)?.value ?? null;
      if (made !== null && Math.abs(made - given) > 1e-9) {
        problems.push({ column: 'score', code: 'SCORE_DIFFERS' });
        return;
      }
    }
    // What an instrument with a safety item classifies could betray the item; its scores alone stay clear.
    const classes = definition.safetyItem
      ? {}
      : Object.fromEntries(scored.classifications.map((entry) => [entry.name, entry.value]));
    const scales = Object.fromEntries(scored.scores.map((score) => [score.scale, score.value]));
    const text = Buffer.from(canonicalJson({ scales, classes, version: definition.version }), 'utf8');
    this.#putText(base, 'scores', text);
  }
}

type ScoringProblem = Extract<ScoringResult, { ok: false }>['problems'][number];

function problemOf(problem: ScoringProblem): Problem {
  switch (problem.code) {
    case 'ITEM_OUT_OF_RANGE':
      return { column: `item_${problem.item}`, code: 'BAD_ITEM' };
    case 'WRONG_ITEM_COUNT':
      return { column: 'items', code: 'ITEM_COUNT' };
    case 'NO_ANSWERS':
      return { column: 'score', code: 'NO_SCORE' };
    case 'SCORE_OUT_OF_RANGE':
      return { column: 'score', code: 'OUT_OF_RANGE' };
    case 'UNKNOWN_SCALE':
      return { column: 'scale', code: 'NOT_IN_LIST' };
    case 'SCALE_NEEDED':
      return { column: 'scale', code: 'EMPTY_REQUIRED' };
  }
}
