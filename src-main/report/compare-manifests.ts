import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { pooledTemplate, type ReportManifest, sha256Hex } from './manifest.ts';

export type Difference = { readonly where: string; readonly what: string };

/** What was compared and what of it differs; and what cannot be compared, with the reason. */
export type Comparison = {
  readonly compared: number;
  readonly differences: readonly Difference[];
  readonly notRerun: readonly Difference[];
};

/** What differs between a manifest and the same report built again; who and when are not compared. */
export function compareManifests(kept: ReportManifest, again: ReportManifest): Comparison {
  const differences: Difference[] = [];
  const notRerun: Difference[] = [];
  let compared = 0;
  const same = (where: string, before: unknown, after: unknown, what: string): void => {
    compared += 1;
    if (after === undefined || canonicalJson(before) !== canonicalJson(after)) differences.push({ where, what });
  };
  same('report', kept.report, again.report, 'The title, marking or options are not the same.');
  same('engine', kept.engine, again.engine, 'Built by another version of the engine.');
  same('snapshot', kept.snapshot, again.snapshot, sourceWords(kept, again));
  same('document', kept.documentSha256, again.documentSha256, 'The report says something else when built again.');
  for (const result of kept.results) {
    const now = again.results.find(({ name }) => name === result.name);
    if (now !== undefined && now.version !== result.version) notRerun.push(otherVersion(result, now.version));
    else same(`result ${result.name}`, result, now, 'The result is not the same when run again.');
  }
  for (const file of kept.files) {
    const now = again.files.find(({ name }) => name === file.name);
    same(`file ${file.name}`, file, now, 'The file is not the same when written again.');
  }
  const extra = [
    ...unnamed('result', kept.results, again.results),
    // A report that is older than a kind of file has none of it.
    ...unnamed(
      'file',
      kept.files,
      again.files.filter(({ kind }) => kept.files.some((file) => file.kind === kind)),
    ),
  ];
  return { compared: compared + extra.length, differences: [...differences, ...extra], notRerun };
}

function otherVersion({ name, version }: ReportManifest['results'][number], now: string): Difference {
  return {
    where: `result ${name}`,
    what: `Made by version ${version} of the method, which this Tidemark no longer has: it has version ${now}. Verify the report with the Tidemark that made it.`,
  };
}

type Named = { readonly name: string };

function unnamed(kind: string, before: readonly Named[], after: readonly Named[]): readonly Difference[] {
  return after
    .filter(({ name }) => !before.some((each) => each.name === name))
    .map(({ name }) => ({ where: `${kind} ${name}`, what: 'Not named in the manifest.' }));
}

/** That the data are others; which batches or bundles are gone and which have come, where the manifest names any. */
function sourceWords(kept: ReportManifest, again: ReportManifest): string {
  const isPooled = kept.report.spec['template'] === pooledTemplate;
  const others = isPooled
    ? 'The bundles are not those the report was pooled from.'
    : 'The data in the vault are not those the report was made from.';
  if (kept.batches.length === 0) return others;
  type Batch = ReportManifest['batches'][number];
  const isSame = (one: Batch, other: Batch): boolean =>
    one.fileHash === other.fileHash && (isPooled || one.batch === other.batch);
  const lacks = (from: ReportManifest, in_: ReportManifest): string =>
    from.batches
      .filter((batch) => !in_.batches.some((each) => isSame(batch, each)))
      .map(({ batch, kind }) => (isPooled ? kind : `${batch} (${kind})`))
      .join(', ');
  const said = (words: string, list: string): string => (list === '' ? '' : ` ${words} ${list}.`);
  return isPooled
    ? `${others}${said('Not given:', lacks(kept, again))}${said('Given in its place:', lacks(again, kept))}`
    : `${others}${said('No longer held: batch', lacks(kept, again))}${said('Come since: batch', lacks(again, kept))}`;
}

/** What differs between a manifest and the files found beside it, by name; missing files count. */
export function compareFiles(manifest: ReportManifest, found: ReadonlyMap<string, Uint8Array>): Comparison {
  const differences = manifest.files.flatMap((file): Difference[] => {
    const bytes = found.get(file.name);
    if (bytes === undefined) return [{ where: `file ${file.name}`, what: 'The file is missing.' }];
    if (bytes.byteLength !== file.bytes || sha256Hex(bytes) !== file.sha256) {
      return [{ where: `file ${file.name}`, what: 'The file has been changed since the report was built.' }];
    }
    return [];
  });
  return { compared: manifest.files.length, differences, notRerun: [] };
}
