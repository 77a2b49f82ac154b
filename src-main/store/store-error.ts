import { ExpectedError } from '#shared/domain/result.ts';

function sqliteCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Classifies what SQLite and the file system say into the codes that a person can act on; anything else stays a defect. */
export function storeError(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new ExpectedError(
      'CORRUPT',
      'The store is damaged, or is not the one this keyring belongs to.',
      'Nothing was changed. Keep this folder as it is and restore the vault from its latest backup into a new folder.',
    );
  }
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') {
    return new ExpectedError(
      'DISK_FULL',
      'The disk is full.',
      'The work in hand was taken back; everything stored before it is unchanged. Free some space and try again.',
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new ExpectedError(
      'READ_ONLY',
      'The folder or medium cannot be written to.',
      'Nothing was changed. Copy the vault to a folder that you may write to, or ask for write access.',
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ExpectedError(
      'VAULT_BUSY',
      'Another process is using this vault.',
      'Nothing was changed. Close the other Tidemark window or command and try again.',
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new ExpectedError(
      'CORRUPT',
      'The store of this vault cannot be opened.',
      'Nothing was changed. Check that vault.db is in the folder, or restore the vault from its latest backup.',
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new ExpectedError(
      'CORRUPT',
      'The disk failed while the store was being read or written.',
      'The work in hand was taken back. Check the disk, then run the vault check.',
    );
  }
  return error;
}
