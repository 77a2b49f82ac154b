import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainLink, chainStart, hmacHex } from '#main/crypto/hash-chain.ts';
import { equalBytes } from '#main/crypto/secret-bytes.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { auditBroken, linkFault } from './audit-fault.ts';
import type { Connection } from './connection.ts';
import { type PreparedFile, prepareFile } from './files.ts';

/** What happened, never a person's data: who, what, to what, with what outcome and why. */
export type AuditEvent = {
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly user: string;
  readonly action: string;
  readonly object?: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly reason?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
};

export type AuditHead = { readonly sequence: number; readonly hash: string };

type AuditRow = {
  readonly sequence: number;
  readonly at: string;
  readonly user: string;
  readonly action: string;
  readonly event: string;
  readonly previous_hash: string;
  readonly hash: string;
};

/** Adds one event inside the caller's transaction, so that a change and its record are stored together or not at all. */
export function appendAudit(connection: Connection, event: AuditEvent): AuditHead {
  const last = lastLink(connection);
  const sequence = last.sequence + 1;
  const canonical = canonicalJson(event);
  const hash = chainLink(last.hash, sequence, canonical);
  connection
    .prepare('INSERT INTO audit (sequence, at, user, action, event, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(sequence, event.at, event.user, event.action, canonical, last.hash, hash);
  return { sequence, hash };
}

/** The newest link of the chain; sequence 0 before the first event. */
export function lastLink(connection: Connection): AuditHead {
  const row = connection
    .prepare<[], AuditHead>('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1')
    .get();
  return row ?? { sequence: 0, hash: chainStart };
}

/** The latest time of an event after `at`, or null: then the clock of this machine was set back, or another's ran ahead. */
export function eventAfter(connection: Connection, at: string): string | null {
  return connection.prepare<[string], string | null>('SELECT max(at) FROM audit WHERE at > ?').pluck().get(at) ?? null;
}

/** The columns that lists are made from repeat what the hashed event says. */
function sameAsEvent(row: AuditRow): boolean {
  const event = JSON.parse(row.event) as AuditEvent;
  return event.at === row.at && event.user === row.user && event.action === row.action;
}

/** Follows the chain after `from` and returns its end, or throws naming the first link that does not hold. */
export function verifyChain(connection: Connection, from: AuditHead): AuditHead {
  let head = from;
  const rows = connection.prepare<[number], AuditRow>(
    'SELECT sequence, at, user, action, event, previous_hash, hash FROM audit WHERE sequence > ? ORDER BY sequence',
  );
  for (const row of rows.iterate(from.sequence)) {
    const sequence = head.sequence + 1;
    const sound =
      row.sequence === sequence &&
      row.previous_hash === head.hash &&
      row.hash === chainLink(head.hash, sequence, row.event) &&
      sameAsEvent(row);
    if (!sound) throw linkFault(connection, head, row);
    head = { sequence, hash: row.hash };
  }
  return head;
}

export const chainBeginning: AuditHead = { sequence: 0, hash: chainStart };

function headFile(folder: string): string {
  return join(folder, 'audit.head');
}

function headMac(key: Uint8Array, head: AuditHead): string {
  return hmacHex(key, `tidemark audit head\n${head.sequence}\n${head.hash}`);
}

/** Writes the head beside the one in place. Done before the commit: a full disk must fail the work, not what follows it. */
export function prepareAuditHead(folder: string, key: Uint8Array, head: AuditHead): PreparedFile {
  const content = `${JSON.stringify({ sequence: head.sequence, hash: head.hash, hmac: headMac(key, head) })}\n`;
  return prepareFile(headFile(folder), content);
}

/** Replaces the head beside the store; flushed before success is reported. */
export function writeAuditHead(folder: string, key: Uint8Array, head: AuditHead): void {
  prepareAuditHead(folder, key, head).put();
}

/** Reads the head, or throws when it is missing or not the one this vault wrote. */
export function readAuditHead(folder: string, key: Uint8Array): AuditHead {
  let text: string;
  try {
    text = readFileSync(headFile(folder), 'utf8');
  } catch {
    throw auditBroken('head-missing', 'The file audit.head is missing.');
  }
  const match = /^\{"sequence":(\d{1,15}),"hash":"([0-9a-f]{64})","hmac":"([0-9a-f]{64})"\}\n$/.exec(text);
  if (!match) throw auditBroken('head-damaged', 'The file audit.head is damaged.');
  const head = { sequence: Number(match[1]), hash: match[2] ?? '' };
  if (!equalBytes(Buffer.from(match[3] ?? '', 'hex'), Buffer.from(headMac(key, head), 'hex'))) {
    throw auditBroken('head-changed', 'The file audit.head was changed outside Tidemark.');
  }
  return head;
}

function tailCut(end: AuditHead, head: AuditHead): Error {
  const first = end.sequence + 1;
  const which = first === head.sequence ? `Entry ${first}` : `Entries ${first} to ${head.sequence}`;
  return auditBroken(
    'tail-cut',
    `The end of the audit log was cut off. ${which} and the changes that were stored with them are missing.`,
    first,
  );
}

function headDiffers(head: AuditHead): Error {
  return auditBroken(
    'head-differs',
    `The audit log differs from its head at entry ${head.sequence}: one of them was exchanged.`,
    head.sequence,
  );
}

/** Throws unless the file beside the store names the very end of the chain, as it does while a vault is open. */
export function requireHeadAtEnd(end: AuditHead, folder: string, key: Uint8Array): void {
  const head = readAuditHead(folder, key);
  if (head.sequence > end.sequence) throw tailCut(end, head);
  if (head.sequence < end.sequence) {
    throw auditBroken(
      'head-rolled-back',
      `The file audit.head was put back: it names entry ${head.sequence}, and the audit log goes on to entry ${end.sequence}.`,
      head.sequence,
    );
  }
  if (head.hash !== end.hash) throw headDiffers(head);
}

/**
 * Compares store and head on opening. A store ahead of its head (a crash between the commit and the head) is verified from
 * the head on and the head advanced; a store behind its head has lost committed rows and is refused.
 */
export function reconcileAuditHead(connection: Connection, folder: string, key: Uint8Array): AuditHead {
  const head = readAuditHead(folder, key);
  if (head.sequence > 0) {
    const row = connection
      .prepare<[number], { hash: string }>('SELECT hash FROM audit WHERE sequence = ?')
      .get(head.sequence);
    if (!row) {
      // A link that is broken further up says more than that the end is not where it was.
      throw tailCut(verifyChain(connection, chainBeginning), head);
    }
    if (row.hash !== head.hash) {
      verifyChain(connection, chainBeginning);
      throw headDiffers(head);
    }
  }
  const end = verifyChain(connection, head);
  if (end.sequence !== head.sequence) writeAuditHead(folder, key, end);
  return end;
}
