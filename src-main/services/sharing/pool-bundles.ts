import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { poolForces, poolVersion } from '#main/analysis/pooling/pool-forces.ts';
import { parsePoolSpec, trustedSchema } from '#main/analysis/pooling/pool-spec.ts';
import { pooledTemplate } from '#main/report/manifest.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { engineVersion } from '#shared/domain/version.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import type { CallContext } from '../call-context.ts';
import { usableFolder } from '../reports/index.ts';
import { mostBundleBytes, readBundle, type SignedBundle } from './bundle-file.ts';
import { checkBundles, type TrustedKeys } from './check-bundles.ts';
import { poolDocument } from './report/pool-document.ts';
import { writePoolReport } from './report/write-pool-report.ts';

function contentOf(file: string): Result<Uint8Array> {
  const name = basename(file);
  try {
    if (statSync(file).size > mostBundleBytes) return ok(new Uint8Array(mostBundleBytes + 1));
    return ok(readFileSync(file));
  } catch {
    return fail('NO_SUCH_FILE', `${name} cannot be read.`, 'Nothing was pooled. Check the name and folder.', {
      file: name,
    });
  }
}

function readAll(context: CallContext, files: readonly string[]): Result<SignedBundle[]> {
  const bundles: SignedBundle[] = [];
  for (const [at, file] of files.entries()) {
    context.progress({ stage: 'Reading bundles', done: at, total: files.length, unit: 'steps' });
    const content = contentOf(file);
    if (!content.ok) return content;
    const bundle = readBundle(basename(file), content.value);
    if (!bundle.ok) return bundle;
    bundles.push(bundle.value);
  }
  return ok(bundles);
}

/** Fingerprints of the spec and of the file beside it; the two may not name different keys of one force. */
function trustedKeys(inSpec: TrustedKeys, file: string | null): Result<TrustedKeys> {
  if (file === null) return ok(inSpec);
  const content = contentOf(file);
  if (!content.ok) return content;
  let given: ReturnType<typeof trustedSchema.safeParse>;
  try {
    given = trustedSchema.safeParse(JSON.parse(Buffer.from(content.value).toString('utf8')));
  } catch {
    return badTrust(file, 'it is no JSON');
  }
  if (!given.success) return badTrust(file, given.error.issues[0]?.message ?? 'it cannot be read');
  const twofold = Object.entries(given.data).find(
    ([force, key]) => Object.hasOwn(inSpec, force) && inSpec[force] !== key,
  );
  return twofold ? badTrust(file, `the spec names another key of ${twofold[0]}`) : ok({ ...inSpec, ...given.data });
}

function badTrust(file: string, why: string): Result<never> {
  return fail(
    'BAD_SPEC',
    `The trusted keys in ${basename(file)} cannot be used: ${why}.`,
    'Nothing was pooled. Give a JSON object of fingerprints by force.',
  );
}

type Asked = Pick<InputOf<'bundles.pool'>, 'files' | 'spec' | 'trust'>;

/** What follows from the bundles and the options, before any of it is written. */
export type Pooled = Omit<OutputOf<'bundles.pool'>, 'document' | 'folder' | 'files'> & {
  readonly document: ReportDocument;
};

/** Pools bundles of forces: everything that could be wrong with one is a refusal that names its file. */
export async function pooledFrom(context: CallContext, { files, spec: given, trust }: Asked): Promise<Result<Pooled>> {
  const spec = parsePoolSpec(given);
  if (!spec.ok) return spec;
  const trusted = trustedKeys(spec.value.trusted, trust === null ? null : resolve(trust));
  if (!trusted.ok) return trusted;
  const read = readAll(
    context,
    files.map((file) => resolve(file)),
  );
  if (!read.ok) return read;
  const checked = checkBundles(read.value, trusted.value);
  if (!checked.ok) return checked;
  context.progress({ stage: 'Pooling', done: 0, total: null, unit: 'steps' });
  const bundles = checked.value;
  const answer = poolForces(
    bundles.map(({ body }) => body),
    spec.value,
  );
  const engine = `tidemark ${engineVersion}`;
  return ok({
    method: 'pool',
    version: poolVersion,
    spec: { ...spec.value, trusted: { ...trusted.value } },
    result: { ...answer.result },
    reading: [...answer.reading],
    warnings: [...answer.warnings],
    provenance: { bundles: bundles.map(sourceOf), engine },
    r: answer.r,
    document: poolDocument(answer, spec.value, bundles, engine),
  });
}

/** Pools them, and writes the report where a folder for it is named. */
export async function poolBundles(
  context: CallContext,
  { report, show = false, ...asked }: InputOf<'bundles.pool'>,
): Promise<Result<OutputOf<'bundles.pool'>>> {
  const folder = report === null ? null : resolve(report);
  const usable = folder === null ? null : usableFolder(folder, pooledTemplate);
  if (usable && !usable.ok) return usable;
  const pooled = await pooledFrom(context, asked);
  if (!pooled.ok) return pooled;
  const { document } = pooled.value;
  return ok({
    ...pooled.value,
    document: show ? { ...document } : null,
    folder,
    files: folder === null ? [] : await writePoolReport(context, pooled.value, folder),
  });
}

function sourceOf({ name, fingerprint, hash, body }: SignedBundle) {
  const { force, snapshot, engine } = body;
  return { file: name, force, fingerprint, hash, snapshot, engine };
}
