import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '#main/files/read-table.ts';
import type { DataTable } from '#main/stats/data/table.ts';
import { type ProcedureResult, prepareProcedure, runPrepared } from '#main/stats/procedures/run-procedure.ts';

export type Inputs = {
  readonly procedure: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Text of the data file; null where the procedure reads none. */
  readonly data: string | null;
  /** Text of other files that the spec names. */
  readonly files?: Readonly<Record<string, string>>;
};

export const dataName = 'data.csv';

/** Runs a procedure as `tidemark stats` does, from text: files are written, read and removed. */
export async function runProcedure(inputs: Inputs): Promise<ProcedureResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-statistics-'));
  try {
    const prepared = await prepareProcedure(inputs.procedure, inputs.spec);
    const table = inputs.data === null ? none : await readText(folder, dataName, inputs.data);
    const attachments: Record<string, DataTable> = {};
    const attachmentNames: Record<string, string> = {};
    for (const [key, name] of Object.entries(prepared.files)) {
      attachments[key] = await readText(folder, name, inputs.files?.[name] ?? '');
      attachmentNames[key] = name;
    }
    return runPrepared(prepared, table, { dataName, attachments, attachmentNames });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const none: DataTable = { rows: 0, columns: new Map() };

async function readText(folder: string, name: string, text: string): Promise<DataTable> {
  const file = join(folder, name);
  writeFileSync(file, text);
  return readTable(file);
}

/** Columns as the text of a CSV; null is missing. */
export function csvOf(columns: Readonly<Record<string, readonly (number | string | null)[]>>): string {
  const names = Object.keys(columns);
  const rows = columns[names[0] as string]?.length ?? 0;
  const lines = [names.join(',')];
  for (let row = 0; row < rows; row += 1) lines.push(names.map((name) => columns[name]?.[row] ?? '').join(','));
  return `${lines.join('\n')}\n`;
}
