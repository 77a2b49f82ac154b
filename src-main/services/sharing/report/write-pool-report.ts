import { manifestFileName, manifestText, sha256Hex } from '#main/report/manifest.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { type CallContext, isoTime } from '../../call-context.ts';
import { writeFiles, writeInto } from '../../reports/index.ts';
import { type PooledReport, pooledManifest, pooledSpec } from './pooled-manifest.ts';

/** The pooled report in every form that a report has, with its manifest, into a folder that has been found usable. */
export async function writePoolReport(
  context: CallContext,
  pooled: PooledReport,
  folder: string,
): Promise<OutputOf<'bundles.pool'>['files']> {
  const files = await writeFiles(context, { spec: pooledSpec(pooled), document: pooled.document });
  // No vault takes part, so that nobody is named and no log has a head.
  const manifest = pooledManifest(pooled, files, { builtBy: '', builtAt: isoTime(context), auditHead: '' });
  const text = manifestText(manifest);
  writeInto(folder, files, text, null);
  return [
    ...manifest.files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    { name: manifestFileName, sha256: sha256Hex(text), bytes: Buffer.byteLength(text) },
  ];
}
