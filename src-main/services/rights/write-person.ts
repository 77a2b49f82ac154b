import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sha256Hex } from '#main/report/manifest.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import type { CollectedPerson } from '#main/workers/rights/protocol.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { csvText } from '../csv-text.ts';
import { personDocument } from './person-document.ts';

export type WrittenFile = { readonly name: string; readonly sha256: string; readonly bytes: number };

type Made = {
  readonly at: string;
  readonly by: string;
  readonly marking: string;
  readonly synthetic: boolean;
};

async function filesOf(
  person: CollectedPerson,
  made: Made,
): Promise<readonly (readonly [name: string, text: string])[]> {
  // Loaded when it is needed: most sessions write no document.
  const { writeHtml } = await import('#main/report/write-html.ts');
  const on = made.at.slice(0, 10);
  const tables = person.tables.map(({ table, columns, rows }) => ({ table, columns, rows }));
  const data = { marking: made.marking, madeAt: made.at, madeBy: made.by, person: person.pseudonym, tables };
  return [
    ['what-is-held.html', writeHtml(personDocument(person, { on, marking: made.marking, synthetic: made.synthetic }))],
    ['what-is-held.json', `${JSON.stringify(data, null, 2)}\n`],
    ...tables.map(
      ({ table, columns, rows }) =>
        [
          `${table}.csv`,
          csvText(
            columns,
            rows.map((row) => columns.map((column) => row[column] ?? null)),
          ),
        ] as const,
    ),
  ];
}

/** Writes a person's data to a new folder: one document to read, and the same as JSON and CSV, with a list of their hashes. */
export async function writePerson(
  folder: string,
  person: CollectedPerson,
  made: Made,
): Promise<Result<{ readonly folder: string; readonly files: WrittenFile[] }>> {
  const target = resolve(folder);
  mkdirSync(target, { recursive: true });
  if (readdirSync(target).length > 0) {
    return fail('BAD_INPUT', 'The folder is not empty.', 'Nothing was written. Choose a new or empty folder.');
  }
  const contents = await filesOf(person, made);
  const files = contents.map(([name, text]) => ({
    name,
    sha256: sha256Hex(text),
    bytes: Buffer.byteLength(text, 'utf8'),
  }));
  for (const [name, text] of contents) writeFileAtomically(join(target, name), text);
  const manifest = { marking: made.marking, madeAt: made.at, madeBy: made.by, files };
  writeFileAtomically(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return ok({ folder: target, files });
}
