import { basename, resolve } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { readTable } from '#main/files/read-table.ts';
import type { DataTable } from '#main/stats/data/table.ts';
import { prepareProcedure, runPrepared } from '#main/stats/procedures/run-procedure.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { sendFailure } from './task-failure.ts';

export type StatisticsTaskData = {
  readonly procedure: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** The data file; null where the procedure needs none. */
  readonly data: string | null;
  /** Turns the name of another file that the spec gives into a path. */
  readonly folder: string;
};

export type StatisticsMessage =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'result'; readonly text: string };

const noData: DataTable = { rows: 0, columns: new Map() };

function send(message: StatisticsMessage): void {
  parentPort?.postMessage(message);
}

async function run({ procedure, spec, data, folder }: StatisticsTaskData): Promise<void> {
  const prepared = await prepareProcedure(procedure, spec);
  if (data === null && prepared.columns.length > 0) {
    throw new ExpectedError('USAGE', `${procedure} needs --data F.csv.`, 'Nothing was computed.');
  }
  const progress = (done: number, total: number): void => send({ type: 'progress', done, total });
  const table =
    data === null || prepared.columns.length === 0
      ? noData
      : await readTable(data, { columns: prepared.columns, progress });
  const attachments: Record<string, DataTable> = {};
  const attachmentNames: Record<string, string> = {};
  for (const [key, file] of Object.entries(prepared.files)) {
    attachments[key] = await readTable(resolve(folder, file));
    attachmentNames[key] = basename(file);
  }
  const dataName = data === null ? '' : basename(data);
  const result = runPrepared(prepared, table, { dataName, attachments, attachmentNames });
  send({ type: 'result', text: JSON.stringify(result) });
}

run(workerData as StatisticsTaskData).catch((error: unknown) => sendFailure(parentPort, error));
