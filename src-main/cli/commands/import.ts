import { basename } from 'node:path';
import type { ImportResult } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, requiredPath, usageError, word } from '../arguments.ts';
import { type Caller, withVault } from '../engine-session.ts';
import { type Answer, say } from '../output.ts';
import { readMapping } from '../read-mapping.ts';

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function summary(result: ImportResult): string[] {
  const { read, accepted, superseded, rejected, duplicate } = result.rows;
  const head = result.batch === null ? 'Checked, nothing was loaded.' : `Loaded as batch ${result.batch}.`;
  const lines = [
    head,
    `${number(read)} rows read: ${number(accepted)} accepted (${number(superseded)} of them supersede), ${number(rejected)} rejected, ${number(duplicate)} duplicates.`,
  ];
  for (const { column, code, count, message } of result.rejectsByCode) {
    lines.push(`  ${number(count)} × ${column === '' ? 'row' : column} ${code}: ${message}`);
  }
  for (const warning of result.warnings) lines.push(`  Note: ${warning.message}`);
  return lines;
}

function propose(args: Arguments, folder: string): Promise<Answer> {
  const file = requiredPath(args, 'file');
  return withVault(args, folder, async ({ call }) => {
    const sheet = args.text('sheet');
    const look = await call('imports.look', sheet === undefined ? { file } : { file, sheet });
    const { kind, mapping, confidence, reasons, columnReasons, valueProposals, alternatives, recognised, warnings } =
      look;
    const { format, encoding, delimiter, header, rowsAbove, headerRows, columns, rows, sheets } = look;
    return {
      json: {
        kind,
        mapping,
        confidence,
        reasons,
        columnReasons,
        valueProposals,
        alternatives,
        recognised,
        warnings,
        preview: {
          format,
          encoding,
          delimiter,
          header,
          rowsAbove,
          headerRows,
          sheets,
          sheet: look.sheet,
          columns,
          rows,
        },
      },
      text: [
        kind === null
          ? 'No known extract was recognised.'
          : `Looks like the ${kind} extract (confidence ${confidence}).`,
        ...reasons,
        ...columnReasons.map(({ column, from, reason }) => `  ${column} ← ${from}: ${reason}`),
        ...alternatives.map((other) => `Could also be ${other.kind ?? ''} (confidence ${other.confidence}).`),
      ],
    };
  });
}

function undo(args: Arguments, folder: string, batch: string): Promise<Answer> {
  if (!/^\d{1,15}$/.test(batch) || Number(batch) < 1) throw usageError('--undo takes the number of a batch.');
  return withVault(args, folder, async ({ call }) => {
    const undone = await call('imports.undo', { batch: Number(batch) });
    return {
      json: undone,
      text: [
        `Took batch ${undone.batch} out again: ${number(undone.removed)} rows removed, ${number(undone.restored)} earlier ones restored.`,
      ],
    };
  });
}

type Asked = { readonly kind: string; readonly mapping: Mapping | null };

/** The kind and mapping that the line names: by themselves, in a file, or saved under a name. */
async function askedOf(args: Arguments, given: Mapping | null, { call }: Caller): Promise<Asked> {
  const name = args.text('mapping-name');
  const kind = args.text('kind') ?? given?.kind;
  if (name === undefined) {
    if (kind === undefined) throw usageError('import needs --kind, --mapping, --mapping-name, --propose or --undo.');
    return { kind, mapping: given };
  }
  const file = requiredPath(args, 'file');
  const { mappings } = await call('mappings.list', {});
  const saved = mappings.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (!saved) {
    throw new ExpectedError(
      'NOT_FOUND',
      `There is no saved mapping “${name}”.`,
      'Nothing was loaded. `tidemark mappings DIR` lists them.',
    );
  }
  const look = await call('imports.look', { file });
  const own = look.recognised?.name === saved.name ? look.mapping : null;
  return { kind: saved.kind, mapping: own ?? saved.mapping };
}

/** Keeps a mapping that has a name and has just loaded a file, so that it recognises the next one. */
async function saveLoaded(mapping: Mapping | null, file: string, result: ImportResult, { call }: Caller) {
  if (mapping?.name === undefined || result.rows.read === result.rows.rejected) return null;
  const saved = await call('mappings.save', { name: mapping.name, mapping, fileName: basename(file) });
  const { name, version, filePattern } = saved;
  if (saved.saved) say(`Saved the mapping “${name}”, version ${version}, for files named ${filePattern}.`);
  return { name, version };
}

export function importCommand(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const batch = args.text('undo');
  if (batch !== undefined) return undo(args, folder, batch);
  if (args.flag('propose')) return propose(args, folder);
  if (args.text('mapping') !== undefined && args.text('mapping-name') !== undefined) {
    throw usageError('import takes --mapping or --mapping-name, not both.');
  }
  const named = args.text('kind') ?? args.text('mapping') ?? args.text('mapping-name');
  if (named === undefined) throw usageError('import needs --kind, --mapping, --mapping-name, --propose or --undo.');
  const file = requiredPath(args, 'file');
  const given = args.text('mapping') === undefined ? null : readMapping(requiredPath(args, 'mapping'));
  const rejects = args.text('rejects');
  return withVault(args, folder, async (caller) => {
    const { call } = caller;
    const { kind, mapping } = await askedOf(args, given, caller);
    const rejectsFile = rejects === undefined ? undefined : pathOf(rejects);
    if (args.flag('dry-run')) {
      const more = rejectsFile === undefined ? {} : { rejectsFile };
      const checked = await call('imports.check', { file, kind, mapping, ...more });
      return { json: checked, text: summary(checked) };
    }
    const loaded = await call('imports.load', { file, kind, mapping });
    if (rejectsFile !== undefined && loaded.batch !== null) {
      await call('imports.saveRejects', { batch: loaded.batch, file: rejectsFile });
    }
    const saved = await saveLoaded(given, file, loaded, caller);
    return { json: saved === null ? loaded : { ...loaded, mapping: saved }, text: summary(loaded) };
  });
}
