import { type FileHandle, open, stat } from 'node:fs/promises';
import { ExpectedError } from '#shared/domain/result.ts';

export type OpenFile = { readonly handle: FileHandle; readonly sizeBytes: number };

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function refusal(error: unknown): ExpectedError {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ExpectedError(
      'NO_SUCH_FILE',
      'There is no file at this place.',
      'Nothing was read. Check the name and the folder.',
    );
  }
  return new ExpectedError(
    'BAD_FILE',
    'The file cannot be opened for reading.',
    'Nothing was read. Check that you may read it and that no other program holds it.',
    { reason: code },
  );
}

/**
 * Opens an ordinary file for reading; the caller closes the handle.
 *
 * @throws ExpectedError NO_SUCH_FILE where there is none; BAD_FILE for a folder, a device, a pipe or an unreadable file;
 * TOO_LARGE above `limitBytes`.
 */
export async function openForReading(path: string, limitBytes: number): Promise<OpenFile> {
  // Looked at before it is opened: opening a pipe waits for a writer.
  const before = await stat(path).catch((error: unknown) => {
    throw refusal(error);
  });
  if (before.isDirectory()) {
    throw new ExpectedError('BAD_FILE', 'This is a folder, not a file.', 'Nothing was read. Choose one file in it.');
  }
  if (!before.isFile()) {
    throw new ExpectedError('BAD_FILE', 'This is not an ordinary file.', 'Nothing was read. Save the data to a file.');
  }
  if (before.size > limitBytes) throw tooLargeFile(limitBytes);
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw refusal(error);
  });
  return { handle, sizeBytes: before.size };
}

export function tooLargeFile(limitBytes: number): ExpectedError {
  return new ExpectedError(
    'TOO_LARGE',
    `The file is larger than ${limitBytes / 1024 ** 3} GiB.`,
    'Nothing was kept. Split it, for example by year, and import the parts.',
    { limitBytes },
  );
}
