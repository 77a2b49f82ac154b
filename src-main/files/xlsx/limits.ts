/** What a workbook may be at most (`security.md` S16). Bytes unless said otherwise. */
export type WorkbookLimits = {
  readonly packed: number;
  /** Of all entries together, also as they are really inflated. */
  readonly unpacked: number;
  readonly entry: number;
  readonly entries: number;
  /** Unpacked over packed, for entries of more than `ratioFrom`. */
  readonly ratio: number;
  readonly ratioFrom: number;
  readonly rows: number;
  readonly columns: number;
  readonly cell: number;
  readonly row: number;
  /** Texts of the shared strings together, and how many. */
  readonly sharedText: number;
  readonly sharedStrings: number;
  /** Text of all cells together: one shared string may stand in many. */
  readonly text: number;
};

const mebibyte = 1024 ** 2;

export const workbookLimits: WorkbookLimits = {
  packed: 50 * mebibyte,
  unpacked: 1024 * mebibyte,
  entry: 200 * mebibyte,
  entries: 2_000,
  ratio: 200,
  ratioFrom: mebibyte,
  rows: 1_048_576,
  columns: 16_384,
  cell: mebibyte,
  row: 4 * mebibyte,
  sharedText: 128 * mebibyte,
  sharedStrings: 8_000_000,
  text: 2 * 1024 * mebibyte,
};
