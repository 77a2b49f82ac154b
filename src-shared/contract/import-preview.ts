import { z } from 'zod';
import { operation } from './define.ts';
import { rejectSchema } from './imports.ts';
import { mappingSchema } from './mapping.ts';

const pathSchema = z.string().min(1).max(4_096);
const mostRows = 200;
const { encoding, delimiter, sheet, rowsAbove } = mappingSchema.shape;

/** How the table lies in its file; with no header rows, row 1 is the first row of the file. */
const dialectSchema = z.strictObject({
  encoding,
  delimiter,
  sheet,
  rowsAbove,
  headerRows: z.number().int().min(0).max(3).optional(),
});
export type Dialect = z.infer<typeof dialectSchema>;

const rowNumber = z.number().int().min(1).max(4_000_000_000);
/** Which rows; row 1 is the first data row. */
const takeSchema = z.strictObject({
  from: rowNumber,
  count: z.number().int().min(1).max(mostRows),
  /** Single rows by their numbers, instead of the `count` rows from `from` on. */
  numbers: z.array(rowNumber).max(mostRows).optional(),
});
export type Take = z.infer<typeof takeSchema>;

const extentShape = {
  header: z.array(z.string()),
  /** Data rows of the file; null while they are still being counted. */
  totalRows: z.number().int().nullable(),
  /** Data rows that have been found so far. */
  indexedRows: z.number().int(),
  /** Why no rows behind those found so far can be shown; null where all can. */
  stopped: z.string().nullable(),
};

const understoodSchema = z.strictObject({
  row: z.number().int(),
  /** Tells several records of one row apart; 0 is the first. */
  part: z.number().int(),
  /** Why the row makes no record, in words; null where it makes one. */
  passedOver: z.string().nullable(),
  /** As stored, by the columns of the answer; null for empty or unreadable. */
  values: z.array(z.string().nullable()),
  /** What rejects it. */
  problems: z.array(rejectSchema),
  /** What is worth knowing about it. */
  notes: z.array(rejectSchema),
});
export type UnderstoodRow = z.infer<typeof understoodSchema>;

export const importPreviewOperations = {
  'imports.rows': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'Rows of a file as read, by position; the file stays open until `imports.leave` or the vault locks.',
    input: z.strictObject({ file: pathSchema, dialect: dialectSchema, take: takeSchema }),
    output: z.strictObject({
      ...extentShape,
      rows: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()) })),
    }),
  }),
  'imports.understood': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'Rows of a file as a mapping understands them, with their located problems; nothing is written.',
    input: z.strictObject({ file: pathSchema, mapping: mappingSchema, take: takeSchema }),
    output: z.strictObject({
      ...extentShape,
      /** Canonical columns, in the order of the kind. */
      columns: z.array(z.string()),
      records: z.array(understoodSchema),
    }),
  }),
  'imports.values': operation({
    kind: 'job',
    roles: ['analyst'],
    audit: null,
    summary: 'The different values of one column of a file with their rows, most frequent first.',
    input: z.strictObject({ file: pathSchema, mapping: mappingSchema, column: z.string().min(1).max(100) }),
    output: z.strictObject({
      values: z.array(z.strictObject({ value: z.string(), rows: z.number().int() })),
      /** True where there are more different values than are kept apart (1,000). */
      more: z.boolean(),
      rows: z.number().int(),
    }),
  }),
  'imports.leave': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'Closes the files that are open for preview and forgets what was read of them.',
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
};
