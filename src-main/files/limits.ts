/** What a text file may be at most (`security.md` S16). Lengths are of the text in UTF-8. */
export type CsvLimits = {
  readonly fileBytes: number;
  readonly rowBytes: number;
  readonly cellBytes: number;
  readonly columns: number;
};

export const csvLimits: CsvLimits = {
  fileBytes: 4 * 1024 ** 3,
  rowBytes: 4 * 1024 ** 2,
  cellBytes: 1024 ** 2,
  columns: 16_384,
};
