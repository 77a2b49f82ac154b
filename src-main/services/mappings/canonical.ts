import { normaliseColumnName } from '#main/files/sniff-columns.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { type ExtractKind, extractKinds } from '#shared/domain/extract-kinds/index.ts';

const itemName = /^item_\d{1,3}$/;

/** Canonical column → header, where every header is a canonical column of the kind and every required one is there. */
function canonicalColumns(kind: ExtractKind, header: readonly string[]): Record<string, string> | null {
  const known = new Set(kind.columns.map((column) => column.name));
  const columns: Record<string, string> = {};
  for (const name of header) {
    const canonical = normaliseColumnName(name);
    const fits = known.has(canonical) || (kind.items === true && itemName.test(canonical));
    if (!fits || columns[canonical] !== undefined) return null;
    columns[canonical] = name;
  }
  const complete = kind.columns.every(
    (column) => !column.required || column.fallback !== undefined || columns[column.name] !== undefined,
  );
  return complete ? columns : null;
}

/**
 * The kinds that a header is the canonical form of, with the mapping that says so. Two kinds may share their columns: then
 * the name of the file decides where it holds the name of one of them.
 */
export function canonicalMappings(header: readonly string[], fileName: string): readonly Mapping[] {
  const fitting = extractKinds.flatMap((kind) => {
    const columns = canonicalColumns(kind, header);
    return columns === null ? [] : [{ kind: kind.kind, columns }];
  });
  if (fitting.length < 2) return fitting;
  const name = normaliseColumnName(fileName);
  const named = fitting.filter(({ kind }) => name.includes(kind));
  return named.length === 1 ? named : fitting;
}
