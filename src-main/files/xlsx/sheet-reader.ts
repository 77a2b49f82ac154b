import { rowProblem } from '../csv-tokeniser.ts';
import { RowBuffer } from '../row-buffer.ts';
import type { RowBatch } from '../table-rows.ts';
import { cellPlace } from './cell-place.ts';
import type { WorkbookLimits } from './limits.ts';
import type { MergedDown } from './merged-cells.ts';
import { isoCellText, type NumberFormat, numberText } from './number-formats.ts';
import { damagedWorkbook, tooLargeWorkbook } from './refusals.ts';
import { type SharedStrings, unescapeText } from './shared-strings.ts';
import { attribute, type XmlAttributes, type XmlHandlers } from './xml.ts';

export type SheetOptions = {
  readonly limits: WorkbookLimits;
  readonly strings: SharedStrings;
  readonly formats: readonly NumberFormat[];
  readonly is1904: boolean;
  readonly mergedDown: readonly MergedDown[];
  /** Rows with something in them that are passed over, and then rows that are the header; 0 and 0 for all rows as they are. */
  readonly rowsAbove: number;
  readonly headerRows: number;
};

const general: NumberFormat = { shows: 'number' };
/** Rows of merged cells that are being filled at any time, to keep the work for each row small. */
const mostFilling = 1_000;

type Filling = { readonly column: number; readonly lastRow: number; readonly text: string };

/**
 * Makes rows of the XML of a sheet. A row in which every cell is empty is no row; a cell that is missing is empty; a formula
 * is its stored value and is never worked out. With a header, every row has as many fields as it.
 */
export class SheetReader implements XmlHandlers {
  readonly rows = new RowBuffer();
  /** Cells of the rows that the header takes. */
  readonly header: string[][] = [];
  /** Of each column: cells that are dates, and other cells with something in them behind the first of these. */
  readonly dateCells: number[] = [];
  readonly otherCells: number[] = [];

  readonly #options: SheetOptions;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #filling: Filling[] = [];
  #nextMerge = 0;
  #text = 0;
  #width = 0;
  #above = 0;
  #sheetRow = 0;
  #highest = -1;
  #rowStart = 0;
  #problem = 0;
  #inRows = false;
  #inRow = false;
  #inCell = false;
  #column = -1;
  #type = '';
  #style = 0;
  #value = '';
  #hasFormula = false;
  #hasValue = false;
  #taking = false;
  #phonetic = 0;

  constructor(options: SheetOptions) {
    this.#options = options;
    this.#starts = new Int32Array(options.limits.columns);
    this.#ends = new Int32Array(options.limits.columns);
  }

  get hasHeader(): boolean {
    return this.header.length === this.#options.headerRows && this.#above === this.#options.rowsAbove;
  }

  /** Columns of the header. */
  get width(): number {
    return this.#width;
  }

  /** Columns whose dates are real ones throughout. */
  get dateColumns(): Set<number> {
    return new Set(this.dateCells.flatMap((count, column) => (count > 0 && !this.otherCells[column] ? [column] : [])));
  }

