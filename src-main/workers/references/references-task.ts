import { parentPort, workerData } from 'node:worker_threads';
import { findDuplicates } from '#main/analysis/evidence/duplicates/find-duplicates.ts';
import { openRows } from '#main/files/open-rows.ts';
import { sendFailure } from '../task-failure.ts';
import type { ReferencesMessage, ReferencesTask } from './protocol.ts';
import { readReferences } from './read-references.ts';

function send(message: ReferencesMessage): void {
  parentPort?.postMessage(message);
}

async function run({ file, shape, columns, held }: ReferencesTask): Promise<void> {
  const rows = await openRows(file, shape);
  const { sizeBytes } = rows;
  const references = await readReferences(rows, columns, (bytesRead) =>
    send({ type: 'progress', bytesRead, sizeBytes }),
  );
  const fresh = references.map((reference) => ({ ...reference, id: -reference.row }));
  const pairs = findDuplicates([...held, ...fresh]);
  send({ type: 'done', sha256: rows.sha256 ?? '', references, pairs });
}

run(workerData as ReferencesTask).catch((error: unknown) => sendFailure(parentPort, error));
