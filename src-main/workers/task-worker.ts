import { type TransferListItem, Worker } from 'node:worker_threads';

/** The task files; each runs on a thread of its own. From a checkout they run as they are, once built by their names. */
const sources = {
  'import-reader': './import/reader-task.ts',
  'import-writer': './import/writer-task.ts',
  'import-undo': './import/undo-task.ts',
  'import-preview': './preview/preview-task.ts',
  backup: './backup/backup-task.ts',
  rights: './rights/rights-task.ts',
  analysis: './analysis-task.ts',
  statistics: './statistics-task.ts',
  references: './references/references-task.ts',
  suppression: './suppression-task.ts',
  rekey: './rekey/rekey-task.ts',
  'report-writing': './report/writing-task.ts',
} as const;

export type TaskName = keyof typeof sources;

/**
 * What an import works on lies outside the heap, so a small heap keeps its threads' memory flat. An analysis reads millions of
 * rows through the heap, a procedure of the statistics fills it as its model needs: both are left to the defaults.
 */
const importLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 192 } as const;

/** Writing a document leaves much behind that nobody looks at again; young objects in little room are cleared away sooner. */
const writingLimits = { maxYoungGenerationSizeMb: 32 } as const;

/** Starts a task's thread. `transfer` moves ports and buffers instead of copying them. */
export function startTask(name: TaskName, workerData: unknown, transfer: readonly TransferListItem[] = []): Worker {
  const here = import.meta.url;
  const url = here.endsWith('.ts') ? new URL(sources[name], here) : new URL(`./${name}.js`, here);
  return new Worker(url, {
    workerData,
    transferList: [...transfer],
    ...(name.startsWith('import-') ? { resourceLimits: importLimits } : {}),
    ...(name === 'report-writing' ? { resourceLimits: writingLimits } : {}),
    // Nothing that a thread prints may reach a terminal or a log.
    stdout: false,
    stderr: false,
  });
}

/**
 * A copy of a key in memory of its own, to be moved to a thread: what is cloned instead takes the whole pool that small
 * buffers lie in along, and leaves a copy behind that nobody clears.
 */
export function keyForThread(key: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(key);
}
