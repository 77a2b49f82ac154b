import { z } from 'zod';
import { fingerprintSchema } from '../domain/key-fingerprint.ts';
import type { Role } from '../domain/roles.ts';
import { operation } from './define.ts';
import { type ReportSpec, reportSpecSchema } from './report-spec.ts';

const pathSchema = z.string().min(1).max(4_096);

const count = z.number().int();

const fileSchema = z.strictObject({ name: z.string(), sha256: z.string(), bytes: count });

/** The forms of a report to read; its figures, its tables for R and its manifest go with each. */
export const reportFormats = ['pdf', 'docx', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

const formatsSchema = z
  .array(z.enum(reportFormats))
  .min(1)
  .max(reportFormats.length)
  .refine((list) => new Set(list).size === list.length, 'names a form twice');

/** What is told of a report before it leaves. */
const leavingSchema = z.strictObject({
  /** SHA-256 of the options and the document: whoever agrees to a report agrees to this. */
  hash: z.string(),
  title: z.string(),
  marking: z.string(),
  /** Every file, `format` null for those that always go. */
  files: z.array(z.strictObject({ name: z.string(), format: z.enum(reportFormats).nullable() })),
  counts: count,
  withheld: count,
  /** Sections with numbers in tables and charts: how many places have one, and how many of those are withheld. */
  places: z.array(z.strictObject({ section: z.string(), places: count, withheld: count })),
  /** Earlier releases that share counts with this, newest first: what may be shown was decided together with them. */
  judgedWith: z.array(
    z.strictObject({
      id: count,
      kind: z.enum(['report', 'bundle']),
      title: z.string(),
      releasedAt: z.string(),
      withdrawn: z.boolean(),
    }),
  ),
  /** What else whoever releases it should know. */
  notes: z.array(z.string()),
  /** Whether another person has to agree. */
  twoPeople: z.boolean(),
});
export type Leaving = z.infer<typeof leavingSchema>;

const requestSchema = z.strictObject({
  /** Of the approval. */
  id: count,
  title: z.string(),
  marking: z.string(),
  counts: count,
  withheld: count,
  /** As it was asked for; null where this version has no such report. */
  spec: reportSpecSchema.nullable(),
  reason: z.string(),
  requestedAt: z.string(),
  requestedBy: z.string(),
  state: z.enum(['waiting', 'approved', 'declined', 'done']),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  note: z.string(),
});
export type ReportRequest = z.infer<typeof requestSchema>;

/** Numbers that the words of an author quote: as they were, marked because they are others now or have lost their place, or printed nowhere. */
const quotesSchema = z.strictObject({
  same: count,
  changed: count,
  gone: count,
  notPrinted: count,
});

/** Reports are of groups, but for the summary of a case, which is for clinicians and for nobody else. */
const makers = {
  roles: ['analyst', 'evaluator', 'clinician'],
  rolesFor: ({ spec }: { readonly spec: ReportSpec }): readonly Role[] =>
    spec.template === 'case-summary' ? ['clinician'] : ['analyst', 'evaluator'],
} as const;

/** What came of running a report again. */
export const verdictSchema = z.strictObject({
  equal: z.boolean(),
  compared: count,
  /** With the figure by its place in the report, as far as the report’s folder holds what it said. */
  differences: z.array(z.strictObject({ where: z.string(), what: z.string() })),
  /** What cannot be run again here, and why; such a report is never equal. */
  notRerun: z.array(z.strictObject({ where: z.string(), what: z.string() })),
  signature: z.strictObject({
    /**
     * `valid` by the key that was asked for; `other-key` by another; `changed` where the manifest or the signature was; `missing`
     * where the manifest names a key; `none` in reports older than signatures and in pooled ones, which is no difference.
     */
    state: z.enum(['valid', 'other-key', 'changed', 'missing', 'none']),
    /** Of the key that signed; null where no signature can be read. */
    fingerprint: z.string().nullable(),
    /** The same in words. */
    says: z.string(),
  }),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const reportOperations = {
  'reports.preview': operation({
    kind: 'job',
    ...makers,
    audit: null,
    summary:
      'Builds the report’s document without writing anything, and says what would leave with it, decided together with everything let out before. The summary of a case is for clinicians alone, and that it was looked at is recorded as reading the case.',
    input: z.strictObject({ spec: reportSpecSchema }),
    /** A `ReportDocument` (src-shared/report/document.ts). */
    output: z.strictObject({ document: z.record(z.string(), z.unknown()), leaving: leavingSchema }),
  }),
  'reports.build': operation({
    kind: 'job',
    ...makers,
    audit: 'report.build',
    summary:
      'Writes the report as PDF, Word and HTML with its manifest into a folder. Where the vault asks for two people, it files a request, and writes once another person has agreed to exactly this, for this purpose. The summary of a case is for clinicians alone, holds its own reason, and is entered in the custody of the case instead of the log of releases.',
    input: z.strictObject({
      spec: reportSpecSchema,
      folder: pathSchema,
      /** For whom and why it is let out, as the log of releases keeps it. */
      purpose: z.string().max(500).optional(),
      /** All of them where it is left out. */
      formats: formatsSchema.optional(),
    }),
    output: z.strictObject({
      folder: z.string(),
      title: z.string(),
      /** None where it waits. */
      files: z.array(fileSchema),
      state: z.enum(['written', 'waiting']),
      /** Of the approval; null where none is asked for. */
      request: count.nullable(),
      hash: z.string(),
      counts: count,
      withheld: count,
      /** What became of the numbers in the author’s words; not there where the report has none. */
      quotes: quotesSchema.optional(),
      /** Fingerprint of the key that signed the manifest; null where it waits. */
      signedBy: z.string().nullable(),
    }),
  }),
  'reports.requests': operation({
    kind: 'query',
    roles: ['analyst', 'evaluator', 'clinician', 'administrator'],
    audit: null,
    summary: 'Requests to release a report, newest first, and whether another person has to agree.',
    input: z.strictObject({}),
    output: z.strictObject({ requests: z.array(requestSchema), twoPeople: z.boolean() }),
  }),
  'reports.look': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator', 'clinician', 'administrator'],
    audit: 'report.look',
    summary:
      'Shows a report that somebody asked to release as it would leave now, and whether that is still exactly what was asked for.',
    input: z.strictObject({ request: count }),
    output: z.strictObject({
      request: requestSchema,
      /** A `ReportDocument` (src-shared/report/document.ts). */
      document: z.record(z.string(), z.unknown()),
      leaving: leavingSchema,
      /** False where the data or what was let out have changed since: to agree would let nothing be written. */
      same: z.boolean(),
    }),
  }),
  'reports.verify': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator', 'administrator', 'clinician'],
    audit: 'report.verify',
    summary: 'Re-runs what a report’s manifest names and compares every result and file, and checks who signed it.',
    input: z.strictObject({
      folder: pathSchema,
      /** Fingerprint of the key that is to have signed it, as its vault told it by another way; this vault’s where left out. */
      key: fingerprintSchema.optional(),
    }),
    output: verdictSchema,
  }),
  'reports.list': operation({
    kind: 'query',
    roles: ['analyst', 'evaluator'],
    audit: null,
    summary: 'The reports built from this vault, newest first.',
    input: z.strictObject({}),
    output: z.strictObject({
      reports: z.array(
        z.strictObject({
          title: z.string(),
          from: z.string(),
          to: z.string(),
          builtAt: z.string(),
          builtBy: z.string(),
          folder: z.string(),
          /** True while the folder still holds the manifest. */
          present: z.boolean(),
        }),
      ),
    }),
  }),
};

