import { cellsOf, type RowPage, type RowPages } from '#main/files/row-pages.ts';
import type { Dialect, Take, UnderstoodRow } from '#shared/contract/import-preview.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { countValues, type Watch } from './count-values.ts';
import { OpenFiles } from './open-pages.ts';
import type { PreviewAnswer, PreviewQuestion, RowsQuestion, UnderstoodQuestion } from './protocol.ts';
import { UnderstoodRows } from './understood-rows.ts';

const cellCharacters = 1_000;
const answerCharacters = 2_000_000;
const waitMs = 150;
/** Rows after which a checker, which remembers every value that it has met, is made anew. */
const rowsPerChecker = 20_000;

type Found = { readonly page: RowPage; readonly firstRow: number };

/** Answers questions about the rows of files, which stay open between them. */
export class PreviewDesk {
  readonly #files = new OpenFiles();
  #understood: { readonly key: string; readonly rows: UnderstoodRows } | null = null;

  answer(question: PreviewQuestion, watch: Watch): Promise<PreviewAnswer> {
    switch (question.ask) {
      case 'rows':
        return this.#rows(question);
      case 'understood':
        return this.#asUnderstood(question);
      case 'values':
        return countValues(question, watch);
    }
  }

  async close(): Promise<void> {
    this.#understood = null;
    await this.#files.closeAll();
  }

  async #rows({ file, dialect, take }: RowsQuestion): Promise<OutputOf<'imports.rows'>> {
    const pages = await this.#files.pagesOf(file, dialect);
    const header = await this.#files.headerOf(file, dialect);
    const rows: { row: number; cells: string[] }[] = [];
    let room = answerCharacters;
    for (const { page, firstRow } of await found(pages, rowsBefore(dialect), take)) {
      for (let row = 0; row < page.rowCount && room > 0; row += 1) {
        const cells = cellsOf(page, row, cellCharacters);
        room -= cells.reduce((sum, cell) => sum + cell.length + 8, 0);
        rows.push({ row: firstRow + row, cells });
      }
    }
    return { ...extentOf(pages, dialect), header: [...header], rows };
  }

  async #asUnderstood(question: UnderstoodQuestion): Promise<OutputOf<'imports.understood'>> {
    const { file, mapping, take, thisYear } = question;
    const { encoding, delimiter, sheet, rowsAbove, headerRows } = mapping;
    const dialect = { encoding, delimiter, sheet, rowsAbove, headerRows };
    const pages = await this.#files.pagesOf(file, dialect);
    const header = await this.#files.headerOf(file, dialect);
    const reader = this.#reader(question, header, thisYear);
    const width = pages.widthCounts ? await widthOf(pages, dialect) : null;
    const records: UnderstoodRow[] = [];
    for (const { page, firstRow } of await found(pages, rowsBefore(dialect), take)) {
      records.push(...reader.understand(page, firstRow, width));
    }
    return { ...extentOf(pages, dialect), header: [...header], columns: [...reader.columns], records };
  }

  #reader({ file, mapping }: UnderstoodQuestion, header: readonly string[], thisYear: number): UnderstoodRows {
    const key = canonicalJson([file, mapping, header]);
    const known = this.#understood;
    if (known?.key === key && known.rows.read < rowsPerChecker) return known.rows;
    const rows = new UnderstoodRows(mapping, header, thisYear);
    this.#understood = { key, rows };
    return rows;
  }
}

/** Fields of the last row of the header, or of the first row of data where there is none. */
async function widthOf(pages: RowPages, dialect: Dialect): Promise<number> {
  const before = rowsBefore(dialect);
  const { rowFirstField } = await pages.page(dialect.headerRows === 0 ? before : before - 1, 1);
  return (rowFirstField[1] ?? 0) - (rowFirstField[0] ?? 0);
}

function rowsBefore({ rowsAbove = 0, headerRows = 1 }: Dialect): number {
  return rowsAbove + headerRows;
}

function extentOf(pages: RowPages, dialect: Dialect) {
  const indexedRows = Math.max(0, pages.rowCount - rowsBefore(dialect));
  return { totalRows: pages.done ? indexedRows : null, indexedRows, stopped: pages.stopped };
}

/** The rows asked for, in pages of neighbours. */
async function found(pages: RowPages, before: number, take: Take): Promise<Found[]> {
  if (!take.numbers) {
    const first = before + take.from - 1;
    await pages.reach(first + take.count, waitMs);
    return neighbours(pages, first, take);
  }
  const last = Math.max(0, ...take.numbers);
  await pages.reach(before + last, waitMs);
  const all: Found[] = [];
  for (const number of take.numbers) {
    all.push({ page: await pages.page(before + number - 1, 1), firstRow: number });
  }
  return all;
}

/** A page may be shorter than asked for, where it ends with what is kept together or rows are very long. */
async function neighbours(
  pages: RowPages,
  first: number,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<Found[]> {
  const all: Found[] = [];
  for (let given = 0; given < count; ) {
    const page = await pages.page(first + given, count - given);
    if (page.rowCount === 0) break;
    all.push({ page, firstRow: from + given });
    given += page.rowCount;
  }
  return all;
}
