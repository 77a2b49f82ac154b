import { basename } from 'node:path';
import type { FileLook } from '#main/files/look.ts';
import { openRows } from '#main/files/open-rows.ts';
import type { Connection } from '#main/store/connection.ts';
import { type MappingRecord, mappingsInUse } from '#main/store/mapping-records.ts';
import { type Mapping, mappingSchema } from '#shared/contract/mapping.ts';
import { matchesPattern } from '#shared/domain/file-patterns.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { canonicalMappings } from './canonical.ts';
import { fitHeaders, headersOf } from './headers.ts';

/** A mapping that fits a file, in the file's own spelling and dialect. */
export type Recognised = {
  /** The saved mapping, or null for a file in canonical form, which needs none. */
  readonly saved: { readonly id: number; readonly name: string; readonly version: number } | null;
  readonly mapping: Mapping;
  /** How many headers of the file it uses. */
  readonly used: number;
  /** Whether the name of the file is of its pattern. */
  readonly named: boolean;
};

export type Recognition =
  | { readonly found: 'one'; readonly recognised: Recognised }
  /** Several claim the file equally well; best first. */
  | { readonly found: 'several'; readonly candidates: readonly Recognised[] }
  | {
      readonly found: 'none';
      /** The saved mapping that lacks fewest headers, and which. */
      readonly nearest: { readonly name: string; readonly missing: readonly string[] } | null;
    };

/** The part of a look that recognition needs; where the header was found beneath other rows, how many. */
export type LookedAt = Pick<FileLook, 'encoding' | 'delimiter' | 'sheet' | 'sheets'> & {
  readonly columns: readonly { readonly name: string }[];
  readonly rowsAbove?: number;
  readonly headerRows?: number;
};

/** The mapping with the file's own dialect and place of the header. */
function inDialectOf(look: LookedAt, { rowsAbove: _, headerRows: __, sheet: ___, ...mapping }: Mapping): Mapping {
  const { rowsAbove = 0, headerRows = 1 } = look;
  return {
    ...mapping,
    encoding: look.encoding,
    delimiter: look.delimiter,
    ...(look.sheet === null ? {} : { sheet: look.sheet }),
    ...(rowsAbove > 0 ? { rowsAbove } : {}),
    ...(headerRows === 1 ? {} : { headerRows }),
  };
}

/** The header where a mapping expects it, such as beneath a title, or null where the file cannot be read so. */
async function headerAs(file: string, mapping: Mapping): Promise<readonly string[] | null> {
  try {
    const rows = await openRows(file, mapping);
    await rows.close();
    return rows.header;
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

/** `near`: the file has some of the headers. */
type Fit = { readonly recognised: Recognised } | { readonly missing: readonly string[]; readonly near: boolean };

async function fitRecord(record: MappingRecord, file: string, look: LookedAt): Promise<Fit> {
  const parsed = mappingSchema.safeParse(JSON.parse(record.body));
  if (!parsed.success) return { missing: [], near: false };
  const mapping = parsed.data;
  const { id, name, version } = record;
  const named = matchesPattern(basename(file), record.filePattern);
  const seen = fitHeaders(
    mapping,
    look.columns.map((column) => column.name),
  );
  // A workbook may hold several tables alike: the sheet that the mapping names counts, as long as there is one.
  const another = mapping.sheet !== undefined && mapping.sheet !== look.sheet && look.sheets.includes(mapping.sheet);
  if (seen.fits && !another) {
    return {
      recognised: { saved: { id, name, version }, mapping: inDialectOf(look, seen.mapping), used: seen.used, named },
    };
  }
  const own: Mapping = { ...mapping, encoding: look.encoding, delimiter: look.delimiter };
  const read = fitHeaders(own, (await headerAs(file, own)) ?? []);
  if (!read.fits) {
    const missing = !seen.fits && seen.missing.length < read.missing.length ? seen.missing : read.missing;
    return { missing, near: missing.length < headersOf(mapping).length };
  }
  return { recognised: { saved: { id, name, version }, mapping: read.mapping, used: read.used, named } };
}

function strongest(candidates: readonly Recognised[]): readonly Recognised[] {
  const most = Math.max(0, ...candidates.map((candidate) => candidate.used));
  return candidates.filter((candidate) => candidate.used === most);
}

/**
 * Which saved mapping a file is for, or whether it is in canonical form. A mapping fits where the file has every header that
 * it uses. Among those whose pattern the file's name is of, the one that uses most headers counts; else a canonical form;
 * else the only one that fits. Between equals nothing is guessed.
 */
export async function recognise(connection: Connection, file: string, look: LookedAt): Promise<Recognition> {
  const fitting: Recognised[] = [];
  let nearest: { readonly name: string; readonly missing: readonly string[] } | null = null;
  for (const record of mappingsInUse(connection)) {
    const fit = await fitRecord(record, file, look);
    if ('recognised' in fit) fitting.push(fit.recognised);
    else if (fit.near && (nearest === null || fit.missing.length < nearest.missing.length)) {
      nearest = { name: record.name, missing: fit.missing };
    }
  }
  const header = look.columns.map((column) => column.name);
  const canonical = canonicalMappings(header, basename(file)).map((mapping) => ({
    saved: null,
    mapping: inDialectOf(look, mapping),
    used: header.length,
    named: false,
  }));
  const named = strongest(fitting.filter((candidate) => candidate.named));
  const claims = named.length > 0 ? named : canonical.length > 0 ? canonical : fitting;
  const [best] = claims;
  if (best === undefined) return { found: 'none', nearest };
  if (claims.length === 1) return { found: 'one', recognised: best };
  return { found: 'several', candidates: [...claims].sort((a, b) => b.used - a.used) };
}
