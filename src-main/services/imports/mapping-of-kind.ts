import { sampleFile } from '#main/files/sample-file.ts';
import { lookAtTable } from '#main/files/table-look.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { propose } from './propose/index.ts';
import { mappingFor } from './propose-mapping.ts';

/**
 * How a table becomes an extract of a kind that is known beforehand: its own columns where it has them, else what is proposed for it.
 *
 * @throws ExpectedError as a look at the file does
 */
export async function mappingOfKind(file: string, kind: string): Promise<Mapping> {
  const known = extractKindNamed(kind);
  if (!known) throw new Error(`“${kind}” is not a kind of extract.`);
  const table = lookAtTable(await sampleFile(file));
  const { encoding, delimiter } = table.sample;
  const proposed = propose(table, file).find((proposal) => proposal.kind === kind)?.mapping;
  return { encoding, delimiter, ...(proposed ?? mappingFor(known, table)) };
}
