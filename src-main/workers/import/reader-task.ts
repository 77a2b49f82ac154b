import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { newSealer } from '#main/crypto/seal.ts';
import { zero } from '#main/crypto/secret-bytes.ts';
import { openRows } from '#main/files/open-rows.ts';
import { layoutOf, shapeOf } from '#main/store/extract-layout.ts';
import { sortChunk } from '#main/store/row-chunk.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { sendFailure } from '../task-failure.ts';
import { CodeBook } from './code-book.ts';
import type { ReaderChunk, ReaderData, ReaderMessage } from './protocol.ts';
import { RowChecker } from './row-checker.ts';

const chunkRows = 16_384;
/** Chunks on their way to the writer at any time: keeps memory flat when writing is slower than reading. */
const chunksAhead = 2;

const data = workerData as ReaderData;

/** Lets `chunksAhead` chunks be under way and waits for the writer to take one before sending the next. */
function createSender(port: MessagePort) {
  let underWay = 0;
  let wake: (() => void) | null = null;
  let gone = false;
  port.on('message', () => {
    underWay -= 1;
    wake?.();
  });
  // The writer has left: nobody will take another chunk.
  port.on('close', () => {
    gone = true;
    wake?.();
  });
  return async (message: ReaderMessage, transfer: readonly ArrayBuffer[]): Promise<void> => {
    while (underWay >= chunksAhead && !gone) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (gone) throw new ExpectedError('CANCELLED', 'The import was stopped.', 'Nothing of the file was kept.');
    underWay += 1;
    port.postMessage(message, [...transfer]);
  };
}

function cancelled(): boolean {
  return Atomics.load(data.cancelFlag, 0) === 1;
}

function isCancel(error: unknown): boolean {
  return error instanceof ExpectedError && error.error.code === 'CANCELLED';
}

async function run(): Promise<void> {
  const { job } = data;
  const shape = shapeOf(layoutOf(job.kind));
  const send = createSender(data.toWriter);
  const sealer = newSealer(data.clinicPublicKey);
  const codeBook = new CodeBook(data.known);
  const rows = await openRows(job.file, job.mapping);
  try {
    const checker = new RowChecker({
      kind: job.kind,
      mapping: job.mapping,
      header: rows.header,
      codeBook,
      pseudonymKey: data.pseudonymKey,
      sealer,
      known: data.known,
      chunkRows,
      thisYear: Number(job.at.slice(0, 4)),
    });
    let bytesRead = 0;
    const sendChunk = async (): Promise<void> => {
      const { count, numbers, text } = sortChunk(shape, checker.builder.take());
      const { side } = checker;
      const message: ReaderChunk = {
        type: 'chunk',
        count,
        numbers,
        text,
        ...codeBook.takeNew(),
        identities: side.identities,
        answers: side.answers,
        safety: side.safety,
        rejects: side.rejects,
        notes: side.notes,
        sealedRejects: side.rejectedFields.length === 0 ? [] : [sealRejects(side.rejectedFields)],
        bytesRead,
        bytesTotal: rows.sizeBytes,
        rowsRead: checker.read,
      };
      side.identities = [];
      side.answers = [];
      side.safety = [];
      side.rejects = [];
      side.notes = [];
      side.rejectedFields = [];
      await send(message, [numbers.buffer as ArrayBuffer]);
    };
    const sealRejects = (rejected: readonly { readonly row: number; readonly fields: readonly string[] }[]): Buffer =>
      sealer.seal(Buffer.from(JSON.stringify(rejected), 'utf8'), 'tidemark rejected rows');

    try {
      for await (const batch of rows.batches()) {
        if (cancelled())
          throw new ExpectedError('CANCELLED', 'The import was cancelled.', 'Nothing of the file was kept.');
        bytesRead = batch.bytesRead;
        let row = 0;
        while (row < batch.rowCount) {
          row = checker.check(batch, row);
          if (checker.builder.full || checker.side.rejectedFields.length >= chunkRows) await sendChunk();
        }
      }
    } catch (error) {
      // Of a file that is held back even what stands before the place where it breaks off counts.
      if (job.watched?.hold && error instanceof ExpectedError && !isCancel(error)) await sendChunk();
      throw error;
    }
    await sendChunk();
    await send(
      {
        type: 'end',
        read: checker.read,
        rejected: checker.rejected,
        fileHash: rows.sha256 ?? '',
        fileBytes: rows.sizeBytes,
        warnings: [...checker.warnings],
      },
      [],
    );
  } finally {
    await rows.close();
    sealer.close();
    zero(data.pseudonymKey);
  }
}

run()
  .catch((error: unknown) => {
    // First the reason, so that it arrives before the writer has left for want of rows.
    sendFailure(parentPort, error);
    data.toWriter.postMessage({ type: 'failed', cancelled: isCancel(error) } satisfies ReaderMessage);
  })
  .finally(() => {
    data.toWriter.close();
  });
