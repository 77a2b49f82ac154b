import type { FileSample } from './file-sample.ts';
import { sampleText } from './sample-text.ts';

/**
 * A sample of a file of any format that can be read, without reading it whole.
 *
 * @throws ExpectedError as the sampler of the file's format does
 */
export function sampleFile(path: string, _options: { readonly sheet?: string } = {}): Promise<FileSample> {
  return sampleText(path);
}
