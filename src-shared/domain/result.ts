/** Expected failures are values; the text for a code lives with the face that shows it (screen or command line). */

export const errorCodes = [
  // 1: unexpected fault
  'INTERNAL',
  // 2: unknown command, option, method or procedure
  'USAGE',
  'UNKNOWN_CALL',
  'UNKNOWN_METHOD',
  'UNKNOWN_PROCEDURE',
  // 3: bad file, spec, column or refused model
  'BAD_FILE',
  'BAD_SPEC',
  'BAD_COLUMN',
  'BAD_INPUT',
  'REFUSED_MODEL',
  'NOT_FOUND',
  'TOO_LARGE',
  'NO_SUCH_FILE',
  'NOT_A_VAULT',
  'VAULT_EXISTS',
  'VAULT_BUSY',
  'VAULT_NEWER',
  'DISK_FULL',
  'READ_ONLY',
  'CANCELLED',
  'LOCKED',
  // 4: wrong passphrase or role
  'WRONG_PASSPHRASE',
  'WEAK_PASSPHRASE',
  'FORBIDDEN',
  'THROTTLED',
  // 5: corruption, or verify found differences
  'CORRUPT',
  'AUDIT_BROKEN',
  'DIFFERENT',
  // 6: refused by disclosure control
  'DISCLOSURE',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type AppError = {
  readonly code: ErrorCode;
  /** One sentence in British English: what happened. Never a person's data. */
  readonly message: string;
  /** What was kept and what to do next. */
  readonly hint: string;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
};

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Failure = { readonly ok: false; readonly error: AppError };
export type Result<T> = Ok<T> | Failure;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, message: string, hint = '', params: AppError['params'] = {}): Failure {
  return { ok: false, error: { code, message, hint, params } };
}

/** Process exit code of the command line for each error code (command-line contract). */
export function exitCodeFor(code: ErrorCode): number {
  switch (code) {
    case 'INTERNAL':
      return 1;
    case 'USAGE':
    case 'UNKNOWN_CALL':
    case 'UNKNOWN_METHOD':
    case 'UNKNOWN_PROCEDURE':
      return 2;
    case 'WRONG_PASSPHRASE':
    case 'WEAK_PASSPHRASE':
    case 'FORBIDDEN':
    case 'THROTTLED':
      return 4;
    case 'CORRUPT':
    case 'AUDIT_BROKEN':
    case 'DIFFERENT':
      return 5;
    case 'DISCLOSURE':
      return 6;
    default:
      return 3;
  }
}

/** Carries an `AppError` through code that throws (parsers, SQLite); the dispatcher turns it back into a value. */
export class ExpectedError extends Error {
  readonly error: AppError;

  constructor(code: ErrorCode, message: string, hint = '', params: AppError['params'] = {}) {
    super(message);
    this.name = 'ExpectedError';
    this.error = { code, message, hint, params };
  }
}
