import { writeDocx } from '#main/report/write-docx.ts';
import { writeHtml } from '#main/report/write-html.ts';
import { writePdf } from '#main/report/write-pdf.ts';
import { longDocument } from './long-document.ts';
import { report } from './vault-for-bench.ts';

// Writes one long report in a process of its own. Arguments: pdf, docx or html; how often the sample is repeated.
const [form = 'pdf', repeats = '1'] = process.argv.slice(2);
const document = longDocument(Number(repeats));
const started = performance.now();
const bytes =
  form === 'pdf'
    ? await writePdf(document)
    : form === 'docx'
      ? await writeDocx(document)
      : Buffer.from(writeHtml(document), 'utf8');
const seconds = (performance.now() - started) / 1_000;
report({
  seconds,
  pages: form === 'pdf' ? Buffer.from(bytes).toString('latin1').split('/Type /Page\n').length - 1 : 0,
  maxRssMiB: process.resourceUsage().maxRSS / 1_024,
});
