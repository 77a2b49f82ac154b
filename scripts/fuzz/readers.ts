import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonObject } from '../../src-main/cli/read-json.ts';
import { readMapping } from '../../src-main/cli/read-mapping.ts';
import { lookAtFile } from '../../src-main/files/look.ts';
import { openPages } from '../../src-main/files/open-pages.ts';
import { openRows } from '../../src-main/files/open-rows.ts';
import { readTable } from '../../src-main/files/read-table.ts';
import { procedureNamed, procedureNames } from '../../src-main/stats/procedures/registry.ts';
import { prepareProcedure, runPrepared } from '../../src-main/stats/procedures/run-procedure.ts';
import { UnderstoodRows } from '../../src-main/workers/preview/understood-rows.ts';
import { cellRules } from '../../src-shared/contract/mapping.ts';
import { extractKinds } from '../../src-shared/domain/extract-kinds/index.ts';
import type { RandomStream } from '../../src-shared/domain/random.ts';
import { makeBackupInput, readBackupInput } from './backup-input.ts';
import { makeBundleInput, readBundleInput } from './bundle-input.ts';
import { mutateJson } from './mutate-json.ts';
import { changes, mutateBytes, mutateText, pick } from './mutate-text.ts';
import { mutateWorkbook } from './mutate-workbook.ts';
import { bibtexSeeds, csvSeeds, mappedCsv, mappingSeeds, nbibSeeds, risSeeds, workbookSeeds } from './seeds.ts';

/** One reader: how an input for it is made, and what is done with the input. */
export type FuzzedReader = {
  readonly extension: string;
  readonly make: (random: RandomStream) => Promise<Buffer>;
  /** Reads it; throws what the reader throws. `folder` is for what has to lie beside it. */
  readonly read: (path: string, folder: string) => Promise<void>;
};

/** Looks at a file and reads it to its end, as an import does. */
async function readWhole(path: string): Promise<void> {
  const look = await lookAtFile(path);
  const rows = await openRows(path, { encoding: look.encoding, delimiter: look.delimiter });
  for await (const batch of rows.batches()) {
    for (let row = 0; row < batch.rowCount; row += 1) {
      const first = batch.rowFirstField[row] as number;
      const last = batch.rowFirstField[row + 1] as number;
      for (let field = first; field < last; field += 1) {
        const start = batch.starts[field] as number;
        const end = batch.ends[field] as number;
        if (!(start >= 0 && start <= end && end <= batch.bytes.length))
          throw new Error('a field lies outside its batch');
      }
    }
  }
  if (!/^[0-9a-f]{64}$/.test(rows.sha256 ?? '')) throw new Error('the file was read and has no hash');
}

function textReader(extension: string, seeds: readonly Buffer[], words: readonly string[]): FuzzedReader {
  return {
    extension,
    read: readWhole,
    make: async (random) => {
      let bytes = pick(random, seeds);
      for (let left = changes(random); left > 0; left -= 1) {
        bytes =
          random.nextUniform() < 0.5
            ? mutateBytes(random, bytes, words)
            : Buffer.from(mutateText(random, bytes.toString('latin1'), words), 'latin1');
        if (random.nextUniform() < 0.02) bytes = Buffer.concat([bytes, pick(random, seeds)]);
      }
      return bytes;
    },
  };
}

const kindWords = extractKinds.flatMap((kind) => [kind.kind, ...kind.columns.map((column) => column.name)]);
const mappingWords = [
  ...new Set([
    ...kindWords,
    ...Object.keys(cellRules),
    'Collar',
    'Date',
    'Time',
    'Mins',
    'iso',
    'mdy',
    'item_1',
    'item_9',
  ]),
];

async function jsonOf(random: RandomStream, seed: Record<string, unknown>, words: readonly string[]): Promise<Buffer> {
  let value = structuredClone(seed) as never;
  for (let left = Math.min(4, changes(random)); left > 0; left -= 1) value = mutateJson(random, value, words) as never;
  const text = Buffer.from(JSON.stringify(value) ?? '', 'utf8');
  return random.nextUniform() < 0.1 ? mutateBytes(random, text, ['{', '}', '[', ']', '"', ':', ',']) : text;
}

