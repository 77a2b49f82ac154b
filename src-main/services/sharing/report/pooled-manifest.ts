import { buildManifest, pooledTemplate, type ReportManifest, sha256Hex } from '#main/report/manifest.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import type { writeFiles } from '../../reports/index.ts';

export type PooledReport = Pick<OutputOf<'bundles.pool'>, 'version' | 'spec' | 'result' | 'provenance'> & {
  readonly document: ReportDocument;
};

/** How the spec of a pooled report is named in its manifest, and among its files. */
export function pooledSpec({ spec }: Pick<PooledReport, 'spec'>) {
  return { template: pooledTemplate, ...spec };
}

/** The manifest of a pooled report: what it rests on are the bundles, each by its force and its hash, whatever their files are called. */
export function pooledManifest(
  pooled: PooledReport,
  files: Awaited<ReturnType<typeof writeFiles>>,
  run: ReportManifest['run'],
): ReportManifest {
  const { document, version, spec, result, provenance } = pooled;
  const bundles = provenance.bundles.map(({ file: _, ...bundle }) => bundle);
  return buildManifest({
    title: document.title,
    marking: document.marking,
    spec: pooledSpec(pooled),
    engine: provenance.engine,
    snapshot: sha256Hex(bundles.map(({ hash }) => hash).join('\n')),
    results: [
      { name: 'pool', method: 'pool', version, spec, value: { result, provenance: { ...provenance, bundles } } },
    ],
    batches: bundles.map(({ force, hash }, at) => ({ batch: at + 1, kind: `bundle of ${force}`, fileHash: hash })),
    document,
    files,
    run,
  });
}
