import { writeFormats } from '#main/workers/report/write-formats.ts';
import { reportFormats } from '#shared/contract/reports.ts';
import { longDocument } from './long-document.ts';
import { report } from './vault-for-bench.ts';

// Writes one long report in a process of its own. Arguments: pdf, docx, html or all; how often the sample is repeated.
const [form = 'pdf', repeats = '1'] = process.argv.slice(2);
const document = longDocument(Number(repeats));
const started = performance.now();
const bytes = await written();
const seconds = (performance.now() - started) / 1_000;
report({
  seconds,
  pages: form === 'pdf' || form === 'all' ? Buffer.from(bytes).toString('latin1').split('/Type /Page\n').length - 1 : 0,
  maxRssMiB: process.resourceUsage().maxRSS / 1_024,
});

/** On the threads beside the engine, as the app writes it. */
async function written(): Promise<Uint8Array> {
  const wanted = reportFormats.filter((format) => form === 'all' || format === form);
  const formats = await writeFormats(document, wanted, () => undefined, new AbortController().signal);
  return formats[0]?.bytes ?? new Uint8Array();
}
