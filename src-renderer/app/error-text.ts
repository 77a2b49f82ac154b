import type { ErrorCode } from '#shared/domain/result.ts';
import type { ErrorText } from '../ui/error-panel.tsx';

const nothingChanged = 'Nothing was changed.';

/** A heading for each code, and what to do where the engine's own message does not say. */
const texts: Readonly<Record<ErrorCode, ErrorText>> = {
  INTERNAL: {
    title: 'Something went wrong inside Tidemark',
    hint: `${nothingChanged} Try again; if it happens again, note the incident number.`,
  },
  USAGE: { title: 'That cannot be asked', hint: nothingChanged },
  UNKNOWN_CALL: {
    title: 'This version cannot do that',
    hint: `${nothingChanged} The window and the engine may be of different versions.`,
  },
  UNKNOWN_METHOD: { title: 'There is no such analysis', hint: nothingChanged },
  UNKNOWN_PROCEDURE: { title: 'There is no such procedure', hint: nothingChanged },
  BAD_FILE: { title: 'The file cannot be read', hint: `${nothingChanged} Check the file and choose it again.` },
  BAD_SPEC: { title: 'Those options cannot be used', hint: `${nothingChanged} Correct the options and run it again.` },
  BAD_COLUMN: { title: 'A column does not fit', hint: `${nothingChanged} Go back to Map and correct it.` },
  BAD_INPUT: { title: 'Something entered cannot be used', hint: `${nothingChanged} Correct it and try again.` },
  REFUSED_MODEL: { title: 'The analysis was refused', hint: nothingChanged },
  NOT_FOUND: { title: 'It is not there', hint: 'It may have been undone or removed since. Go back and look again.' },
  TOO_LARGE: { title: 'Too large', hint: `${nothingChanged} Split it into smaller parts.` },
  NO_SUCH_FILE: { title: 'The file is not there', hint: `${nothingChanged} It may have been moved. Choose it again.` },
  NOT_A_VAULT: {
    title: 'This folder is not a vault',
    hint: `${nothingChanged} Choose the folder that holds vault.db and keyring.json.`,
  },
  VAULT_EXISTS: { title: 'There is a vault here already', hint: `${nothingChanged} Open it, or choose another name.` },
  VAULT_BUSY: {
    title: 'The vault is in use',
    hint: `${nothingChanged} Close it in the other window or program, then try again.`,
  },
  VAULT_NEWER: {
    title: 'The vault is from a newer version',
    hint: `${nothingChanged} Open it with the version of Tidemark that made it, or a later one.`,
  },
  DISK_FULL: {
    title: 'The disk is full',
    hint: 'What was not finished was taken back. Free some space and try again.',
  },
  READ_ONLY: {
    title: 'This place cannot be written to',
    hint: `${nothingChanged} Choose another folder, or ask for the right to write here.`,
  },
  CANCELLED: { title: 'Stopped', hint: 'What was not finished was taken back.' },
  LOCKED: { title: 'The vault is locked', hint: 'Unlock it to go on. Everything that was saved is kept.' },
  WRONG_PASSPHRASE: {
    title: 'The user name or passphrase is not right',
    hint: 'Nothing was opened. Check both and try again.',
  },
  WEAK_PASSPHRASE: {
    title: 'Choose a stronger passphrase',
    hint: `${nothingChanged} Four or five unrelated words work well.`,
  },
  FORBIDDEN: { title: 'Your role does not allow this', hint: `${nothingChanged} An administrator can say who may.` },
  THROTTLED: { title: 'Too many attempts', hint: 'Nothing was opened. Wait, then try again.' },
  CORRUPT: {
    title: 'The vault is damaged',
    hint: 'Nothing was changed. Do not write to it. Restore the latest backup.',
  },
  AUDIT_BROKEN: {
    title: 'The audit log does not hold together',
    hint: 'Nothing was changed. Tell whoever looks after information security.',
  },
  DIFFERENT: { title: 'Differences were found', hint: nothingChanged },
  DISCLOSURE: {
    title: 'Withheld by disclosure control',
    hint: 'Nothing was written. Use larger groups or a longer period.',
  },
};

export function errorText(code: ErrorCode): ErrorText {
  return texts[code];
}
