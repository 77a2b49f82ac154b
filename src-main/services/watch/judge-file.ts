import { join } from 'node:path';
import { batchOfContent, type WatchedContent } from '#main/store/watched-files.ts';
import type { ImportResult } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { AppError } from '#shared/domain/result.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { checkExtract, recogniseExtract } from '../imports/index.ts';

/** How a file would be read. */
export type Reading = {
  readonly mapping: Mapping;
  readonly saved: { readonly id: number; readonly name: string; readonly version: number } | null;
};

export type Verdict =
  | { readonly passes: true; readonly reading: Reading }
  | {
      readonly passes: false;
      readonly code: string;
      readonly reason: string;
      /** Null where it is not known how to read it. */
      readonly reading: Reading | null;
      /** Counts of the dry run, where there was one. */
      readonly rows: ImportResult['rows'] | null;
      readonly batch: number | null;
    };

/** Faults of the vault or of the machine, which say nothing of the file. */
const notOfTheFile = new Set([
  'DISK_FULL',
  'READ_ONLY',
  'CORRUPT',
  'AUDIT_BROKEN',
  'LOCKED',
  'CANCELLED',
  'VAULT_BUSY',
]);

const mostNamed = 5;

function waits(code: string, reason: string, reading: Reading | null = null): Verdict {
  return { passes: false, code, reason, reading, rows: null, batch: null };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).map((name) => `“${name}”`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function rejectedReason({ rows, rejectsByCode }: ImportResult, allowed: number): string {
  const rules = rejectsByCode.slice(0, mostNamed).map(({ column, code, count }) => {
    const place = column === '' ? code : `${column} ${code}`;
    return `${count} × ${place}`;
  });
  const limit = allowed === 0 ? '' : ` Up to ${allowed * 100}% are allowed.`;
  const those = `${rows.rejected} of ${rows.read} rows would be rejected: ${rules.join('; ')}.`;
  return `${those}${limit} Correct the file or its mapping, or import it by hand.`;
}

function judged(checked: ImportResult, reading: Reading, allowRejects: number): Verdict {
  const { rows } = checked;
  if (rows.read === 0) return waits('NO_ROWS', 'The file has a header and no rows. Export it again.', reading);
  if (rows.rejected > rows.read * allowRejects) {
    const reason = rejectedReason(checked, allowRejects);
    return { passes: false, code: 'HAS_REJECTS', reason, reading, rows, batch: null };
  }
  return { passes: true, reading };
}

/** The verdict that an expected failure amounts to; the vault's own troubles are not the file's and are thrown on. */
export function verdictOf({ code, message, hint, params }: AppError, reading: Reading | null): Verdict {
  if (notOfTheFile.has(code)) throw new ExpectedError(code, message, hint, params);
  const reason = params['reason'];
  if (params['changed'] === true || reason === 'EBUSY' || reason === 'ETXTBSY') {
    return waits('STILL_WRITTEN', 'Another program is still writing the file. It is tried again.', reading);
  }
  if (code === 'NO_SUCH_FILE') return waits('DISAPPEARED', 'The file left the folder before it was loaded.');
  // What is said of a file that somebody chose by hand ends in what was not done.
  return waits(code, [message, hint.replace(/^Nothing was [a-z]+\.\s*/, '')].join(' ').trim(), reading);
}

/** Whether a file that is fully written would be loaded, and if not, why. Nothing is written. */
export async function judgeFile(
  context: VaultContext,
  content: WatchedContent,
  allowRejects: number,
): Promise<Verdict> {
  const held = batchOfContent(context.vault.store.connection, content.fileHash);
  if (held !== null) {
    const reason = `Batch ${held} came from a file of the same content. Nothing needs to be done.`;
    return { passes: false, code: 'ALREADY_LOADED', reason, reading: null, rows: null, batch: held };
  }
  let reading: Reading | null = null;
  try {
    const file = join(content.folder, content.fileName);
    const recognition = await recogniseExtract(context, file);
    if (recognition.found === 'none') {
      const { nearest } = recognition;
      const near =
        nearest === null ? '' : ` “${nearest.name}” comes nearest; the file lacks ${listed(nearest.missing)}.`;
      return waits(
        'NOT_RECOGNISED',
        `No saved mapping fits this file.${near} Import it by hand once and save its mapping.`,
      );
    }
    if (recognition.found === 'several') {
      const saved = recognition.candidates.flatMap((candidate) => (candidate.saved ? [candidate.saved.name] : []));
      return saved.length > 0
        ? waits(
            'SEVERAL_MAPPINGS',
            `Several saved mappings fit this file equally well: ${listed(saved)}. Give them patterns of names that tell their files apart.`,
          )
        : waits(
            'SEVERAL_KINDS',
            `The columns are those of several kinds of extract: ${listed(recognition.candidates.map(({ mapping }) => mapping.kind))}. Put the name of the kind into that of the file, or save a mapping.`,
          );
    }
    reading = recognition.recognised;
    const { mapping } = reading;
    const checked = await checkExtract(context, { file, kind: mapping.kind, mapping });
    return checked.ok ? judged(checked.value, reading, allowRejects) : verdictOf(checked.error, reading);
  } catch (error) {
    if (error instanceof ExpectedError) return verdictOf(error.error, reading);
    throw error;
  }
}
