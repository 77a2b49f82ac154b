import { zero } from '#main/crypto/secret-bytes.ts';
import type { AuditEvent } from '#main/store/audit-log.ts';
import { backupCopies } from '#main/store/backup-copies.ts';
import { personSet } from '#main/store/person-tables.ts';
import { listReportRecords } from '#main/store/report-records.ts';
import { findApproval, listErasures } from '#main/store/rights-records.ts';
import type { CollectedPerson, RightsAnswer, RightsJob } from '#main/workers/rights/protocol.ts';
import { runRights } from '#main/workers/rights/run-rights.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { agreedRequest, fileRequest } from '../approvals/index.ts';
import { isoTime, type VaultContext } from '../call-context.ts';
import { readKeyring, unwrapPseudonymKey } from '../vault/index.ts';
import { tableWords } from './table-words.ts';
import { writePerson } from './write-person.ts';

/** The action of a request to erase somebody. */
const erasing = 'rights.erase';

function nobody(): Result<never> {
  return fail(
    'NOT_FOUND',
    'The vault holds nobody of that pseudonym.',
    'Nothing was changed. Check each letter and number of it.',
  );
}

function noClinicKey(): Result<never> {
  return fail(
    'FORBIDDEN',
    'Only a clinician who has been enrolled can open what is sealed.',
    'Nothing was done. Ask another clinician to enrol you.',
  );
}

function event(context: VaultContext, action: string, person: string, reason: string): AuditEvent {
  return {
    at: isoTime(context),
    user: context.vault.user,
    action,
    object: `person ${person}`,
    outcome: 'done',
    reason,
  };
}

/** Runs a job that needs every key of a clinician; gives null where they do not hold them. */
async function withKeys(context: VaultContext, job: RightsJob): Promise<RightsAnswer | null> {
  const { keys, folder } = context.vault;
  if (!keys.clinicPair) return null;
  const pseudonymKey = unwrapPseudonymKey(keys.dataKey, readKeyring(folder).body.wrappedPseudonymKey);
  try {
    return await runRights(
      job,
      {
        dataKey: keys.dataKey,
        pseudonymKey,
        clinicPublicKey: keys.clinicPublicKey,
        clinicPrivateKey: keys.clinicPair.privateKey,
      },
      context.progress,
    );
  } finally {
    zero(pseudonymKey);
  }
}

async function collected(context: VaultContext, pseudonym: string): Promise<Result<CollectedPerson>> {
  const answer = await withKeys(context, { type: 'collect', folder: context.vault.folder, pseudonym });
  if (answer === null) return noClinicKey();
  if (answer.type !== 'collected' || answer.person === null) return nobody();
  return ok(answer.person);
}

function heldOf(tables: readonly (readonly [table: string, rows: number])[]) {
  return tables.map(([table, rows]) => ({ table, title: tableWords(table).title, rows }));
}

/** Says who a pseudonym is and what is held on them. The look is audited, with its reason, before it is answered. */
export async function personHeld(
  context: VaultContext,
  { person, reason }: InputOf<'rights.person'>,
): Promise<Result<OutputOf<'rights.person'>>> {
  const found = await collected(context, person);
  if (!found.ok) return found;
  const { vault } = context;
  await vault.writeGate.run(() => vault.store.commit(event(context, 'rights.person', person, reason), () => undefined));
  const { tables, otherReferences, linkedRows } = found.value;
  const named = tables.find(({ table }) => table === 'sealed_identity')?.rows ?? [];
  return ok({
    person,
    identities: named.map((row) => ({
      reference: row['reference'] ?? '',
      name: row['name'] ?? '',
      collar: row['collar'] ?? '',
    })),
    held: heldOf(tables.map(({ table, rows }) => [table, rows.length])),
    otherReferences,
    linkedRows,
  });
}

/** Writes everything held on one person to a folder. */
export async function exportPerson(
  context: VaultContext,
  { person, reason, folder, marking }: InputOf<'rights.export'>,
): Promise<Result<OutputOf<'rights.export'>>> {
  const found = await collected(context, person);
  if (!found.ok) return found;
  const { vault } = context;
  // Recorded first: nothing leaves the vault without a record that it did.
  await vault.writeGate.run(() => vault.store.commit(event(context, 'rights.export', person, reason), () => undefined));
  const written = await writePerson(folder, found.value, {
    at: isoTime(context),
    by: vault.user,
    marking: marking ?? defaultMarking,
    synthetic: vault.synthetic,
  });
  if (!written.ok) return written;
  const held = heldOf(found.value.tables.map(({ table, rows }) => [table, rows.length]));
  return ok({ ...written.value, rows: held.reduce((sum, { rows }) => sum + rows, 0), held });
}

export function requestErasure(
  context: VaultContext,
  { person, reason }: InputOf<'rights.requestErasure'>,
): Promise<Result<OutputOf<'rights.requestErasure'>>> {
  const { vault } = context;
  return vault.writeGate.run(() => {
    if (!personSet(vault.store.connection, person)) return nobody();
    const filed = vault.store.commit(event(context, 'rights.request', person, reason), (transaction) =>
      fileRequest(transaction, context, { action: erasing, object: person, reason }),
    );
    return ok(filed);
  });
}

/** Erases the person of a request that somebody else agreed to. */
export function erasePersonAsAgreed(
  context: VaultContext,
  { request: id, confirm }: InputOf<'rights.erase'>,
): Promise<Result<OutputOf<'rights.erase'>>> {
  const { vault } = context;
  const { connection } = vault.store;
  return vault.writeGate.run(async () => {
    const agreed = agreedRequest(vault, connection, id, erasing);
    if (!agreed.ok) return agreed;
    const person = agreed.value.request.object;
    if (confirm.trim().toUpperCase() !== person) {
      return fail(
        'BAD_INPUT',
        'What was typed is not the pseudonym of the person to be erased.',
        'Nothing was changed. Type it exactly as it is shown.',
      );
    }
    const backups = backupCopies(connection, vault.folder);
    const answer = await withKeys(context, {
      type: 'erase',
      folder: vault.folder,
      pseudonym: person,
      approval: id,
      user: vault.user,
      at: isoTime(context),
      approvedBy: agreed.value.agreedBy,
    });
    if (answer === null) return noClinicKey();
    if (answer.type !== 'erased' || answer.removed === null) return nobody();
    const removed = heldOf(Object.entries(answer.removed));
    return ok({
      person,
      rows: removed.reduce((sum, { rows }) => sum + rows, 0),
      removed,
      backups,
      reports: listReportRecords(connection).length,
    });
  });
}

export function erasures({ vault }: VaultContext): OutputOf<'rights.erasures'> {
  const { connection } = vault.store;
  return {
    erasures: listErasures(connection).map(({ approvalId, erasedAt, erasedBy, removed }) => {
      const request = findApproval(connection, approvalId);
      return {
        person: request?.object ?? '',
        erasedAt,
        erasedBy,
        approvedBy: request?.decidedBy ?? null,
        rows: Object.values(removed).reduce((sum, rows) => sum + rows, 0),
      };
    }),
    backups: backupCopies(connection, vault.folder),
  };
}
