import { parentPort } from 'node:worker_threads';
import { failureOf } from '../task-failure.ts';
import { PreviewDesk } from './answer-question.ts';
import type { PreviewMessage, PreviewReply, PreviewRequest } from './protocol.ts';

const desk = new PreviewDesk();
const cancelled = new Set<number>();

function reply(message: PreviewReply): void {
  parentPort?.postMessage(message);
}

async function answer(request: PreviewRequest): Promise<void> {
  const { id } = request;
  try {
    const watch = {
      tell: (bytesRead: number, bytesTotal: number) => reply({ id, bytesRead, bytesTotal }),
      cancelled: () => cancelled.has(id),
    };
    reply({ id, answer: await desk.answer(request, watch) });
  } catch (error) {
    reply({ id, failure: failureOf(error) });
  } finally {
    cancelled.delete(id);
  }
}

parentPort?.on('message', (message: PreviewMessage) => {
  if (message === 'close') void desk.close().finally(() => parentPort?.close());
  else if ('cancel' in message) cancelled.add(message.cancel);
  else void answer(message);
});