export const syntheticOperations = {
  'synthetic.write': operation({
    kind: 'job',
    roles: 'anyone',
    audit: null,
    summary: 'Writes the extracts of a synthetic force, with the effects planted in it, to a folder.',
    input: z.strictObject({
      folder: pathSchema,
      people: z.number().int().min(1).max(100_000).optional(),
      years: z.number().int().min(1).max(20).optional(),
      seed: z.number().int().min(0).max(4_294_967_295).optional(),
      /** Extracts to write, such as people and exposures; all where it is left out. */
      kinds: z.array(z.string().min(1).max(30)).max(30).optional(),
    }),
    output: z.strictObject({
      folder: z.string(),
      files: z.array(
        z.strictObject({ kind: z.string(), path: z.string(), rows: z.number().int(), sha256: z.string() }),
      ),
      /** Plans of its pilots, as `pilots.save` takes them. */
      plans: z.array(z.strictObject({ pilot: z.string(), path: z.string() })),
      /** Last day of the synthetic force. */
      endDate: z.string(),
      truth: z.record(z.string(), z.unknown()),
    }),
  }),
};

export const refusalReasons = ['sender', 'rate', 'size', 'form'] as const;

export const hostOperations = {
  'host.refused': operation({
    kind: 'command',
    roles: 'anyone',
    audit: null,
    summary: 'Records in the audit log that the host turned a call away before it reached the engine.',
    input: z.strictObject({ reason: z.enum(refusalReasons) }),
    output: z.strictObject({}),
  }),
  'host.listFolder': operation({
    kind: 'query',
    roles: 'anyone',
    audit: null,
    summary: 'Lists a folder of this machine, for choosing files where the host has no dialog of its own.',
    input: z.strictObject({ folder: pathSchema.nullable() }),
    output: z.strictObject({
      folder: z.string(),
      parent: z.string().nullable(),
      places: z.array(z.strictObject({ label: z.string(), folder: z.string() })),
      entries: z.array(
        z.strictObject({
          name: z.string(),
          path: z.string(),
          kind: z.enum(['folder', 'file']),
          sizeBytes: z.number(),
          modifiedAt: z.string(),
          isVault: z.boolean(),
        }),
      ),
    }),
  }),
};
