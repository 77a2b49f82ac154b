import { z } from 'zod';
import { operation } from './define.ts';
import { mappingSchema } from './mapping.ts';

const pathSchema = z.string().min(1).max(4_096);

export const rejectSchema = z.strictObject({
  row: z.number().int(),
  column: z.string(),
  code: z.string(),
  message: z.string(),
});
export type Reject = z.infer<typeof rejectSchema>;

export const rowCountsSchema = z.strictObject({
  read: z.number().int(),
  accepted: z.number().int(),
  superseded: z.number().int(),
  rejected: z.number().int(),
  duplicate: z.number().int(),
});
export type RowCounts = z.infer<typeof rowCountsSchema>;

export const importResultSchema = z.strictObject({
  batch: z.number().int().nullable(),
  kind: z.string(),
  rows: rowCountsSchema,
  /** The first 1,000 in file order. */
  rejects: z.array(rejectSchema),
  rejectsByCode: z.array(
    z.strictObject({ column: z.string(), code: z.string(), count: z.number().int(), message: z.string() }),
  ),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string(), count: z.number().int() })),
  /** Where the warnings are, in file order; of each code the first 1,000. */
  notes: z.array(rejectSchema),
});
export type ImportResult = z.infer<typeof importResultSchema>;

export const batchSchema = z.strictObject({
  batch: z.number().int(),
  kind: z.string(),
  fileName: z.string(),
  fileHash: z.string(),
  importedAt: z.string(),
  importedBy: z.string(),
  rows: rowCountsSchema,
  /** First and last local day of what the batch holds, ISO, or null. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type Batch = z.infer<typeof batchSchema>;

const importInput = z.strictObject({
  file: pathSchema,
  kind: z.string(),
  mapping: mappingSchema.nullable(),
});

const proposalShape = {
  kind: z.string().nullable(),
  mapping: mappingSchema.nullable(),
  /** 0 to 1. */
  confidence: z.number(),
  reasons: z.array(z.string()),
};

const columnReasonSchema = z.strictObject({
  /** Canonical column. */
  column: z.string(),
  /** Header in the file, or what is put in where it has none. */
  from: z.string(),
  /** 0 to 1. */
  confidence: z.number(),
  reason: z.string(),
});
export type ColumnReason = z.infer<typeof columnReasonSchema>;

const valueProposalSchema = z.strictObject({
  column: z.string(),
  value: z.string(),
  /** Rows of the sample that have it. */
  rows: z.number().int(),
  /** Canonical value, or null where none is proposed. */
  meaning: z.string().nullable(),
  reason: z.string(),
});
export type ValueProposal = z.infer<typeof valueProposalSchema>;

export const importOperations = {
  'imports.look': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'Sniffs a file and proposes its kind and mapping; shows the first rows as read.',
    input: z.strictObject({
      file: pathSchema,
      /** Sheet of a workbook; the first with rows without it. */
      sheet: z.string().max(200).optional(),
      /** How it is to be read, where that is known better than what would be found. */
      encoding: mappingSchema.shape.encoding,
      delimiter: mappingSchema.shape.delimiter,
      rowsAbove: mappingSchema.shape.rowsAbove,
      headerRows: mappingSchema.shape.headerRows,
    }),
    output: z.strictObject({
      file: z.string(),
      fileName: z.string(),
      sizeBytes: z.number(),
      format: z.enum(['csv', 'xlsx', 'ris', 'nbib', 'bibtex']),
      encoding: z.string(),
      delimiter: z.string(),
      header: z.boolean(),
      /** Names of the sheets of a workbook that are not hidden. */
      sheets: z.array(z.string()),
      sheet: z.string().nullable(),
      /** Rows above the header, such as a title, and rows that the header takes. */
      rowsAbove: z.number().int(),
      headerRows: z.number().int(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string())),
      ...proposalShape,
      /** What each canonical column is taken from, and why; for the mapping proposed. */
      columnReasons: z.array(columnReasonSchema),
      /** Values of code columns with the meaning proposed for them, most frequent first. */
      valueProposals: z.array(valueProposalSchema),
      /** Other kinds that the same file could hold too, best first. */
      alternatives: z.array(z.strictObject(proposalShape)),
      /** The saved mapping that recognises the file. */
      recognised: z.strictObject({ name: z.string(), version: z.number().int() }).nullable(),
      warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
    }),
  }),
  'imports.check': operation({
    kind: 'job',
    roles: ['analyst'],
    audit: null,
    summary: 'Dry run: every row against its schema and the store; nothing is written to the vault.',
    input: z.strictObject({
      ...importInput.shape,
      /** Where to write every located problem as CSV. */
      rejectsFile: pathSchema.optional(),
    }),
    output: importResultSchema,
  }),
  'imports.load': operation({
    kind: 'job',
    roles: ['analyst'],
    audit: 'import.load',
    summary: 'Loads a file as one batch: wholly in, or wholly out.',
    input: importInput,
    output: importResultSchema,
  }),
  'imports.undo': operation({
    kind: 'job',
    roles: ['analyst'],
    audit: 'import.undo',
    summary: 'Takes a batch out again; what it had superseded comes back.',
    input: z.strictObject({ batch: z.number().int().positive() }),
    output: z.strictObject({ batch: z.number().int(), removed: z.number().int(), restored: z.number().int() }),
  }),
  'imports.list': operation({
    kind: 'query',
    roles: ['analyst', 'evaluator', 'clinician'],
    audit: null,
    summary: 'The batches in the vault, newest first.',
    input: z.strictObject({}),
    output: z.strictObject({ batches: z.array(batchSchema) }),
  }),
  'imports.rejects': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'Rejected rows of a batch: row, column and rule; the values stay sealed.',
    input: z.strictObject({
      batch: z.number().int().positive(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(10_000),
    }),
    output: z.strictObject({ total: z.number().int(), rejects: z.array(rejectSchema) }),
  }),
  'imports.saveRejects': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'import.rejects',
    summary: 'Writes the rejected rows of a batch (row, column, rule) to a CSV file.',
    input: z.strictObject({ batch: z.number().int().positive(), file: pathSchema }),
    output: z.strictObject({ file: z.string(), rows: z.number().int() }),
  }),
};