  /** The rows read so far, as a batch; a row that is half read stays for the next. */
  take(bytesRead: number): RowBatch {
    const from = this.#inRow ? this.#rowStart : this.rows.used;
    const batch = this.rows.take(bytesRead, from);
    if (!this.#inRow) return batch;
    for (let column = 0; column <= this.#highest; column += 1) {
      if (this.#starts[column] === this.#ends[column]) continue;
      this.#starts[column] = (this.#starts[column] as number) - from;
      this.#ends[column] = (this.#ends[column] as number) - from;
    }
    this.#rowStart = 0;
    return batch;
  }

  open = (name: string, attributes: XmlAttributes): void => {
    if (name === 'sheetData') this.#inRows = true;
    else if (!this.#inRows) return;
    else if (name === 'row') this.#beginRow(attributes);
    else if (!this.#inRow) return;
    else if (name === 'c') this.#beginCell(attributes);
    else if (!this.#inCell) return;
    else if (name === 'v' || name === 't') {
      this.#taking = this.#phonetic === 0;
      this.#hasValue = true;
    } else if (name === 'f') this.#hasFormula = true;
    else if (name === 'rPh') this.#phonetic += 1;
  };

  text = (piece: string): void => {
    if (!this.#taking) return;
    this.#value += piece;
    if (this.#value.length > this.#options.limits.cell) throw this.#tooLong('cell');
  };

  close = (name: string): void => {
    if (name === 'v' || name === 't') this.#taking = false;
    else if (name === 'c' && this.#inCell) this.#endCell();
    else if (name === 'row' && this.#inRow) this.#endRow();
    else if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 'sheetData') this.#inRows = false;
  };

  #beginRow(attributes: XmlAttributes): void {
    if (this.#inRow) throw damagedWorkbook('a row stands within a row');
    this.#inRow = true;
    const written = attribute(attributes, 'r');
    const row = written === '' ? this.#sheetRow + 1 : Number(written);
    if (!Number.isInteger(row) || row <= this.#sheetRow) throw damagedWorkbook('its rows are out of order');
    if (row > this.#options.limits.rows) {
      throw tooLargeWorkbook('The sheet has more rows than a sheet may.', 'It may have 1,048,576.', { row });
    }
    this.#sheetRow = row;
    this.#column = -1;
    this.#highest = -1;
    this.#problem = 0;
    this.#rowStart = this.rows.used;
  }

  #beginCell(attributes: XmlAttributes): void {
    if (this.#inCell) throw damagedWorkbook('a cell stands within a cell');
    const reference = attribute(attributes, 'r');
    if (reference === '') this.#column += 1;
    else {
      const place = cellPlace(reference);
      if (!place) throw damagedWorkbook('a cell has no place');
      this.#column = place.column;
    }
    if (this.#column >= this.#options.limits.columns) {
      throw tooLargeWorkbook('The sheet has more columns than a sheet may.', 'It may have 16,384.');
    }
    this.#inCell = true;
    this.#type = attribute(attributes, 't');
    this.#style = Number(attribute(attributes, 's'));
    this.#value = '';
    this.#hasFormula = false;
    this.#hasValue = false;
    this.#phonetic = 0;
  }

  #endCell(): void {
    this.#inCell = false;
    this.#taking = false;
    const emptyText = this.#hasValue && this.#type === 'str';
    if (this.#hasFormula && this.#value === '' && !emptyText) {
      if (this.#width === 0 || this.#column < this.#width) this.#problem |= rowProblem.noValue;
      return;
    }
    if (this.#value === '') return;
    const isDate = this.#putValue();
    if (this.rows.start === this.rows.end) return;
    this.#place(this.#column);
    if (isDate) this.dateCells[this.#column] = (this.dateCells[this.#column] ?? 0) + 1;
    else if (this.dateCells[this.#column]) this.otherCells[this.#column] = (this.otherCells[this.#column] ?? 0) + 1;
  }

  /** Puts the value of the cell as text; tells whether it is a date. */
  #putValue(): boolean {
    const { rows } = this;
    switch (this.#type) {
      case 's': {
        const { bytes, start, end } = this.#options.strings.find(Number(this.#value));
        rows.putBytes(bytes, start, end);
        return false;
      }
      case 'b':
        rows.putText(/^(?:1|true)$/i.test(this.#value.trim()) ? 'TRUE' : 'FALSE');
        return false;
      case 'd':
        rows.putText(isoCellText(this.#value));
        return true;
      case 'str':
      case 'inlineStr':
        rows.putText(unescapeText(this.#value));
        return false;
      case 'e':
        rows.putText(this.#value);
        return false;
      default: {
        const format = this.#options.formats[this.#style] ?? general;
        const { text, isDate } = numberText(this.#value, format, this.#options.is1904);
        rows.putText(text);
        return isDate;
      }
    }
  }

  /** What was put last is what a column holds in this row. */
  #place(column: number): void {
    const { limits } = this.#options;
    const { start, end } = this.rows;
    if (end - start > limits.cell) throw this.#tooLong('cell');
    if (end - this.#rowStart > limits.row) throw this.#tooLong('row');
    for (let empty = this.#highest + 1; empty < column; empty += 1) this.#starts[empty] = this.#ends[empty] = 0;
    this.#starts[column] = start;
    this.#ends[column] = end;
    this.#highest = Math.max(this.#highest, column);
    this.#text += end - start;
    if (this.#text > limits.text) {
      throw tooLargeWorkbook('The sheet holds more text than a sheet may.', 'It may have 2 GiB.');
    }
  }

  #endRow(): void {
    this.#inRow = false;
    if (this.#isBlank() && this.#problem === 0) {
      this.rows.rewind(this.#rowStart);
      return;
    }
    this.#fillMerged();
    const { rowsAbove, headerRows } = this.#options;
    if (this.#above < rowsAbove) {
      this.#above += 1;
      this.rows.rewind(this.#rowStart);
    } else if (this.header.length < headerRows) {
      this.#takeHeader();
    } else {
      const width = headerRows > 0 ? this.#width : this.#highest + 1;
      for (let column = 0; column < width; column += 1) {
        const filled = column <= this.#highest;
        this.rows.addField(filled ? (this.#starts[column] as number) : 0, filled ? (this.#ends[column] as number) : 0);
      }
      this.rows.endRow(this.#problem);
    }
  }

  #takeHeader(): void {
    if (this.#problem !== 0) {
      throw damagedWorkbook('a formula in its header has no stored value');
    }
    const cells: string[] = [];
    for (let column = 0; column <= this.#highest; column += 1) {
      cells.push(this.rows.textOf(this.#starts[column] as number, this.#ends[column] as number));
    }
    this.header.push(cells);
    this.#width = Math.max(this.#width, cells.length);
    this.rows.rewind(this.#rowStart);
  }

  #isBlank(): boolean {
    for (let column = 0; column <= this.#highest; column += 1) {
      const start = this.#starts[column] as number;
      const end = this.#ends[column] as number;
      if (start < end && this.rows.textOf(start, end).trim() !== '') return false;
    }
    return true;
  }

  /** Puts the value of a cell that is merged downwards into the cells beneath it. */
  #fillMerged(): void {
    const { mergedDown } = this.#options;
    const row = this.#sheetRow;
    this.#filling = this.#filling.filter((filling) => filling.lastRow >= row);
    for (const { column, text } of this.#filling) {
      if (column <= this.#highest && this.#starts[column] !== this.#ends[column]) continue;
      this.rows.putText(text);
      this.#place(column);
    }
    for (; (mergedDown[this.#nextMerge]?.firstRow ?? Number.POSITIVE_INFINITY) <= row; this.#nextMerge += 1) {
      const { column, firstRow, lastRow } = mergedDown[this.#nextMerge] as MergedDown;
      if (firstRow !== row || column > this.#highest || this.#filling.length >= mostFilling) continue;
      const text = this.rows.textOf(this.#starts[column] as number, this.#ends[column] as number);
      if (text !== '') this.#filling.push({ column, lastRow, text });
    }
  }

  #tooLong(what: 'cell' | 'row') {
    const limit = what === 'cell' ? '1 MiB' : '4 MiB';
    return tooLargeWorkbook(
      `Row ${this.#sheetRow} of the sheet has a ${what === 'cell' ? 'cell that is' : 'length that is'} too long.`,
      `It may have ${limit} of text.`,
      { row: this.#sheetRow },
    );
  }
}
