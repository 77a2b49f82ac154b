import { readFileSync, statSync } from 'node:fs';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, usageError } from './arguments.ts';

const longestFile = 4_096;

/** A short text that may stand on no command line. */
export function readSecretFile(file: string, message: string, hint: string): string {
  try {
    if (statSync(file).size > longestFile) throw new Error('too long');
    return readFileSync(file, 'utf8');
  } catch {
    throw new ExpectedError('NO_SUCH_FILE', message, hint);
  }
}

/** A passphrase from a file: its text as it stands, without the line break that editors put at the end. */
export function readPassphrase(file: string): string {
  const hint = 'Nothing was done. Check --passphrase-file or TIDEMARK_PASSPHRASE_FILE.';
  return readSecretFile(file, 'The passphrase file cannot be read.', hint).replace(/\r?\n$/, '');
}

/** Who is calling; secrets never stand on a command line. */
export function credentials(args: Arguments): { readonly user: string; readonly passphrase: string } {
  const user = args.text('user') ?? process.env['TIDEMARK_USER'];
  const file = args.text('passphrase-file') ?? process.env['TIDEMARK_PASSPHRASE_FILE'];
  if (user === undefined || file === undefined) {
    throw usageError(
      'This command needs a user and a passphrase file.',
      'Nothing was done. Give --user NAME --passphrase-file F, or set TIDEMARK_USER and TIDEMARK_PASSPHRASE_FILE.',
    );
  }
  return { user, passphrase: readPassphrase(pathOf(file)) };
}
