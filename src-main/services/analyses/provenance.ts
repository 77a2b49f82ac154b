import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { batchMappings, listBatches } from '#main/store/batch-records.ts';
import { currentCodeRules } from '#main/store/code-rules-records.ts';
import type { Provenance } from '#shared/contract/analyses.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { engineVersion } from '#shared/domain/version.ts';
import type { OpenVault } from '../vault/index.ts';

/**
 * What a result was made from. The snapshot is a hash over the batches in the order of their loading, each by its kind, file,
 * mapping and what it changed, and over the code rules where they make exposures of attendances: equal snapshots of one vault
 * give equal rows.
 */
export function provenanceOf(
  vault: OpenVault,
  kinds: readonly string[],
  made: {
    readonly scheme: { readonly id: string; readonly hash: string | null } | null;
    readonly coverage: number | null;
    /** What else the answer rests on that no batch brought; null for nothing. */
    readonly beside?: string | null;
  },
): Provenance {
  const batches = listBatches(vault.store.connection)
    .filter((batch) => kinds.includes(batch.kind))
    .reverse();
  const mappings = batchMappings(vault.store.connection);
  const content = batches.map((batch) => ({
    kind: batch.kind,
    fileHash: batch.fileHash,
    mapping: mappings.get(batch.batch) ?? '',
    rows: batch.rows,
  }));
  const derives = batches.some((batch) => batch.kind === 'attendances');
  const rules = derives ? currentCodeRules(vault.store.connection) : null;
  const beside = made.beside == null ? {} : { beside: made.beside };
  const derived = derives ? { codeRules: rules?.bodyHash ?? '' } : {};
  return {
    batches: batches.map((batch) => ({
      batch: batch.batch,
      kind: batch.kind,
      fileHash: batch.fileHash,
      accepted: batch.rows.accepted,
    })),
    snapshot: sha256Hex(canonicalJson({ vault: vault.id, batches: content, ...derived, ...beside })),
    scheme: made.scheme?.id ?? null,
    schemeHash: made.scheme?.hash ?? null,
    coverage: made.coverage,
    codeRules: rules === null ? null : { version: rules.version, hash: rules.bodyHash },
    engine: `tidemark ${engineVersion}`,
  };
}
