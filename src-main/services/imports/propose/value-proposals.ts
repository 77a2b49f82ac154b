import type { ValueProposal } from '#shared/contract/imports.ts';
import { categoryOf } from './category-words.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Draft } from './draft.ts';

const shown = 500;

/** Columns of codes whose values may stand for exposure categories. */
const codeColumns = new Set(['opened_code', 'closed_codes', 'category']);
const closed = new Set(['choice', 'flag', 'sealed-flag']);

/** Values of code columns and closed lists with the meaning proposed for them, most frequent first. */
export function valueProposalsOf(draft: Draft): ValueProposal[] {
  return draft.kind.columns
    .flatMap((column) => {
      const profiles = sources(draft, column.name);
      if (column.type === 'category' || codeColumns.has(column.name))
        return profiles.flatMap((profile) => categories(draft, column.name, profile));
      return closed.has(column.type) ? profiles.flatMap((profile) => meanings(draft, column.name, profile)) : [];
    })
    .sort((a, b) => b.rows - a.rows)
    .slice(0, shown);
}

function sources(draft: Draft, column: string): ColumnProfile[] {
  const headers = new Set([
    ...(draft.joins[column] ?? []),
    ...[draft.columns[column], ...draft.records.map((record) => record.columns?.[column])].filter(
      (header) => header !== undefined,
    ),
  ]);
  return draft.evidence.profiles.filter((profile) => headers.has(profile.name));
}

function categories(draft: Draft, column: string, profile: ColumnProfile): ValueProposal[] {
  const counts = new Map<string, number>();
  const separator = draft.separators[column] ?? ';';
  for (const [text, count] of profile.values) {
    const parts = column === 'closed_codes' ? text.split(separator) : [text];
    for (const part of new Set(parts.map((value) => value.trim()).filter((value) => value !== '')))
      counts.set(part, (counts.get(part) ?? 0) + count);
  }
  return [...counts].map(([value, rows]) => {
    const meaning = categoryOf(value);
    const reason =
      meaning === null
        ? 'its words speak of no category'
        : value.toUpperCase() === meaning
          ? 'it is the category itself'
          : 'its words speak of this category; confirm it before it counts';
    return { column, value, rows, meaning, reason };
  });
}

function meanings(draft: Draft, column: string, profile: ColumnProfile): ValueProposal[] {
  const mapped = draft.values[column];
  if (!mapped) return [];
  return profile.values.map(([value, rows]) => {
    const meaning = mapped[value] ?? null;
    return { column, value, rows, meaning, reason: meaning === null ? 'it is read as it stands' : 'its words say so' };
  });
}
