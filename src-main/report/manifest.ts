import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const fileNameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\]+$/);

/** What is written of a report; the first had no Word file and no document. */
const fileKinds = ['pdf', 'docx', 'html', 'facts', 'script'] as const;
export type ReportFileKind = (typeof fileKinds)[number];

const manifestSchema = z.strictObject({
  format: z.literal('tidemark-report'),
  formatVersion: z.literal(1),
  report: z.strictObject({
    id: z.string().regex(/^[0-9a-f]{32}$/),
    title: z.string(),
    marking: z.string(),
    spec: z.record(z.string(), z.unknown()),
  }),
  engine: z.string(),
  snapshot: z.string(),
  /** The batches that were read; none where the report is older than their being named. */
  batches: z.array(z.strictObject({ batch: z.number().int(), kind: z.string(), fileHash: z.string() })).default([]),
  /** Every analysis the report rests on, in the order it was run. */
  results: z.array(
    z.strictObject({
      name: z.string(),
      method: z.string(),
      version: z.string(),
      spec: z.record(z.string(), z.unknown()),
      sha256: sha256Schema,
    }),
  ),
  documentSha256: sha256Schema,
  files: z.array(
    z.strictObject({
      name: fileNameSchema,
      kind: z.enum(fileKinds),
      bytes: z.number().int().nonnegative(),
      sha256: sha256Schema,
    }),
  ),
  /** Who and when: the only part that differs when the same report is built again. */
  run: z.strictObject({
    builtBy: z.string(),
    /** UTC, ISO. */
    builtAt: z.string(),
    /** Head of the audit log just before the report was built. */
    auditHead: z.string(),
    /** Fingerprint of the key that signs the manifest; not there where nobody does, and in reports older than signatures. */
    signedBy: z.string().optional(),
  }),
});
export type ReportManifest = z.infer<typeof manifestSchema>;

export const manifestFileName = 'manifest.json';

/** In the spec of a report that was pooled from bundles, and what its files are called. */
export const pooledTemplate = 'pooled';

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 of a value's canonical JSON, in hex: equal values, equal hashes. */
export function hashOfValue(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

export type ManifestInput = {
  readonly title: string;
  readonly marking: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly engine: string;
  readonly snapshot: string;
  readonly results: readonly {
    readonly name: string;
    readonly method: string;
    readonly version: string;
    readonly spec: Readonly<Record<string, unknown>>;
    /** What the analysis gave; only its hash goes into the manifest. */
    readonly value: unknown;
  }[];
  readonly batches: ReportManifest['batches'];
  readonly document: unknown;
  readonly files: readonly { readonly name: string; readonly kind: ReportFileKind; readonly bytes: Uint8Array }[];
  readonly run: ReportManifest['run'];
};

/** From what the report is made of, not from when: the same report has the same id. */
export function reportIdOf({ spec, snapshot, engine }: Pick<ManifestInput, 'spec' | 'snapshot' | 'engine'>): string {
  return hashOfValue({ spec, snapshot, engine }).slice(0, 32);
}

export function buildManifest(input: ManifestInput): ReportManifest {
  const { title, marking, spec, engine, snapshot } = input;
  return {
    format: 'tidemark-report',
    formatVersion: 1,
    report: { id: reportIdOf({ spec, snapshot, engine }), title, marking, spec: { ...spec } },
    engine,
    snapshot,
    batches: input.batches,
    results: input.results.map(({ value, ...result }) => ({
      ...result,
      spec: { ...result.spec },
      sha256: hashOfValue(value),
    })),
    documentSha256: hashOfValue(input.document),
    files: input.files.map((file) => ({
      name: file.name,
      kind: file.kind,
      bytes: file.bytes.byteLength,
      sha256: sha256Hex(file.bytes),
    })),
    run: input.run,
  };
}

/** The manifest as it is written: canonical, one line. */
export function manifestText(manifest: ReportManifest): string {
  return `${canonicalJson(manifest)}\n`;
}

/** Error `BAD_FILE` where the text is not a manifest this version can read. */
export function readManifest(text: string): Result<ReportManifest> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable();
  }
  const parsed = manifestSchema.safeParse(value);
  return parsed.success ? ok(parsed.data) : unreadable();
}

function unreadable(): Result<never> {
  return fail(
    'BAD_FILE',
    'The manifest is not one that this version can read.',
    'Nothing was changed. Choose the folder of a report as it was built, with its manifest.json.',
  );
}
