import { sha256Hex } from '#main/report/manifest.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { csvText, inertText } from '../csv-text.ts';
import { permissionInForce } from './permissions.ts';
import { type Cell, type PersonRows, personRows } from './person-rows.ts';
import { freePlace, writeWithManifest } from './written-file.ts';

export { exportPermissions, ownPermission, permitExports, withdrawPermission } from './permissions.ts';
export { exportSessionPlan } from './session-plan.ts';

/** Each row carries the marking: a file of rows is cut and joined with others. */
function marked({ header, rows }: PersonRows): PersonRows['rows'] {
  return [[...header, 'marking'], ...rows.map((row) => [...row, defaultMarking])];
}

function tabCell(cell: Cell): string {
  return typeof cell === 'string' ? inertText(cell.replaceAll(/[\t\r\n]+/g, ' ')) : String(cell ?? '');
}

/** As a spreadsheet takes it from the clipboard. */
function tabText(rows: PersonRows['rows']): string {
  return rows.map((row) => row.map(tabCell).join('\t')).join('\n');
}

function notPermitted(): Result<never> {
  return fail(
    'FORBIDDEN',
    'You may look at rows of single people, and not take them out of the vault.',
    'Nothing was copied or written. An administrator can allow it until a day, in Administration.',
  );
}

/** Takes rows of single people out. What goes, and why, is in the audit log before it has gone. */
export async function exportPersonRows(
  context: VaultContext,
  { of, reason, file }: InputOf<'exports.personRows'>,
): Promise<Result<OutputOf<'exports.personRows'>>> {
  const permission = permissionInForce(context);
  if (permission === null) return notPermitted();
  const place = file === null ? null : freePlace(file);
  if (place?.ok === false) return place;
  const target = place?.value.target ?? null;
  const made = await personRows(context, of);
  if (!made.ok) return made;
  const [header = [], ...rows] = marked(made.value);
  const text = target === null ? tabText([header, ...rows]) : csvText(header.map(String), rows);
  const sha256 = sha256Hex(text);
  const { vault } = context;
  const details = {
    what: of.what,
    rows: rows.length,
    to: target === null ? 'copied' : 'file',
    permission: permission.id,
    sha256,
  };
  const object = of.what === 'timeline' ? `person ${of.person}` : 'people';
  const event = { ...doneEvent(context, 'export.personRows', object, details), reason };
  const head = await vault.writeGate.run(() => {
    // It may have been withdrawn while the rows were made.
    if (permissionInForce(context) === null) return null;
    vault.store.commit(event, () => undefined);
    return vault.store.auditHead();
  });
  if (head === null) return notPermitted();
  if (place !== null) {
    writeWithManifest(place.value, text, {
      marking: defaultMarking,
      madeAt: isoTime(context),
      madeBy: vault.user,
      permission: {
        id: permission.id,
        until: permission.until,
        askedBy: permission.askedBy,
        agreedBy: permission.agreedBy,
      },
      reason,
      auditHead: `${head.sequence}:${head.hash}`,
      rows: rows.length,
      sha256,
      made: made.value.made,
    });
  }
  return ok({ rows: rows.length, file: target, sha256, text: target === null ? text : null });
}
