import { ExpectedError } from '#shared/domain/result.ts';

const nothing = 'Nothing was kept.';

/** A workbook that cannot be read as what it should be. `part` is a name from within the archive that the format knows. */
export function damagedWorkbook(why: string): ExpectedError {
  return new ExpectedError(
    'BAD_FILE',
    `The workbook is damaged: ${why}.`,
    `${nothing} Open it in Excel, save it again as .xlsx and try again.`,
  );
}

/** A workbook that is whole and not taken all the same. */
export function refusedWorkbook(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_FILE', message, `${nothing} ${hint}`);
}

export function tooLargeWorkbook(what: string, limit: string, params: Readonly<Record<string, number>> = {}) {
  return new ExpectedError(
    'TOO_LARGE',
    what,
    `${nothing} ${limit} Save the sheet alone as CSV, which may be larger, or split it.`,
    params,
  );
}

/**
 * What a library says of a damaged file, as an expected failure. Faults of our own, such as a TypeError, stay as they are.
 */
export function asDamaged(error: unknown): unknown {
  if (error instanceof ExpectedError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (error.constructor === Error || code.startsWith('Z_') || code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return damagedWorkbook('one of its parts cannot be unpacked');
  }
  return error;
}
