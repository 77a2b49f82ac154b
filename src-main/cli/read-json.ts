import { readFileSync, statSync } from 'node:fs';
import { ExpectedError } from '#shared/domain/result.ts';

const largestBytes = 4 * 1024 ** 2;

/** A JSON object from a file, with the place of the fault where it is none. */
export function readJsonObject(file: string, what: string): Record<string, unknown> {
  let text: string;
  try {
    if (statSync(file).size > largestBytes) {
      throw new ExpectedError('TOO_LARGE', `The ${what} is larger than 4 MiB.`, 'Nothing was done.');
    }
    text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(
      'NO_SUCH_FILE',
      `The ${what} cannot be read.`,
      'Nothing was done. Check the name and folder.',
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new ExpectedError(
      'BAD_SPEC',
      `The ${what} is not JSON: ${reason}.`,
      'Nothing was done. Correct it and try again.',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ExpectedError(
      'BAD_SPEC',
      `The ${what} is not a JSON object.`,
      'Nothing was done. Correct it and try again.',
    );
  }
  return value as Record<string, unknown>;
}
