import { z } from 'zod';

const headerName = z.string().max(2_000);
const canonicalName = z.string().min(1).max(100);

export const dateOrderSchema = z.enum(['iso', 'dmy', 'mdy', 'ymd']);
export type MappedDateOrder = z.infer<typeof dateOrderSchema>;

/** Ways to read a cell that would otherwise be a problem; each is asked for by name and for one column. */
export const cellRules = {
  thousands: 'Take out thousands separators, currency signs and per cent signs.',
  'decimal-comma': 'Read a comma as the decimal point.',
  'excel-serial': 'Read a plain number as a date of Excel, days since 1900.',
  'excel-serial-1904': 'Read a plain number as a date of Excel for Mac, days since 1904.',
  'two-digit-year': 'Read a year of two digits as the latest such year up to ten years ahead; of birth, never ahead.',
  'year-of-date': 'Take the year of a date.',
  'minutes-of-clock': 'Read 01:30 as 90 minutes.',
  'open-end': 'Read 31/12/9999, 01/01/1900, “current”, “ongoing” and the like as not ended.',
  'loose-date': 'Read weekdays, ordinals, “hrs”, GMT and BST in dates, and a time of day that stands first.',
  'day-of-time': 'Take the day of a date that has a time of day.',
  'day-before': 'Read a date as the day after the last one, such as a return to work.',
  'next-day': 'Take a moment before the one it follows as one of the next day.',
  'null-words': 'Read NULL, N/A, #N/A, none and a lone hyphen as empty.',
  'no-leading-zeros': 'Take leading zeros off a reference.',
  'empty-if-unreadable': 'Leave the field empty where it cannot be read.',
} as const;
export type CellRule = keyof typeof cellRules;
const cellRuleSchema = z.enum(Object.keys(cellRules) as [CellRule, ...CellRule[]]);

/** A date and a time of day that stand in two columns of the file. */
const combinedSchema = z.strictObject({
  /** Header with the date, or null: the date of the canonical column `after`. */
  date: headerName.nullable(),
  /** Header with the time of day. */
  time: headerName,
  /** Header with an earlier time of day of the row: one that lies hours before it is of the next day. */
  afterTime: headerName.optional(),
  /** Which time of a span such as `0700-1600` it is. */
  part: z.enum(['first', 'last']).optional(),
  /** Canonical column that it follows: a time of day before that one is of the next day. */
  after: canonicalName.optional(),
});

/** One record made of a row: what it takes from other columns than the mapping says, and what is always the same in it. */
const recordSchema = z.strictObject({
  columns: z.record(canonicalName, headerName).optional(),
  constants: z.record(canonicalName, z.string().max(200)).optional(),
  /** Header that must not be empty for there to be a record. */
  when: headerName.optional(),
  /** Headers none of which may be empty for there to be a record. */
  whenAll: z.array(headerName).min(1).max(20).optional(),
  /** Headers of which one must not be empty for there to be a record. */
  whenAny: z.array(headerName).min(1).max(200).optional(),
});

/**
 * How a file's columns and values become a canonical extract. `{kind, columns}` is enough for a file with its header in the
 * first row; all else is what real extracts need.
 */
export const mappingSchema = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  kind: z.string(),
  /** Canonical column → header in the file. Columns left out are empty. */
  columns: z.record(canonicalName, headerName),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** Name of the sheet of a workbook; the first with rows without it. */
  sheet: z.string().max(200).optional(),
  /** Lines or rows above the header, such as a title. */
  rowsAbove: z.number().int().min(0).max(1_000).optional(),
  /**
   * Rows that the header takes; headings that span columns are joined with those beneath them by a space. 0 where the file
   * names no columns: they are then `column_1`, `column_2` and so on.
   */
  headerRows: z.number().int().min(0).max(3).optional(),
  /** Whether rows of totals, and lines about the export behind the last row, are passed over. */
  skipTotals: z.boolean().optional(),
  dateOrder: dateOrderSchema.optional(),
  /** Canonical column → its own date order. */
  dateOrders: z.record(canonicalName, dateOrderSchema).optional(),
  /** What times without an offset are in. */
  timeZone: z.enum(['Europe/London', 'UTC']).optional(),
  /** Canonical column → what it holds in every row. */
  constants: z.record(canonicalName, z.string().max(200)).optional(),
  /** Canonical column → the two columns it is made of. */
  combine: z.record(canonicalName, combinedSchema).optional(),
  /** Canonical column → headers of the parts that it is put together from, such as a closing code and its qualifiers. */
  joins: z.record(canonicalName, z.array(headerName).min(2).max(20)).optional(),
  /**
   * Column that says whether there is consent to a row, and the values that say so. Other rows are passed over and counted,
   * and nothing of them is kept.
   */
  consent: z.strictObject({ column: headerName, yes: z.array(z.string().max(200)).min(1).max(50) }).optional(),
  /** Canonical column → factor, such as 60 from hours to minutes. */
  scale: z.record(canonicalName, z.number().positive().max(1e9)).optional(),
  /** Canonical column → what stands between several values in one cell. */
  separators: z.record(canonicalName, z.string().min(1).max(5)).optional(),
  /** Canonical column → rules that mend its cells. */
  rules: z.record(canonicalName, z.array(cellRuleSchema).max(10)).optional(),
  /** Canonical column → value in the file → canonical value; `items` for the answers of all items. */
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  /** Several records of one row, such as one for each instrument; one of the mapping itself without it. */
  records: z.array(recordSchema).min(1).max(60).optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;
export type MappingRecord = z.infer<typeof recordSchema>;
