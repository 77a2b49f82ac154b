import { z } from 'zod';
import { operation } from './define.ts';
import { reportSpecSchema } from './report-spec.ts';

const pathSchema = z.string().min(1).max(4_096);

const fileSchema = z.strictObject({ name: z.string(), sha256: z.string(), bytes: z.number().int() });

export const reportOperations = {
  'reports.preview': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator'],
    audit: null,
    summary: 'Builds the report’s document without writing anything.',
    input: z.strictObject({ spec: reportSpecSchema }),
    /** A `ReportDocument` (src-shared/report/document.ts). */
    output: z.strictObject({ document: z.record(z.string(), z.unknown()) }),
  }),
  'reports.build': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator'],
    audit: 'report.build',
    summary: 'Writes the report as PDF, Word and HTML with its manifest into a folder.',
    input: z.strictObject({
      spec: reportSpecSchema,
      folder: pathSchema,
      /** For whom and why it is let out, as the log of releases keeps it. */
      purpose: z.string().max(500).optional(),
    }),
    output: z.strictObject({ folder: z.string(), title: z.string(), files: z.array(fileSchema) }),
  }),
  'reports.verify': operation({
    kind: 'job',
    roles: ['analyst', 'evaluator', 'administrator', 'clinician'],
    audit: 'report.verify',
    summary: 'Re-runs what a report’s manifest names and compares every result and file.',
    input: z.strictObject({ folder: pathSchema }),
    output: z.strictObject({
      equal: z.boolean(),
      compared: z.number().int(),
      /** With the figure by its place in the report, as far as the report’s folder holds what it said. */
      differences: z.array(z.strictObject({ where: z.string(), what: z.string() })),
      /** What cannot be run again here, and why; such a report is never equal. */
      notRerun: z.array(z.strictObject({ where: z.string(), what: z.string() })),
    }),
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
