import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf, requiredPath, usageError, word } from '../arguments.ts';
import { withEngine, withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { credentials, readPassphrase } from '../secrets.ts';
import { backup, restore } from './backup.ts';
import { recover, rekey } from './vault-keys.ts';
import { rolesOf, users } from './vault-users.ts';

/** The keys are shown once, so it must be sure that they can be written before there is a vault that needs them. */
function refuseRecoveryFile(file: string): void {
  if (existsSync(file)) {
    throw new ExpectedError(
      'BAD_INPUT',
      'There is already a file where the recovery keys should go.',
      'Nothing was created. Name a new file: recovery keys are never written over another file.',
    );
  }
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new ExpectedError(
      'NO_SUCH_FILE',
      'The recovery keys cannot be written there: the folder is missing or write-protected.',
      'Nothing was created. Name a file in a folder that you may write to.',
    );
  }
}

async function create(args: Arguments): Promise<Answer> {
  const folder = pathOf(word(args, 1, 'the folder of the new vault'));
  const recoveryFile = requiredPath(args, 'recovery-file');
  const wanted = rolesOf(args);
  const { user, passphrase } = credentials(args);
  refuseRecoveryFile(recoveryFile);
  return withEngine(async ({ call }) => {
    const { session, recovery } = await call('vault.create', { folder, user, roles: wanted, passphrase });
    await call('vault.saveRecovery', { file: recoveryFile, text: `${recovery.vaultKey}\n${recovery.clinicKey}` });
    return {
      json: { vault: folder, id: session.vault.id, user, roles: session.roles, recoveryFile },
      text: [
        `Created the vault ${session.vault.id} in ${folder}.`,
        `${user} is ${session.roles.join(' and ')}.`,
        `The two recovery keys are in ${recoveryFile}: part them, give them to different people, and delete the file.`,
      ],
    };
  });
}

function check(args: Arguments): Promise<Answer> {
  const folder = word(args, 1, 'the folder of the vault');
  return withVault(args, folder, async ({ call }) => {
    const checked = await call('vault.check', { head: args.text('head') ?? null });
    const head = `${checked.auditHead.sequence}:${checked.auditHead.hash}`;
    return {
      json: { ok: true, ...checked, head },
      text: [
        'The vault is sound.',
        `${checked.pages.toLocaleString('en-GB')} pages, ${checked.rows.toLocaleString('en-GB')} rows in ${checked.tables} tables, ${checked.batches} batches.`,
        `Audit log: ${checked.auditEvents} events, head ${head}`,
      ],
    };
  });
}

function changePassphrase(args: Arguments): Promise<Answer> {
  const folder = word(args, 1, 'the folder of the vault');
  const newPassphrase = readPassphrase(requiredPath(args, 'new-passphrase-file'));
  const { passphrase } = credentials(args);
  return withVault(args, folder, async ({ call }) => {
    await call('vault.changePassphrase', { passphrase, newPassphrase });
    return { json: { changed: true }, text: ['The passphrase was changed. No data was re-encrypted.'] };
  });
}

export function vault(args: Arguments): Promise<Answer> {
  const action = word(args, 0, 'create, users, passwd, recover, rekey, check, backup or restore');
  switch (action) {
    case 'create':
      return create(args);
    case 'check':
      return check(args);
    case 'users':
      return users(args);
    case 'passwd':
      return changePassphrase(args);
    case 'backup':
      return backup(args);
    case 'restore':
      return restore(args);
    case 'recover':
      return recover(args);
    case 'rekey':
      return rekey(args);
    default:
      throw usageError(`There is no “vault ${action}”.`);
  }
}
