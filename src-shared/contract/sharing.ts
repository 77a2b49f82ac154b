import { z } from 'zod';
import { operation } from './define.ts';
import { verdictSchema } from './reports.ts';

const pathSchema = z.string().min(1).max(4_096);

export const mostBundles = 500;

export const sharingOperations = {
  'bundles.pool': operation({
    kind: 'job',
    roles: 'anyone',
    audit: null,
    summary:
      'Pools bundles of aggregates that forces have released, once each is as it was signed, by a key that is named, under one set of definitions and without a small count. No vault is involved.',
    input: z.strictObject({
      files: z.array(pathSchema).min(1).max(mostBundles),
      spec: z.record(z.string(), z.unknown()),
      /** A JSON object of fingerprints by force, beside those in the spec. */
      trust: pathSchema.nullable(),
      /** A new or empty folder for the report; null for none. */
      report: pathSchema.nullable(),
      /** Whether the report’s document is wanted, to be shown before it is written; not where it is left out. */
      show: z.boolean().optional(),
    }),
    output: z.strictObject({
      method: z.literal('pool'),
      version: z.string(),
      spec: z.record(z.string(), z.unknown()),
      /** docs/sharing.md. */
      result: z.record(z.string(), z.unknown()),
      reading: z.array(z.string()),
      warnings: z.array(z.string()),
      provenance: z.strictObject({
        bundles: z.array(
          z.strictObject({
            file: z.string(),
            force: z.string(),
            fingerprint: z.string(),
            /** SHA-256 of the file. */
            hash: z.string(),
            snapshot: z.string(),
            engine: z.string(),
          }),
        ),
        engine: z.string(),
      }),
      r: z.string(),
      /** A `ReportDocument` (src-shared/report/document.ts); null where it is not wanted. */
      document: z.record(z.string(), z.unknown()).nullable(),
      /** Where the report was written to; null where it was not. */
      folder: z.string().nullable(),
      files: z.array(z.strictObject({ name: z.string(), sha256: z.string(), bytes: z.number().int() })),
    }),
  }),
  'bundles.verify': operation({
    kind: 'job',
    roles: 'anyone',
    audit: null,
    summary:
      'Pools the bundles that a pooled report was made from once more and compares every result and file. No vault is involved.',
    input: z.strictObject({
      /** Of the report. */
      folder: pathSchema,
      files: z.array(pathSchema).min(1).max(mostBundles),
    }),
    output: verdictSchema,
  }),
};
