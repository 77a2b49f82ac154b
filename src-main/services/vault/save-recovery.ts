import { existsSync } from 'node:fs';
import { parseRecoveryKey } from '#main/crypto/recovery-key.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

/** Writes recovery keys to a new file, readable by its owner only. Never over another file; nothing but keys. */
export function saveRecoveryKey(file: string, text: string): Result<{ readonly file: string }> {
  const keys = text.split('\n').filter((line) => line.trim() !== '');
  const sound = keys.every(
    (line) => parseRecoveryKey('vault-key', line) !== null || parseRecoveryKey('clinic-key', line) !== null,
  );
  if (keys.length === 0 || !sound) {
    return fail('BAD_INPUT', 'That is not a recovery key.', 'Nothing was written.');
  }
  if (existsSync(file)) {
    return fail('BAD_INPUT', 'There is already a file of that name.', 'Nothing was written. Choose another name.');
  }
  writeFileAtomically(file, `${keys.join('\n')}\n`);
  return ok({ file });
}
