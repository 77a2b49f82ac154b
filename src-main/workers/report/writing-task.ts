import { parentPort } from 'node:worker_threads';
import type { ReportFormat } from '#shared/contract/reports.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { sendFailure } from '../task-failure.ts';
import type { WritingMessage, WritingRequest } from './protocol.ts';

// Each thread writes some of the formats only, and their libraries are large.
const writers: Readonly<Record<ReportFormat, (document: ReportDocument) => Promise<Uint8Array>>> = {
  pdf: async (document) => (await import('#main/report/write-pdf.ts')).writePdf(document),
  docx: async (document) => (await import('#main/report/write-docx.ts')).writeDocx(document),
  html: async (document) => Buffer.from((await import('#main/report/write-html.ts')).writeHtml(document), 'utf8'),
};

async function write({ format, document }: WritingRequest): Promise<void> {
  const bytes = new Uint8Array(await writers[format](document));
  const message: WritingMessage = { type: 'written', bytes };
  parentPort?.postMessage(message, [bytes.buffer]);
}

parentPort?.on('message', (request: WritingRequest) => {
  write(request).catch((error: unknown) => sendFailure(parentPort, error));
});
