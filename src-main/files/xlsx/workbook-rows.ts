import { ExpectedError } from '#shared/domain/result.ts';
import { columnNames, headerNames, type RowBatch, type TableRows } from '../table-rows.ts';
import type { WorkbookLimits } from './limits.ts';
import type { SheetReader } from './sheet-reader.ts';
import { chooseSheet, openSheet, openWorkbook, readSheet, type SheetShape, type Workbook } from './workbook.ts';

export type WorkbookOptions = Partial<SheetShape> & {
  /** The first sheet with rows that is not hidden without it. */
  readonly sheet?: string;
  readonly limits?: WorkbookLimits;
};

/**
 * A sheet of a workbook as a stream of batches of rows. Dates are given in ISO, numbers in the shortest text that means them,
 * yes and no as TRUE and FALSE, errors as what they are called (`#N/A`), formulas as the value that is stored of them. Rows
 * count from 1, the first with something in it behind the header.
 */
export class WorkbookRows implements TableRows {
  readonly header: readonly string[];
  readonly headerAsWritten: readonly string[];
  readonly sizeBytes: number;
  sha256: string | null = null;
  readonly #workbook: Workbook;
  readonly #reader: SheetReader;
  readonly #steps: AsyncGenerator<number, undefined>;

  private constructor(workbook: Workbook, reader: SheetReader, steps: AsyncGenerator<number, undefined>) {
    this.#workbook = workbook;
    this.#reader = reader;
    this.#steps = steps;
    this.sizeBytes = workbook.sizeBytes;
    const [only = []] = reader.header;
    this.headerAsWritten = reader.header.length === 1 ? only.map((name) => name.trim()) : headerNames(reader.header);
    this.header = columnNames(this.headerAsWritten);
  }

  /**
   * Opens a workbook and reads the header of a sheet.
   *
   * @throws ExpectedError as `openWorkbook` and `chooseSheet` do; BAD_FILE where the sheet ends before its header
   */
  static async open(path: string, options: WorkbookOptions = {}): Promise<WorkbookRows> {
    const { rowsAbove = 0, headerRows = 1 } = options;
    const workbook = await openWorkbook(path, options.limits);
    const sheet = await chooseSheet(workbook, options.sheet);
    const reader = await openSheet(workbook, sheet, { rowsAbove, headerRows });
    const steps = readSheet(workbook, sheet, reader);
    while (!reader.hasHeader) {
      if (!(await steps.next()).done) continue;
      throw new ExpectedError(
        'BAD_FILE',
        'The sheet ends before the row that should name its columns.',
        'Nothing was kept. Look at the file again and say in which row its header is.',
      );
    }
    return new WorkbookRows(workbook, reader, steps);
  }

  async *batches(): AsyncGenerator<RowBatch, undefined> {
    const { rows } = this.#reader;
    let share = 0;
    try {
      for await (share of this.#steps) {
        if (rows.full) yield this.#reader.take(Math.floor(share * this.sizeBytes));
      }
      this.sha256 = this.#workbook.sha256;
      if (rows.rows > 0) yield this.#reader.take(this.sizeBytes);
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    await this.#steps.return(undefined);
  }
}
