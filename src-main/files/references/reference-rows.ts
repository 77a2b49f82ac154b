import type { FileFormat } from '../file-sample.ts';
import { RowBuffer } from '../row-buffer.ts';
import type { RowBatch, TableRows } from '../table-rows.ts';
import { nbibParser } from './nbib.ts';
import { type Reference, type ReferenceParser, referenceColumns } from './reference.ts';
import { risParser } from './ris.ts';
import { TextLines } from './text-lines.ts';

export type ReferenceFormat = Extract<FileFormat, 'ris' | 'nbib' | 'bibtex'>;

// Reading BibTeX takes a large library that no other import needs.
const parsers: Readonly<Record<ReferenceFormat, () => ReferenceParser | Promise<ReferenceParser>>> = {
  ris: risParser,
  nbib: nbibParser,
  bibtex: async () => (await import('./bibtex.ts')).bibtexParser(),
};

/**
 * A file of references as a table with the columns of the studies extract. Rows count as records do; a record that is broken is
 * a row with a problem, and the file goes on behind it.
 */
export class ReferenceRows implements TableRows {
  readonly header = referenceColumns;
  readonly sizeBytes: number;
  readonly #text: TextLines;
  readonly #parser: ReferenceParser;
  readonly #rows = new RowBuffer();

  private constructor(text: TextLines, parser: ReferenceParser) {
    this.#text = text;
    this.#parser = parser;
    this.sizeBytes = text.sizeBytes;
  }

  /** @throws ExpectedError as `TextLines.open` does; `batches()` throws BAD_FILE for a file that is no text */
  static async open(path: string, format: ReferenceFormat): Promise<ReferenceRows> {
    const parser = await parsers[format]();
    return new ReferenceRows(await TextLines.open(path), parser);
  }

  get sha256(): string | null {
    return this.#text.sha256;
  }

  get encoding(): TextLines['encoding'] {
    return this.#text.encoding;
  }

  async *batches(): AsyncGenerator<RowBatch, undefined> {
    const { line, take, end } = this.#parser;
    try {
      for await (const { lines, unsound, bytesRead } of this.#text.read()) {
        for (const [index, text] of lines.entries()) {
          line(text, !unsound.has(index));
          for (const reference of take()) this.#add(reference);
          if (this.#rows.full) yield this.#rows.take(bytesRead);
        }
      }
      end();
      for (const reference of take()) this.#add(reference);
      if (this.#rows.rows > 0) yield this.#rows.take(this.sizeBytes);
    } finally {
      await this.close();
    }
  }

  close(): Promise<void> {
    return this.#text.close();
  }

  #add({ fields, problem }: Reference): void {
    for (const column of referenceColumns) {
      this.#rows.putText(fields[column] ?? '');
      this.#rows.addField(this.#rows.start, this.#rows.end);
    }
    this.#rows.endRow(problem);
  }
}
