import { readFileSync, statSync } from 'node:fs';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, requiredPath, usageError, word } from '../arguments.ts';
import { withEngine, withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readPassphrase } from '../secrets.ts';
import { dueLines } from './vault-users.ts';

const longestRecoveryFile = 1_024;

function readRecoveryKeys(file: string): string {
  try {
    if (statSync(file).size > longestRecoveryFile) throw new Error('too long');
    return readFileSync(file, 'utf8');
  } catch {
    throw new ExpectedError(
      'NO_SUCH_FILE',
      'The file with the recovery keys cannot be read.',
      'Nothing was done. Check --recovery-file.',
    );
  }
}

/** Lets a user in with the recovery keys of a file: one or both, as `vault create` wrote them. */
export function recover(args: Arguments): Promise<Answer> {
  const folder = pathOf(word(args, 1, 'the folder of the vault'));
  const user = args.text('user') ?? process.env['TIDEMARK_USER'];
  if (user === undefined) throw usageError('vault recover needs --user, the user to let in.');
  const keys = readRecoveryKeys(requiredPath(args, 'recovery-file'));
  const newPassphrase = readPassphrase(requiredPath(args, 'new-passphrase-file'));
  const present = args.text('passphrase-file');
  const passphrase = present === undefined ? {} : { passphrase: readPassphrase(pathOf(present)) };
  return withEngine(async ({ call }) => {
    const recovered = await call('vault.recover', { folder, keys, user, newPassphrase, ...passphrase });
    const held = recovered.roles.length === 0 ? 'no role yet' : recovered.roles.join(', ');
    return {
      json: recovered,
      text: [
        recovered.made ? `Added ${user}: ${held}.` : `${user} can unlock the vault with the new passphrase: ${held}.`,
        ...(recovered.pendingRoles.length > 0
          ? ['The clinician’s role is pending: a clinician, or the clinic recovery key, grants it.']
          : []),
      ],
    };
  });
}

/** A new data key for every page and, asked by a clinician, a new clinic key for what is sealed. */
export function rekey(args: Arguments): Promise<Answer> {
  return withVault(args, word(args, 1, 'the folder of the vault'), async ({ call }) => {
    const rekeyed = await call('vault.rekey', {});
    const { pages, resealed, clinicKey, rekeyDue } = rekeyed;
    return {
      json: rekeyed,
      text: [
        `Encrypted ${pages.toLocaleString('en-GB')} pages under a new data key. Passphrases and recovery keys stay what they were.`,
        clinicKey === 'changed'
          ? `Made a new clinic key and sealed ${resealed.toLocaleString('en-GB')} entries to it.`
          : 'The clinic key stays: only a clinician can change it.',
        ...dueLines(rekeyDue),
      ],
    };
  });
}
