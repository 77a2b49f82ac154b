import { cellRules } from '#shared/contract/mapping.ts';
import type { ColumnType, ExtractColumn, ExtractKind } from '#shared/domain/extract-kinds/index.ts';

const typeWords: Readonly<Record<ColumnType, string>> = {
  person: 'reference of a person; kept as a pseudonym',
  alias: 'reference of a person; kept as a pseudonym',
  reference: 'text, at most 200 characters',
  token: 'reference; kept as a keyed hash',
  text: 'text',
  date: 'date',
  time: 'date and time',
  code: 'code of an open list',
  codes: 'codes, `;` between them',
  category: 'exposure category',
  choice: '',
  flag: '1, true, yes or 0, false, no',
  'sealed-flag': '1, true, yes or 0, false, no; sealed for clinicians',
  integer: 'whole number',
  number: 'number',
  sealed: 'sealed for clinicians',
};

function typeOf(column: ExtractColumn): string {
  if (column.choices) return column.choices.map((choice) => `\`${choice}\``).join(', ');
  const { min, max } = column;
  const bounds = min === undefined || max === undefined || max >= 1e12 ? '' : `, ${min} to ${max}`;
  return `${typeWords[column.type]}${bounds}`;
}

function rowOf(column: ExtractColumn): string {
  const needed = column.required && column.fallback === undefined ? ' *' : '';
  const otherwise = column.fallback === undefined ? '' : `; \`${column.fallback}\` where empty`;
  return `| \`${column.name}\`${needed} | ${typeOf(column)}${otherwise} | ${column.meaning} |`;
}

function keyOf(kind: ExtractKind): string {
  const words = kind.key.map((part) =>
    part
      .split('|')
      .map((name) => `\`${name}\``)
      .join(' or else '),
  );
  return words.join(', ');
}

function sectionOf(kind: ExtractKind): string {
  const orders = (kind.orders ?? []).map(({ first, last }) => `\`${last}\` may not lie before \`${first}\`.`).join(' ');
  const items = kind.items
    ? ' Answers to items stand in `item_1`, `item_2` and so on; they are scored, checked against the instrument’s range, and sealed where it has a safety item.'
    : '';
  return [
    `## ${kind.kind}`,
    '',
    `${kind.label}: one row is ${kind.one}, unique by ${keyOf(kind)}. ${orders}${items}`.trim(),
    '',
    '| column | holds | meaning |',
    '|---|---|---|',
    ...kind.columns.map(rowOf),
  ].join('\n');
}

const opening = `# Extracts

Written by \`npm run reference\` from \`src-shared/domain/extract-kinds\`; a test fails where it is out of date.

A CSV or a workbook with these headers needs no mapping; references to studies come as RIS, NBIB or BibTeX too. Any other file
is given a mapping: \`tidemark import DIR --file F --propose\` proposes one, which can be edited and given back with
\`--mapping\`. A column marked * must be there and filled. Dates are ISO (\`2026-03-31\`); times ISO with an offset, or local
time of the United Kingdom without one.

A row with the same key and the same values as one that is held is a duplicate; with other values it supersedes it. Parts of a
key that are empty are equal. Nothing of a row that is rejected is lost: it is sealed with the batch, and located by row,
column and rule.`;

/** The reference page of every kind of extract and of the rules that mend cells. */
export function extractsReference(kinds: readonly ExtractKind[]): string {
  const rules = [
    '## Rules that mend cells',
    '',
    'A mapping may name these for a column, under `rules`. They apply where a cell cannot be read as it stands.',
    '',
    '| rule | what it does |',
    '|---|---|',
    ...Object.entries(cellRules).map(([rule, words]) => `| \`${rule}\` | ${words} |`),
  ].join('\n');
  const list = kinds.map((kind) => `[\`${kind.kind}\`](#${kind.kind})`).join(', ');
  return `${[opening, `Kinds: ${list}.`, ...kinds.map(sectionOf), rules].join('\n\n')}\n`;
}
