import { z } from 'zod';
import { operation } from './define.ts';
import { rejectSchema } from './imports.ts';

const iso = z.string();
const count = z.number().int();
const month = z.string();

export const qualityFindingSchema = z.strictObject({
  /** `act`: figures are wrong until it is mended; `look`: they may be; `note`: good to know. */
  severity: z.enum(['act', 'look', 'note']),
  topic: z.enum(['freshness', 'coverage', 'missing', 'duplicates', 'codes', 'volumes', 'checks']),
  kind: z.string().nullable(),
  title: z.string(),
  /** What it means for the figures. */
  meaning: z.string(),
  /** What to do about it. */
  action: z.string(),
});
export type QualityFinding = z.infer<typeof qualityFindingSchema>;

export const kindFreshnessSchema = z.strictObject({
  kind: z.string(),
  label: z.string(),
  rows: count,
  batches: count,
  lastImport: iso.nullable(),
  importedBy: z.string().nullable(),
  from: iso.nullable(),
  to: iso.nullable(),
  /** Days from the last day held to the day asked about; null for a kind without days. */
  daysSince: count.nullable(),
  /** Days between extracts, from the rhythm of the batches; null while there are too few. */
  cadenceDays: count.nullable(),
  lateDays: count.nullable(),
  /** Rows of a day after the last import: they cannot have happened yet. */
  rowsAhead: count,
  /** People in its rows that are not among the imported people, and their rows. */
  unknownPeople: count,
  unknownRows: count,
});
export type KindFreshness = z.infer<typeof kindFreshnessSchema>;

export const kindCoverageSchema = z.strictObject({
  kind: z.string(),
  label: z.string(),
  /** What says who was in post. */
  basis: z.enum(['postings', 'people']),
  months: z.array(month),
  /** Whether the last month has ended on the day asked about. */
  lastIsWhole: z.boolean(),
  units: z.array(
    z.strictObject({
      unit: z.string(),
      /** By month: people in post, and how many of them have at least one row. */
      people: z.array(count),
      covered: z.array(count),
      /** Share that is usual: the median over whole months with rows. */
      usual: z.number().nullable(),
      /** By month: no row where the usual share leaves less than 1 in 100 to chance, or a third of the usual and less. */
      gaps: z.array(z.enum(['none', 'low']).nullable()),
    }),
  ),
});
export type KindCoverage = z.infer<typeof kindCoverageSchema>;

export const columnMissingSchema = z.strictObject({
  kind: z.string(),
  label: z.string(),
  column: z.string(),
  meaning: z.string(),
  rows: count,
  empty: count,
  share: z.number(),
  months: z.array(month),
  shares: z.array(z.number().nullable()),
  /** Month from which it is nearly always empty although it was nearly always filled before. */
  stoppedSince: month.nullable(),
});
export type ColumnMissing = z.infer<typeof columnMissingSchema>;

export const codeChangeSchema = z.strictObject({
  kind: z.string(),
  label: z.string(),
  column: z.string(),
  code: z.string(),
  change: z.enum(['appeared', 'vanished', 'more', 'less']),
  from: iso,
  to: iso,
  rows: count,
  /** Share of the rows in the months before, and in the last months. */
  shareBefore: z.number(),
  shareNow: z.number(),
  /** False discovery rate at which the change stands out, by Benjamini and Hochberg; null where none was tested. */
  q: z.number().nullable(),
});
export type CodeChange = z.infer<typeof codeChangeSchema>;

export const volumeSignalSchema = z.strictObject({
  rule: z.string(),
  direction: z.enum(['high', 'low']).nullable(),
  from: month,
  to: month,
  /** Whether it reaches into the last whole month. */
  current: z.boolean(),
  words: z.string(),
});
export type VolumeSignal = z.infer<typeof volumeSignalSchema>;

export const kindVolumeSchema = z.strictObject({
  kind: z.string(),
  label: z.string(),
  /** Rows, or rows for each 100 people in post and 30 days. */
  measure: z.enum(['rows', 'rate']),
  /** Whole months, and the one that has begun. */
  months: z.array(month),
  rows: z.array(count),
  values: z.array(z.number().nullable()),
  lastIsWhole: z.boolean(),
  /** Mean and process limits (XmR) of the whole months before the last three, or of all where under 12 remain; null under 12. */
  limits: z.strictObject({ mean: z.number(), lower: z.number(), upper: z.number() }).nullable(),
  signals: z.array(volumeSignalSchema),
});
export type KindVolume = z.infer<typeof kindVolumeSchema>;

export const nearDuplicateSchema = z.strictObject({
  kind: z.string(),
  label: z.string(),
  /** What stands twice, in words. */
  what: z.string(),
  cases: count,
  rows: count,
  from: iso.nullable(),
  to: iso.nullable(),
});
export type NearDuplicate = z.infer<typeof nearDuplicateSchema>;

export const batchDuplicatesSchema = z.strictObject({
  batch: count,
  kind: z.string(),
  fileName: z.string(),
  importedAt: iso,
  read: count,
  duplicate: count,
});
export type BatchDuplicates = z.infer<typeof batchDuplicatesSchema>;

export const batchNotesSchema = z.strictObject({
  batch: count,
  kind: z.string(),
  fileName: z.string(),
  importedAt: iso,
  code: z.string(),
  message: z.string(),
  count,
  /** How many of them are located: the first 1,000. */
  located: count,
});
export type BatchNotes = z.infer<typeof batchNotesSchema>;

export const qualityResultSchema = z.strictObject({
  asOf: iso.nullable(),
  findings: z.array(qualityFindingSchema),
  freshness: z.array(kindFreshnessSchema),
  coverage: z.array(kindCoverageSchema),
  missing: z.array(columnMissingSchema),
  codes: z.array(codeChangeSchema),
  /** Codes that were looked at, and those whose share was tested. */
  codesSeen: count,
  codesTested: count,
  volumes: z.array(kindVolumeSchema),
  duplicates: z.strictObject({ batches: z.array(batchDuplicatesSchema), near: z.array(nearDuplicateSchema) }),
  notes: z.array(batchNotesSchema),
});
export type QualityResult = z.infer<typeof qualityResultSchema>;

const located = { batch: z.number().int().positive(), code: z.string().min(1).max(60).optional() };

export const qualityOperations = {
  'quality.get': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator'],
    audit: null,
    summary: 'How far the data can be trusted: freshness, coverage, missing fields, duplicates, codes, volumes.',
    input: z.strictObject({
      /** Day that freshness is measured to, ISO; the newest day of any extract without it. */
      asOf: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .optional(),
    }),
    output: qualityResultSchema,
  }),
  'quality.notes': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'What was noted about rows of a batch that were kept: row, column and rule, never a value.',
    input: z.strictObject({
      ...located,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(10_000),
    }),
    output: z.strictObject({ total: count, notes: z.array(rejectSchema) }),
  }),
  'quality.saveNotes': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'import.notes',
    summary: 'Writes what was noted about rows of a batch to a CSV file.',
    input: z.strictObject({ ...located, file: z.string().min(1).max(4_096) }),
    output: z.strictObject({ file: z.string(), rows: count }),
  }),
};
