import { z } from 'zod';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { composeDocument } from '#shared/report/compose-document.ts';
import type { BasicBlock, KeyFigure, ReportDocument, RichText, TableData } from '#shared/report/document.ts';
import { formatCell, plainText } from '#shared/report/format.ts';

const factSchema = z.strictObject({ where: z.string(), says: z.string() });

/** One thing that a report says, and where: “Where it fell › Events by unit › North › Events” says “1,204”. */
export type Fact = z.infer<typeof factSchema>;

const between = ' › ';

/**
 * Everything that a document says, each under a place of its own that a reader can find, in the order of the pages, in the digits
 * that are printed. Charts are in it by the tables behind them.
 */
export function documentFacts(document: ReportDocument): readonly Fact[] {
  const { sections, ...front } = composeDocument(document);
  const facts = [
    ...Object.entries(front).map(([key, value]) => ({ where: `front page${between}${key}`, says: wordsOf(value) })),
    ...sections.flatMap(({ heading, blocks }) => [
      { where: heading, says: heading },
      ...blocks.flatMap((block) => blockFacts(block).map(under(heading))),
    ]),
  ];
  return numbered(facts);
}

/** Facts as they were written, or null where the text is none. */
export function readFacts(text: string): readonly Fact[] | null {
  try {
    return z.array(factSchema).parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function blockFacts(block: BasicBlock): readonly Fact[] {
  switch (block.kind) {
    case 'heading':
      return [{ where: 'heading', says: block.text }];
    case 'page-break':
      return [];
    case 'paragraph':
      return [{ where: 'text', says: plainText(block.text) }];
    case 'list':
      return block.items.map((item) => ({ where: 'list', says: plainText(item) }));
    case 'table':
      return tableFacts(block).map(under(`“${block.caption}”`));
    case 'figure':
      return [
        { where: 'title', says: block.title },
        { where: 'caption', says: block.caption },
        { where: 'description', says: block.description },
        ...tableFacts(block.data),
      ].map(under(`“${block.caption}”`));
    case 'callout':
      return block.text.map((text) => ({ where: `“${block.title}”`, says: plainText(text) }));
    case 'key-figures':
      return block.figures.map((figure) => ({ where: figure.label, says: keyFigureWords(figure) }));
    case 'definitions':
      return block.items.map(({ term, meaning }) => ({ where: `“${term}”`, says: plainText(meaning) }));
    case 'provenance':
      return block.entries.map(({ name, value }) => ({ where: `${block.title}${between}${name}`, says: value }));
  }
}

/** Cells by the head of their row and column. */
function tableFacts({ columns, rows, notes }: TableData): readonly Fact[] {
  const cells = rows.flatMap(({ cells: [head, ...rest] }) => {
    const row = head === undefined ? '' : formatCell(head);
    return [
      { where: 'row', says: row },
      ...rest.map((cell, at) => ({
        where: `${row}${between}${columns[at + 1]?.label ?? `column ${at + 2}`}`,
        says: formatCell(cell),
      })),
    ];
  });
  return [...cells, ...notes.map((note) => ({ where: 'note', says: note }))];
}

function keyFigureWords({ value, note }: KeyFigure): string {
  return note === undefined ? value : `${value} (${note})`;
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' || Array.isArray(value) ? plainText(value as RichText) : canonicalJson(value);
}

function under(place: string): (fact: Fact) => Fact {
  return ({ where, says }) => ({ where: `${place}${between}${where}`, says });
}

/** Where several are under one place, each has its number there. */
function numbered(facts: readonly Fact[]): readonly Fact[] {
  const total = new Map<string, number>();
  for (const { where } of facts) total.set(where, (total.get(where) ?? 0) + 1);
  const seen = new Map<string, number>();
  return facts.map(({ where, says }) => {
    if (total.get(where) === 1) return { where, says };
    const at = (seen.get(where) ?? 0) + 1;
    seen.set(where, at);
    return { where: `${where} ${at}`, says };
  });
}
