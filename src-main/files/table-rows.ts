/**
 * Rows of one chunk. Row r (0-based here) has the fields rowFirstField[r] up to, not including, rowFirstField[r + 1]; field f
 * is bytes[starts[f]] up to, not including, bytes[ends[f]], in UTF-8, without its quotes. Everything here is reused for the
 * next batch: copy what must last.
 */
export type RowBatch = {
  readonly bytes: Buffer;
  readonly rowCount: number;
  /** Number of the first row of the batch; 1 is the first data row of the file. */
  readonly firstRow: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly rowFirstField: Int32Array;
  /** Bits of `rowProblem`, one byte per row. */
  readonly rowProblems: Uint8Array;
  readonly hasProblems: boolean;
  /** Bytes of the file that have been split so far, this batch included. */
  readonly bytesRead: number;
};

/** A table in a file of any format, as a stream of batches. Iterate `batches()` once; the file is then closed. */
export type TableRows = {
  /** Names of the columns, as `columnNames` gives them; empty without a header. */
  readonly header: readonly string[];
  /** Names of the columns as written, trimmed, the same one more than once where it is there so. */
  readonly headerAsWritten?: readonly string[];
  /** SHA-256 of the file's bytes in hex, once the last batch has been given. */
  readonly sha256: string | null;
  readonly sizeBytes: number;
  readonly batches: () => AsyncGenerator<RowBatch, undefined>;
  /** Closes the file; may be called twice. */
  readonly close: () => Promise<void>;
};

/**
 * Names of columns from the rows of a heading. A heading that spans columns stands in its first one, so an empty cell of an
 * upper row takes what stands left of it; the parts of a column are joined by a space.
 */
export function headerNames(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const last = rows.length - 1;
  const filled = rows.map((row, level) => {
    let left = '';
    return Array.from({ length: width }, (_, column) => {
      const text = (row[column] ?? '').replace(/\s+/g, ' ').trim();
      if (level === last) return text;
      if (text !== '') left = text;
      return left;
    });
  });
  return Array.from({ length: width }, (_, column) =>
    [...new Set(filled.map((row) => row[column] ?? '').filter((text) => text !== ''))].join(' '),
  );
}

/** Names by which columns can be told apart: `column_3` for the third where it has none, ` (2)` behind a name that is there. */
export function columnNames(written: readonly string[]): string[] {
  const taken = new Set<string>();
  return written.map((name, index) => {
    const wanted = name === '' ? `column_${index + 1}` : name;
    let unique = wanted;
    for (let again = 2; taken.has(unique); again += 1) unique = `${wanted} (${again})`;
    taken.add(unique);
    return unique;
  });
}