async function readWithMapping(path: string, folder: string): Promise<void> {
  const mapping = readMapping(path);
  const data = join(folder, 'mapped.csv');
  writeFileSync(data, mappedCsv);
  const rows = await openRows(data, mapping);
  const understood = new UnderstoodRows(mapping, rows.header, 2026);
  for await (const batch of rows.batches()) understood.understand(batch, batch.firstRow, rows.header.length);
  const pages = await openPages(data, {});
  await pages.close();
}

/** Every procedure's own example, its spec with the name of the procedure and its data beside it. */
async function specOf(random: RandomStream): Promise<Buffer> {
  const name = pick(random, procedureNames);
  const example = (await procedureNamed(name))?.example;
  const columns = (example?.data ?? '').split('\n', 1)[0]?.split(',') ?? [];
  const spec = await jsonOf(random, { ...example?.spec }, [
    ...columns,
    ...Object.keys(example?.spec ?? {}),
    '~',
    '+',
    '(1|',
    ')',
  ]);
  return Buffer.from(`${spec.toString('utf8')}\n${name}`, 'utf8');
}

async function readSpec(path: string, folder: string): Promise<void> {
  const whole = readFileSync(path, 'utf8');
  const end = whole.lastIndexOf('\n');
  const name = whole.slice(end + 1);
  const file = join(folder, 'spec.json');
  writeFileSync(file, whole.slice(0, end));
  const example = (await procedureNamed(name))?.example;
  const data = join(folder, 'data.csv');
  writeFileSync(data, example?.data ?? 'a\n1\n');
  const prepared = await prepareProcedure(name, readJsonObject(file, 'spec'));
  const table =
    prepared.columns.length === 0
      ? { rows: 0, columns: new Map() }
      : await readTable(data, { columns: prepared.columns });
  const attachments = Object.fromEntries(Object.keys(prepared.files).map((key) => [key, table]));
  const result = runPrepared(prepared, table, { dataName: 'data.csv', attachments, attachmentNames: {} });
  JSON.stringify(result);
}

export const fuzzedReaders = {
  csv: textReader('csv', csvSeeds, [
    ',',
    ';',
    '\t',
    '"',
    '""',
    '\n',
    '\r\n',
    '\ufeff',
    'sep=;\n',
    '31/03/2026',
    'TY  - JOUR',
  ]),
  xlsx: {
    extension: 'xlsx',
    read: readWhole,
    make: async (random) => mutateWorkbook(random, pick(random, workbookSeeds)),
  },
  ris: textReader('ris', risSeeds, ['TY  - ', 'ER  - \n', 'AU  - ', 'KW  - ', '  -', '10.1000/', '\r', '\u00e9', ';']),
  nbib: textReader('nbib', nbibSeeds, ['PMID- ', 'TI  - ', 'FAU - ', '      ', '\n\n', '[doi]', '- ']),
  bibtex: textReader('bib', bibtexSeeds, [
    '{',
    '}',
    '@article{',
    '"',
    '\\',
    '$',
    '#',
    ' and ',
    '%',
    '\\"{',
    '@string{',
    ',',
    '=',
    '(',
    '~',
    '<',
    '^',
    '_',
    '\\begin{x}',
  ]),
  mapping: {
    extension: 'json',
    read: readWithMapping,
    make: (random) => jsonOf(random, pick(random, mappingSeeds), mappingWords),
  },
  spec: { extension: 'json', read: readSpec, make: specOf },
  backup: { extension: 'backup', read: readBackupInput, make: makeBackupInput },
  bundle: { extension: 'bundle', read: readBundleInput, make: makeBundleInput },
} as const satisfies Record<string, FuzzedReader>;

export type FuzzedName = keyof typeof fuzzedReaders;
export const fuzzedNames = Object.keys(fuzzedReaders) as readonly FuzzedName[];
