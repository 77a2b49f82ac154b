import type { Delimiter } from './sniff-dialect.ts';
import type { TextEncoding } from './text-encoding.ts';

export type FileFormat = 'csv' | 'xlsx' | 'ris' | 'nbib' | 'bibtex';

/** Parts of a file of any format, as its reader gives them: what is known of it before its header has been found. */
export type FileSample = {
  readonly format: FileFormat;
  readonly sizeBytes: number;
  /** `utf-8` for formats that have an encoding of their own. */
  readonly encoding: TextEncoding;
  /** A comma for formats that have none. */
  readonly delimiter: Delimiter;
  /** The first rows of the file, titles and header among them, cells as text; wholly blank lines are no rows. */
  readonly rows: readonly (readonly string[])[];
  /**
   * Rows from farther on in the file, in its order, the file's last row at the end; empty where `rows` are all that there
   * are.
   */
  readonly tailRows: readonly (readonly string[])[];
  /** Whether `rows` are all rows of the file. */
  readonly whole: boolean;
  /** Names of the sheets of a workbook that are not hidden; empty for other formats. */
  readonly sheets: readonly string[];
  /** Sheet that the rows are of, or null. */
  readonly sheet: string | null;
  /** Columns, counted from 0, whose dates are real ones that the reader gives in ISO. */
  readonly dateColumns: ReadonlySet<number>;
};

/** Most rows that a sample holds from the start of a file. */
export const sampleRows = 4_000;
