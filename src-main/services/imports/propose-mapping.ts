import type { FileLook } from '#main/files/look.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { type ExtractKind, extractKinds } from '#shared/domain/extract-kinds/index.ts';

export type Proposal = {
  readonly kind: string | null;
  readonly mapping: Mapping | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly string[];
};

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_');
}

/** Canonical column → header of the file, for the headers that are canonical names however they are cased and spaced. */
function canonicalColumns(kind: ExtractKind, headers: readonly string[]): Record<string, string> {
  const known = new Set(kind.columns.map((column) => column.name));
  const columns: Record<string, string> = {};
  for (const header of headers) {
    const name = plain(header);
    const isItem = kind.items === true && /^item_\d{1,3}$/.test(name);
    if ((known.has(name) || isItem) && columns[name] === undefined) columns[name] = header;
  }
  return columns;
}

function dateOrderOf(
  kind: ExtractKind,
  columns: Readonly<Record<string, string>>,
  look: FileLook,
): Mapping['dateOrder'] {
  const orders = new Set<string>();
  for (const column of kind.columns) {
    if (column.type !== 'date' && column.type !== 'time') continue;
    const found = look.columns.find((candidate) => candidate.name === columns[column.name]);
    if (found?.dateOrder === 'dmy' || found?.dateOrder === 'mdy') orders.add(found.dateOrder);
  }
  if (orders.size !== 1) return undefined;
  return orders.has('dmy') ? 'dmy' : 'mdy';
}

/** The mapping of a file onto a kind by its headers, with the dialect that was found. */
export function mappingFor(kind: ExtractKind, look: FileLook): Mapping {
  const columns = canonicalColumns(
    kind,
    look.columns.map((column) => column.name),
  );
  const dateOrder = dateOrderOf(kind, columns, look);
  return {
    kind: kind.kind,
    columns,
    encoding: look.encoding,
    delimiter: look.delimiter,
    ...(dateOrder === undefined ? {} : { dateOrder }),
  };
}

/** Which kind a file looks like, by how many of the kind's columns its headers name. */
export function proposeMapping(look: FileLook): Proposal {
  const candidates = extractKinds
    .map((kind) => {
      const mapping = mappingFor(kind, look);
      const matched = Object.keys(mapping.columns);
      const required = kind.columns.filter((column) => column.required && column.fallback === undefined);
      const met = required.filter((column) => matched.includes(column.name)).length;
      const share = matched.length / Math.max(1, look.columns.length);
      return { kind, mapping, met, required: required.length, matched, score: (met / required.length) * share };
    })
    .sort((a, b) => b.score - a.score || b.matched.length - a.matched.length);
  const best = candidates[0];
  if (!best || best.matched.length === 0) {
    return { kind: null, mapping: null, confidence: 0, reasons: ['No column carries a name of a known extract.'] };
  }
  return {
    kind: best.kind.kind,
    mapping: best.mapping,
    confidence: Math.round(best.score * 100) / 100,
    reasons: [
      `${best.matched.length} of ${look.columns.length} columns carry names of the ${best.kind.label.toLowerCase()} extract.`,
      `${best.met} of its ${best.required} required columns were found.`,
    ],
  };
}
