import { writeFileAtomically } from '#main/store/files.ts';
import {
  addMappingRecord,
  listMappingRecords,
  type MappingRecord,
  mappingVersions,
  retireMappingRecords,
} from '#main/store/mapping-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { mappingSchema } from '#shared/contract/mapping.ts';
import type { SavedMapping } from '#shared/contract/mappings.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { patternOfFileName } from '#shared/domain/file-patterns.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { headerHash, headersOf } from './headers.ts';

export { type LookedAt, type Recognition, recognise } from './recognise.ts';

function savedMappingOf(versions: readonly MappingRecord[]): SavedMapping[] {
  const [newest] = versions;
  if (!newest) return [];
  const parsed = mappingSchema.safeParse(JSON.parse(newest.body));
  if (!parsed.success) return [];
  const { name, version, kind, filePattern, savedAt, savedBy, retiredAt } = newest;
  return [
    {
      name,
      version,
      kind,
      filePattern,
      mapping: parsed.data,
      savedAt,
      savedBy,
      retiredAt,
      versions: versions.map((record) => ({
        version: record.version,
        filePattern: record.filePattern,
        savedAt: record.savedAt,
        savedBy: record.savedBy,
      })),
    },
  ];
}

export function listMappings(context: VaultContext): OutputOf<'mappings.list'> {
  const byName = Map.groupBy(listMappingRecords(context.vault.store.connection), (record) => record.name);
  return { mappings: [...byName.values()].flatMap(savedMappingOf) };
}

/** What is wrong with a name, or null. It also names a file when the mapping is written to one. */
function nameProblem(name: string): string | null {
  if (name.length === 0 || name.length > 100) return 'It has 1 to 100 characters.';
  if (/[\p{Cc}\p{Cf}]/u.test(name)) return 'It has no line breaks and no characters that cannot be seen.';
  return name.toLowerCase() === 'canonical' ? 'That word means files that need no mapping.' : null;
}

export async function saveMapping(
  context: VaultContext,
  input: InputOf<'mappings.save'>,
): Promise<Result<OutputOf<'mappings.save'>>> {
  const given = input.name.normalize('NFC').replace(/\s+/g, ' ').trim();
  const problem = nameProblem(given);
  if (problem !== null) {
    return fail('BAD_INPUT', `The mapping cannot have this name. ${problem}`, 'Nothing was saved. Choose another.');
  }
  const { kind } = input.mapping;
  if (!extractKindNamed(kind)) {
    return fail('BAD_INPUT', `“${kind}” is not a kind of extract.`, 'Nothing was saved. Correct the mapping.');
  }
  if (headersOf(input.mapping).length === 0) {
    return fail('BAD_INPUT', 'The mapping names no column of a file.', 'Nothing was saved. Map a column first.');
  }
  const { store, writeGate } = context.vault;
  return writeGate.run(() => {
    const [newest] = mappingVersions(store.connection, given);
    const name = newest?.name ?? given;
    const body = canonicalJson({ ...input.mapping, name });
    const madeOf = input.fileName === undefined ? undefined : patternOfFileName(input.fileName);
    const filePattern = input.filePattern?.trim() || (madeOf ?? newest?.filePattern ?? '*');
    const same = newest?.body === body && newest.filePattern === filePattern && newest.retiredAt === null;
    const version = same ? newest.version : (newest?.version ?? 0) + 1;
    const answer = { name, version, filePattern, saved: !same };
    if (same) return ok(answer);
    store.commit(doneEvent(context, 'mapping.save', `mapping ${name}`, { version, kind, filePattern }), (transaction) =>
      addMappingRecord(transaction, {
        name,
        version,
        kind,
        body,
        headerHash: headerHash(input.mapping),
        filePattern,
        savedAt: isoTime(context),
        savedBy: context.vault.user,
      }),
    );
    return ok(answer);
  });
}

function noMapping(name: string): Result<never> {
  return fail(
    'NOT_FOUND',
    `There is no saved mapping “${name}”.`,
    'Nothing was changed. List the mappings to see their names.',
  );
}

export async function retireMapping(
  context: VaultContext,
  { name }: InputOf<'mappings.retire'>,
): Promise<Result<OutputOf<'mappings.retire'>>> {
  const { store, writeGate } = context.vault;
  return writeGate.run(() => {
    const versions = mappingVersions(store.connection, name);
    const [newest] = versions;
    if (!newest) return noMapping(name);
    const answer = { name: newest.name, versions: versions.length };
    if (newest.retiredAt !== null) return ok(answer);
    store.commit(doneEvent(context, 'mapping.retire', `mapping ${newest.name}`), (transaction) =>
      retireMappingRecords(transaction, newest.name, isoTime(context)),
    );
    return ok(answer);
  });
}

export function exportMapping(
  context: VaultContext,
  input: InputOf<'mappings.export'>,
): Result<OutputOf<'mappings.export'>> {
  const versions = mappingVersions(context.vault.store.connection, input.name);
  const record = versions.find(({ version }) => input.version === undefined || version === input.version);
  if (!record) return noMapping(input.name);
  writeFileAtomically(input.file, `${JSON.stringify(JSON.parse(record.body), null, 2)}\n`);
  return ok({ file: input.file, name: record.name, version: record.version });
}
