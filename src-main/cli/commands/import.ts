import type { ImportResult } from '#shared/contract/imports.ts';
import { type Mapping, mappingSchema } from '#shared/contract/mapping.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';

function readMapping(args: Arguments): Mapping | null {
  const file = args.text('mapping');
  if (file === undefined) return null;
  const parsed = mappingSchema.safeParse(readJsonObject(pathOf(file), 'mapping'));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ExpectedError(
    'BAD_SPEC',
    `The mapping cannot be used: “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? 'it cannot be read'}.`,
    'Nothing was loaded. Correct it, or start from `import DIR --file F --propose`.',
  );
}

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
    const look = await call('imports.look', { file });
    const { kind, mapping, confidence, reasons, columns, rows } = look;
    return {
      json: {
        kind,
        mapping,
        confidence,
        reasons,
        preview: { encoding: look.encoding, delimiter: look.delimiter, header: look.header, columns, rows },
      },
      text: [
        kind === null
          ? 'No known extract was recognised.'
          : `Looks like the ${kind} extract (confidence ${confidence}).`,
        ...reasons,
        ...(mapping === null ? [] : Object.entries(mapping.columns).map(([name, header]) => `  ${name} ← ${header}`)),
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

export function importCommand(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const batch = args.text('undo');
  if (batch !== undefined) return undo(args, folder, batch);
  if (args.flag('propose')) return propose(args, folder);
  const kind = args.text('kind');
  if (kind === undefined) throw usageError('import needs --kind, --propose or --undo.');
  const file = requiredPath(args, 'file');
  const mapping = readMapping(args);
  const rejects = args.text('rejects');
  return withVault(args, folder, async ({ call }) => {
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
    return { json: loaded, text: summary(loaded) };
  });
}
