import { basename } from 'node:path';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, requiredPath, word } from '../arguments.ts';
import { withEngine, withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { credentials, readSecretFile } from '../secrets.ts';

function headText({ sequence, hash }: { readonly sequence: number; readonly hash: string }): string {
  return `${sequence}:${hash}`;
}

const count = (value: number): string => value.toLocaleString('en-GB');

export function backup(args: Arguments): Promise<Answer> {
  const folder = word(args, 1, 'the folder of the vault');
  const file = requiredPath(args, 'to');
  const given = args.text('since');
  const since = given === undefined ? {} : { since: pathOf(given) };
  return withVault(args, folder, async ({ call }) => {
    const made = await call('vault.backup', { file, ...since });
    const head = headText(made.auditHead);
    return {
      json: { ...made, head },
      text: [
        `Backed up to ${made.file} and read it back in full: ${count(made.bytes)} bytes.`,
        ...(made.whole || given === undefined
          ? []
          : [`It holds what changed since ${basename(given)}, which must stay beside it.`]),
        ...(made.whole && given !== undefined ? ['More than half has changed since, so that it is a whole one.'] : []),
        `${made.whole ? 'It holds' : 'With it they hold'} ${count(made.holds.rows)} rows in ${made.holds.tables} tables, ${made.holds.batches} batches.`,
        `Audit log: head ${head}`,
        'It opens with any passphrase that opens the vault today, or the vault recovery key.',
      ],
    };
  });
}

/** The vault recovery key out of a file that may hold both keys. */
function recoveryKeyIn(file: string): string {
  const line = readSecretFile(file, 'The recovery file cannot be read.', 'Nothing was restored. Check --recovery-file.')
    .split('\n')
    .find((text) => text.trim().startsWith('vault-key'));
  if (line === undefined) {
    throw new ExpectedError(
      'BAD_INPUT',
      'There is no vault recovery key in that file.',
      'Nothing was restored. The key’s line begins with “vault-key”; the clinic key opens no backup.',
    );
  }
  return line.trim();
}

export function restore(args: Arguments): Promise<Answer> {
  const file = pathOf(word(args, 1, 'the backup file'));
  const folder = requiredPath(args, 'to');
  const recoveryFile = args.text('recovery-file');
  const secret =
    recoveryFile === undefined
      ? { ...credentials(args), recoveryKey: null }
      : { user: null, passphrase: null, recoveryKey: recoveryKeyIn(pathOf(recoveryFile)) };
  return withEngine(async ({ call }) => {
    const restored = await call('vault.restore', { file, folder, ...secret });
    const head = headText(restored.auditHead);
    return {
      json: { ...restored, backupHead: headText(restored.backupHead), head },
      text: [
        `Restored the vault ${restored.vault} into ${restored.folder}, as it was on ${restored.madeAt}.`,
        `It holds ${count(restored.holds.rows)} rows in ${restored.holds.tables} tables, ${restored.holds.batches} batches: all that was backed up.`,
        `Audit log: head ${headText(restored.backupHead)} when it was backed up, now ${head}`,
        `Users of that time: ${restored.users.join(', ')}`,
      ],
    };
  });
}
