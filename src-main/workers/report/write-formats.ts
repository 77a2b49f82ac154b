import type { ReportFormat } from '#shared/contract/reports.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { WritingThread } from './writing-thread.ts';

// The Word file takes about as long as the other two together.
const [one, other] = [new WritingThread(), new WritingThread()];
const threadOf: Readonly<Record<ReportFormat, WritingThread>> = { pdf: one, html: one, docx: other };

type WrittenDocument = { readonly format: ReportFormat; readonly bytes: Uint8Array };

/**
 * Writes a document in several formats on two threads of their own, so that whoever asks can answer others meanwhile. The same
 * document gives the same bytes as on any thread.
 *
 * @param written hears of each format that is done, in the order in which they are
 * @returns in the order of the formats
 * @throws ExpectedError CANCELLED; TOO_LARGE where a thread has not the memory
 */
export async function writeFormats(
  document: ReportDocument,
  formats: readonly ReportFormat[],
  written: (format: ReportFormat) => void,
  signal: AbortSignal,
): Promise<readonly WrittenDocument[]> {
  // Where one fails the others are of no use to anybody.
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const writing = formats.map(async (format) => {
    const bytes = await threadOf[format].write(format, document, either);
    written(format);
    return { format, bytes };
  });
  try {
    return await Promise.all(writing);
  } catch (error) {
    failed.abort();
    throw error;
  }
}
