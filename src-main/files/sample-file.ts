import { formatOf } from './file-format.ts';
import type { FileSample } from './file-sample.ts';
import { sampleReferences } from './references/sample-references.ts';
import { sampleText, type TextKnown } from './sample-text.ts';
import { sampleWorkbook } from './xlsx/sample-workbook.ts';

/**
 * A sample of a file of any format that can be read, without reading it whole.
 *
 * @throws ExpectedError as `formatOf` and the sampler of the file's format do
 */
export async function sampleFile(
  path: string,
  options: TextKnown & { readonly sheet?: string | undefined } = {},
): Promise<FileSample> {
  const format = await formatOf(path);
  if (format === 'xlsx') return sampleWorkbook(path, options.sheet);
  return format === 'csv' ? sampleText(path, options) : sampleReferences(path, format);
}
