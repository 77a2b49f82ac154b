import { parentPort, workerData } from 'node:worker_threads';
import type { CountSystem, SystemRules } from '#main/disclosure/count-system.ts';
import { countTable } from '#main/disclosure/count-table.ts';
import type { EarlierRelease } from '#main/disclosure/earlier-release.ts';
import { type SuppressedCrossTable, suppressCrossTable } from '#main/disclosure/suppress-cross-table.ts';
import { type SystemDecision, suppressSystem } from '#main/disclosure/suppress-system.ts';
import { readTable } from '#main/files/read-table.ts';
import { ExpectedError, type Result } from '#shared/domain/result.ts';
import { sendFailure } from './task-failure.ts';

/** A file of counts or of people, or a system of counts that somebody else made. */
export type SuppressionTask =
  | {
      readonly kind: 'file';
      readonly data: string;
      readonly rows: readonly string[];
      readonly columns: readonly string[];
      readonly count: string | null;
      readonly rules: SystemRules;
      readonly earlier: readonly EarlierRelease[];
    }
  | { readonly kind: 'system'; readonly system: CountSystem; readonly rules: SystemRules };

export type SuppressionMessage =
  | { readonly type: 'table'; readonly table: SuppressedCrossTable }
  | { readonly type: 'decision'; readonly decision: SystemDecision };

function settled<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message, hint, params } = result.error;
  throw new ExpectedError(code, message, hint, params);
}

/** The column that counts by custom, where the spec names none and the file has it. */
const customaryCount = 'count';

async function run(task: SuppressionTask): Promise<SuppressionMessage> {
  if (task.kind === 'system') {
    return { type: 'decision', decision: settled(await suppressSystem(task.system, task.rules)) };
  }
  const labels = [...task.rows, ...task.columns];
  const count = task.count ?? (labels.includes(customaryCount) ? null : customaryCount);
  const data = await readTable(task.data, { columns: count === null ? labels : [...labels, count], labels });
  const used = task.count === null && count !== null && !data.columns.has(count) ? null : count;
  const table = countTable(data, { rows: task.rows, columns: task.columns, count: used });
  return { type: 'table', table: settled(await suppressCrossTable(table, task.rules, task.earlier)) };
}

run(workerData as SuppressionTask)
  .then((message) => parentPort?.postMessage(message))
  .catch((error: unknown) => sendFailure(parentPort, error));
