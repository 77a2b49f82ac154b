import { resolve } from 'node:path';
import { zero } from '#main/crypto/secret-bytes.ts';
import { deriveKey } from '#main/crypto/wrap.ts';
import { chainBeginning, lastLink, requireHeadAtEnd, verifyChain } from '#main/store/audit-log.ts';
import { type AuditLink, auditLinks, auditNames, listAudit } from '#main/store/audit-records.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import { auditFaults } from '#shared/contract/audit.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { ExpectedError, ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { csvText } from '../csv-text.ts';

type Asked = Parameters<typeof listAudit>[1] & { readonly offset: number; readonly limit: number };

/** A page of the log, newest first. */
export function auditEntries({ vault }: VaultContext, { offset, limit, ...filter }: Asked): OutputOf<'audit.list'> {
  const { connection } = vault.store;
  const { total, records } = listAudit(connection, filter, { offset, limit });
  return {
    total,
    ...auditNames(connection),
    entries: records.map(({ sequence, event }) => ({
      sequence,
      at: event.at,
      user: event.user,
      action: event.action,
      object: event.object ?? null,
      outcome: event.outcome,
      reason: event.reason ?? null,
      details: event.details ? { ...event.details } : null,
    })),
  };
}

/** Follows the chain to its head. A broken link is an answer here; `vault check` refuses with it. */
export function verifyAudit({ vault }: VaultContext): OutputOf<'audit.verify'> {
  const headKey = deriveKey(vault.keys.dataKey, 'tidemark audit head v1');
  try {
    const head = verifyChain(vault.store.connection, chainBeginning);
    requireHeadAtEnd(head, vault.folder, headKey);
    return { entries: head.sequence, head, fault: null };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const { fault, entry } = error.error.params;
    const kind = auditFaults.find((candidate) => candidate === fault);
    if (!kind) throw error;
    return {
      entries: lastLink(vault.store.connection).sequence,
      head: null,
      fault: { kind, entry: typeof entry === 'number' ? entry : null, message: error.error.message },
    };
  } finally {
    zero(headKey);
  }
}

const columns = ['sequence', 'at', 'user', 'action', 'event', 'previousHash', 'hash'] as const;

function asCsv(links: readonly AuditLink[]): string {
  return csvText(
    columns,
    links.map((link) => columns.map((column) => link[column])),
  );
}

function asLines(links: readonly AuditLink[]): string {
  return links.map((link) => `${JSON.stringify(link)}\n`).join('');
}

/**
 * Writes every link. Each hash is the SHA-256 of the hash before it, its number and its event as they stand in the file, with
 * a line feed between; before the first stand 64 zeros.
 */
export function exportAudit(
  { vault }: VaultContext,
  { file, format }: { readonly file: string; readonly format: 'csv' | 'jsonl' },
): Result<OutputOf<'audit.export'>> {
  const target = resolve(file);
  const links = auditLinks(vault.store.connection);
  writeFileAtomically(target, format === 'csv' ? asCsv(links) : asLines(links));
  const last = links.at(-1);
  return ok({
    file: target,
    entries: links.length,
    head: last ? { sequence: last.sequence, hash: last.hash } : chainBeginning,
  });
}
