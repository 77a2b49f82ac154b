import { buildManifest, manifestFileName, manifestText, sha256Hex } from '#main/report/manifest.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { type CallContext, isoTime } from '../../call-context.ts';
import { writeFiles, writeInto } from '../../reports/index.ts';

/** What the files are called. */
export const poolTemplate = 'pooled';

/** The pooled report in every form that a report has, with its manifest, into a folder that has been found usable. */
export async function writePoolReport(
  context: CallContext,
  document: ReportDocument,
  pooled: Pick<OutputOf<'bundles.pool'>, 'version' | 'spec' | 'result' | 'provenance'>,
  folder: string,
): Promise<OutputOf<'bundles.pool'>['files']> {
  const { version, spec: asked, result, provenance } = pooled;
  const spec = { template: poolTemplate, ...asked };
  const files = await writeFiles(context, { spec, document });
  const manifest = buildManifest({
    title: document.title,
    marking: document.marking,
    spec,
    engine: provenance.engine,
    snapshot: sha256Hex(provenance.bundles.map(({ hash }) => hash).join('\n')),
    results: [{ name: 'pool', method: 'pool', version, spec: asked, value: { result, provenance } }],
    batches: [],
    document,
    files,
    // No vault takes part, so that nobody is named and no log has a head.
    run: { builtBy: '', builtAt: isoTime(context), auditHead: '' },
  });
  const text = manifestText(manifest);
  writeInto(folder, files, text, null);
  return [
    ...manifest.files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    { name: manifestFileName, sha256: sha256Hex(text), bytes: Buffer.byteLength(text) },
  ];
}
