import { createHash } from 'node:crypto';
import { normaliseColumnName } from '#main/files/sniff-columns.ts';
import type { Mapping, MappingRecord } from '#shared/contract/mapping.ts';

/** Headers that are nothing but signs are compared as they stand. */
function comparable(header: string): string {
  const normal = normaliseColumnName(header);
  return normal === '' ? header.trim() : normal;
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function recordWith(record: MappingRecord, change: (header: string) => string): MappingRecord {
  return {
    ...record,
    ...(record.columns ? { columns: mapValues(record.columns, change) } : {}),
    ...(record.when === undefined ? {} : { when: change(record.when) }),
    ...(record.whenAll ? { whenAll: record.whenAll.map(change) } : {}),
    ...(record.whenAny ? { whenAny: record.whenAny.map(change) } : {}),
  };
}

/** The mapping with every header that it names changed. */
function withHeaders(mapping: Mapping, change: (header: string) => string): Mapping {
  return {
    ...mapping,
    columns: mapValues(mapping.columns, change),
    ...(mapping.combine
      ? {
          combine: mapValues(mapping.combine, (parts) => ({
            ...parts,
            date: parts.date === null ? null : change(parts.date),
            time: change(parts.time),
            ...(parts.afterTime === undefined ? {} : { afterTime: change(parts.afterTime) }),
          })),
        }
      : {}),
    ...(mapping.consent ? { consent: { ...mapping.consent, column: change(mapping.consent.column) } } : {}),
    ...(mapping.joins ? { joins: mapValues(mapping.joins, (headers) => headers.map(change)) } : {}),
    ...(mapping.records ? { records: mapping.records.map((record) => recordWith(record, change)) } : {}),
  };
}

/** Every header that a mapping takes something from, once each. */
export function headersOf(mapping: Mapping): readonly string[] {
  const headers = new Set<string>();
  withHeaders(mapping, (header) => {
    headers.add(header);
    return header;
  });
  return [...headers];
}

/** One hash for one set of headers, whatever their order, case and spacing. */
export function headerHash(mapping: Mapping): string {
  const names = [...new Set(headersOf(mapping).map(comparable))].sort();
  return createHash('sha256').update(names.join('\n')).digest('hex');
}

export type HeaderFit =
  | { readonly fits: true; readonly mapping: Mapping; readonly used: number }
  | { readonly fits: false; readonly missing: readonly string[] };

/**
 * Whether a file has every header that a mapping uses, and the mapping with the headers spelt as this file spells them. A
 * name that two columns share once case and spacing are left aside counts only where one is spelt exactly so.
 */
export function fitHeaders(mapping: Mapping, header: readonly string[]): HeaderFit {
  const found = new Map<string, string>();
  const missing: string[] = [];
  for (const wanted of headersOf(mapping)) {
    const exact = header.filter((name) => name === wanted);
    const alike = exact.length > 0 ? exact : header.filter((name) => comparable(name) === comparable(wanted));
    const [only] = alike;
    if (only === undefined || alike.length > 1) missing.push(wanted);
    else found.set(wanted, only);
  }
  if (missing.length > 0) return { fits: false, missing };
  return { fits: true, mapping: withHeaders(mapping, (name) => found.get(name) ?? name), used: found.size };
}
