import { pooledTemplate } from '#main/report/manifest.ts';
import type { InputOf } from '#shared/contract/index.ts';
import type { Verdict } from '#shared/contract/reports.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { CallContext } from '../call-context.ts';
import { compareKept, formatsOf, judgeSignature, readKept, writeFiles } from '../reports/index.ts';
import { pooledFrom } from './pool-bundles.ts';
import { pooledManifest, pooledSpec } from './report/pooled-manifest.ts';

/**
 * Pools the bundles that a report was made from once more, by the options in its manifest, and compares figure by figure. No vault
 * takes part. A bundle that may not be pooled is refused by name, as when it was pooled first.
 */
export async function verifyPooled(
  context: CallContext,
  { folder, files }: InputOf<'bundles.verify'>,
): Promise<Result<Verdict>> {
  const read = readKept(folder);
  if (!read.ok) return read;
  const kept = read.value;
  const { template, ...spec } = kept.manifest.report.spec;
  if (template !== pooledTemplate) {
    return fail(
      'BAD_FILE',
      'That report was not pooled from bundles.',
      'Nothing was compared. Verify it with the vault that it was made from.',
    );
  }
  const pooled = await pooledFrom(context, { files, spec, trust: null });
  if (!pooled.ok) return pooled;
  const written = await writeFiles(
    context,
    { spec: pooledSpec(pooled.value), document: pooled.value.document },
    formatsOf(kept.manifest),
  );
  const judged = judgeSignature(kept, { named: null, own: [], isKnown: false });
  const manifest = pooledManifest(pooled.value, written, kept.manifest.run);
  return ok(compareKept({ kept, judged, others: [] }, { manifest, document: pooled.value.document }));
}
