import { describe, expect, it } from 'vitest';
import { writeDocx } from '#main/report/write-docx.ts';
import { writeHtml } from '#main/report/write-html.ts';
import { writePdf } from '#main/report/write-pdf.ts';
import { writeFormats } from '#main/workers/report/write-formats.ts';
import { type ReportFormat, reportFormats } from '#shared/contract/reports.ts';
import { sampleDocument } from '../report/sample-document.ts';

// A text, a callout, key figures and a chart: enough of everything that could come out otherwise on another thread.
const document = { ...sampleDocument, sections: sampleDocument.sections.slice(0, 2) };
const never = new AbortController().signal;
const unheard = (): void => undefined;

describe('writeFormats', () => {
  it('writes the bytes that the writers give on this thread, in the order of the formats, and tells of each', async () => {
    const heard: ReportFormat[] = [];
    const written = await writeFormats(document, reportFormats, (format) => void heard.push(format), never);
    expect(written.map(({ format }) => format)).toEqual(['pdf', 'docx', 'html']);
    expect([...heard].sort()).toEqual(['docx', 'html', 'pdf']);
    const here = [await writePdf(document), await writeDocx(document), Buffer.from(writeHtml(document), 'utf8')];
    for (const [at, { format, bytes }] of written.entries()) expect(Buffer.compare(bytes, here[at]!), format).toBe(0);
  });

  it('stops what is cancelled, and goes on with what others asked, before it and after it', async () => {
    const stop = new AbortController();
    const before = writeFormats(document, ['html'], unheard, never);
    const cancelled = writeFormats(document, ['html', 'pdf', 'docx'], unheard, stop.signal);
    const after = writeFormats(document, ['html'], unheard, never);
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ error: { code: 'CANCELLED' } });
    const [[first], [last]] = [await before, await after];
    expect(Buffer.compare(first!.bytes, last!.bytes)).toBe(0);
    const midway = new AbortController();
    const begun = writeFormats(document, ['html', 'pdf'], () => midway.abort(), midway.signal);
    await expect(begun).rejects.toMatchObject({ error: { code: 'CANCELLED' } });
    expect((await writeFormats(document, ['html'], unheard, never))[0]!.bytes).toEqual(last!.bytes);
  });

  it('stops the other formats where one fails, and says why', async () => {
    const broken = { ...document, sections: [{ id: 'none', heading: 'None', blocks: [{ kind: 'unheard-of' }] }] };
    await expect(writeFormats(broken as never, ['html', 'docx'], unheard, never)).rejects.toThrow();
    expect((await writeFormats(document, ['html'], unheard, never))[0]!.bytes.length).toBeGreaterThan(1_000);
  });
});
