import { z } from 'zod';
import { canonicalJson } from '../domain/canonical-json.ts';
import { composeDocument } from './compose-document.ts';
import type { BasicBlock, KeyFigure, ReportDocument, RichText, TableData } from './document.ts';
import { formatCell, plainText } from './format.ts';

const factSchema = z.strictObject({ where: z.string(), says: z.string() });

/** One thing that a report says, and where: “Where it fell › Events by unit › North › Events” says “1,204”. */
export type Fact = z.infer<typeof factSchema>;

/** Whether what is said is a result by itself, a sentence with results in it, or neither, such as a heading or the author’s own words. */
export type FactKind = 'figure' | 'sentence' | 'other';

/** A fact with the section that it stands in; null on the front page. */
export type PlacedFact = Fact & { readonly kind: FactKind; readonly section: string | null };

const between = ' › ';

/**
 * Everything that a document says, each under a place of its own that a reader can find, in the order of the pages, in the digits
 * that are printed. Charts are in it by the tables behind them.
 */
export function documentFacts(document: ReportDocument): readonly Fact[] {
  return placedFacts(document).map(({ where, says }) => ({ where, says }));
}

/** The same, each with what kind of thing it is and the section it stands in. */
export function placedFacts(document: ReportDocument): readonly PlacedFact[] {
  const { sections, ...front } = composeDocument(document);
  const facts = [
    ...Object.entries(front).map(
      ([key, value]): PlacedFact => ({ ...other(`front page${between}${key}`, wordsOf(value)), section: null }),
    ),
    ...sections.flatMap(({ id, heading, blocks }) =>
      [other(heading, heading), ...blocks.flatMap((block) => blockFacts(block).map(under(heading)))].map(
        (fact): PlacedFact => ({ ...fact, section: id }),
      ),
    ),
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

type KindedFact = Omit<PlacedFact, 'section'>;

function figure(where: string, says: string): KindedFact {
  return { where, says, kind: 'figure' };
}

function sentence(where: string, says: string): KindedFact {
  return { where, says, kind: 'sentence' };
}

function other(where: string, says: string): KindedFact {
  return { where, says, kind: 'other' };
}

function blockFacts(block: BasicBlock): readonly KindedFact[] {
  switch (block.kind) {
    case 'heading':
      return [other('heading', block.text)];
    case 'page-break':
      return [];
    case 'paragraph':
      return [sentence('text', plainText(block.text))];
    case 'list':
      return block.items.map((item) => sentence('list', plainText(item)));
    case 'table':
      return tableFacts(block).map(under(`“${block.caption}”`));
    case 'figure':
      return [
        sentence('title', block.title),
        other('caption', block.caption),
        other('description', block.description),
        ...tableFacts(block.data),
      ].map(under(`“${block.caption}”`));
    case 'callout':
      return block.text.map((text) => sentence(`“${block.title}”`, plainText(text)));
    case 'key-figures':
      return block.figures.map((each) => figure(each.label, keyFigureWords(each)));
    case 'definitions':
      return block.items.map(({ term, meaning }) => other(`“${term}”`, plainText(meaning)));
    case 'provenance':
      return block.entries.map(({ name, value }) => other(`${block.title}${between}${name}`, value));
    case 'narrative':
      return block.parts.flatMap((part) =>
        (part.kind === 'list' ? part.items : [part.text]).map((text) => other('words of the author', plainText(text))),
      );
  }
}

/** Cells by the head of their row and column. */
function tableFacts({ columns, rows, notes }: TableData): readonly KindedFact[] {
  const cells = rows.flatMap(({ cells: [head, ...rest] }) => {
    const row = head === undefined ? '' : formatCell(head);
    return [
      other('row', row),
      ...rest.map((cell, at) =>
        figure(`${row}${between}${columns[at + 1]?.label ?? `column ${at + 2}`}`, formatCell(cell)),
      ),
    ];
  });
  return [...cells, ...notes.map((note) => other('note', note))];
}

function keyFigureWords({ value, note }: KeyFigure): string {
  return note === undefined ? value : `${value} (${note})`;
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' || Array.isArray(value) ? plainText(value as RichText) : canonicalJson(value);
}

function under(place: string): (fact: KindedFact) => KindedFact {
  return (fact) => ({ ...fact, where: `${place}${between}${fact.where}` });
}

/** Where several are under one place, each has its number there. */
function numbered(facts: readonly PlacedFact[]): readonly PlacedFact[] {
  const total = new Map<string, number>();
  for (const { where } of facts) total.set(where, (total.get(where) ?? 0) + 1);
  const seen = new Map<string, number>();
  return facts.map((fact) => {
    const { where } = fact;
    if (total.get(where) === 1) return fact;
    const at = (seen.get(where) ?? 0) + 1;
    seen.set(where, at);
    return { ...fact, where: `${where} ${at}` };
  });
}
