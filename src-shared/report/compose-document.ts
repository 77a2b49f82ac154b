import type {
  BasicBlock,
  Block,
  CrossReference,
  FigureBlock,
  Inline,
  ListBlock,
  ParagraphBlock,
  ReportDocument,
  RichText,
  TableBlock,
  TableCellValue,
  TableData,
} from './document.ts';
import { lowerAppendix } from './lower-appendix.ts';

export type ComposedSection = {
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly BasicBlock[];
};

/** A document of basic blocks only, its tables and figures numbered and its cross references saying what they lead to. */
export type ComposedDocument = Omit<ReportDocument, 'sections'> & { readonly sections: readonly ComposedSection[] };

/** Where something can be jumped to, and what it is called. */
type Target = { readonly anchor: string; readonly name: string };

export function sectionAnchor(id: string): string {
  return `section-${id}`;
}

export function blockAnchor(id: string): string {
  return `item-${id}`;
}

/** A reference to a section, table or figure, to be put into a text. */
export function reference(id: string): CrossReference {
  return { to: id, text: '' };
}

/**
 * The document as every writer sets it: appendices made into basic blocks, tables and figures numbered in the order they
 * stand in, cross references filled in. A sheet to hand out has no numbers.
 *
 * @throws where a cross reference leads to nothing, or two things have one id: a fault of whoever wrote the document.
 */
export function composeDocument(document: ReportDocument): ComposedDocument {
  const lowered = document.sections.map((section) => ({ ...section, blocks: section.blocks.map(lowerBlock) }));
  const numbered = document.layout === 'sheet' ? lowered : numberedSections(lowered);
  const targets = targetsOf(numbered);
  return {
    ...document,
    about: resolvedText(document.about, targets),
    sections: numbered.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => resolvedBlock(block, targets)),
    })),
  };
}

function lowerBlock(block: Block): BasicBlock {
  switch (block.kind) {
    case 'glossary':
    case 'methods':
    case 'checklist':
    case 'references':
      return lowerAppendix(block);
    default:
      return block;
  }
}

function numberedSections(sections: readonly ComposedSection[]): readonly ComposedSection[] {
  let tables = 0;
  let figures = 0;
  return sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block): BasicBlock => {
      if (block.kind === 'table') {
        tables += 1;
        return { ...block, label: `Table ${tables}` };
      }
      if (block.kind === 'figure') {
        figures += 1;
        return { ...block, label: `Figure ${figures}` };
      }
      return block;
    }),
  }));
}

function targetsOf(sections: readonly ComposedSection[]): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  const add = (id: string, target: Target): void => {
    if (targets.has(id)) throw new Error(`two things in the document have the id ${id}`);
    targets.set(id, target);
  };
  for (const section of sections) {
    add(section.id, { anchor: sectionAnchor(section.id), name: section.heading });
    for (const block of section.blocks) {
      if ((block.kind === 'table' || block.kind === 'figure') && block.id !== undefined) {
        add(block.id, { anchor: blockAnchor(block.id), name: block.label ?? nameOf(block) });
      }
    }
  }
  return targets;
}

function nameOf(block: TableBlock | FigureBlock): string {
  return block.kind === 'table' ? block.caption : block.title;
}

type Targets = ReadonlyMap<string, Target>;

function resolved({ to }: CrossReference, targets: Targets): CrossReference {
  const target = targets.get(to);
  if (target === undefined) throw new Error(`the document refers to ${to}, which it does not hold`);
  return { to: target.anchor, text: target.name };
}

function resolvedText(text: RichText, targets: Targets): RichText {
  if (typeof text === 'string') return text;
  return text.map((part): Inline => (isReference(part) ? resolved(part, targets) : part));
}

/** Whether a part of a text leads somewhere. */
export function isReference(part: Inline): part is CrossReference {
  return typeof part === 'object' && 'to' in part;
}

function resolvedTable<T extends TableData>(table: T, targets: Targets): T {
  const cell = (value: TableCellValue): TableCellValue =>
    value.kind === 'references' ? { ...value, to: value.to.map((each) => resolved(each, targets)) } : value;
  return { ...table, rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(cell) })) };
}

function resolvedPart(part: ParagraphBlock | ListBlock, targets: Targets): ParagraphBlock | ListBlock {
  return part.kind === 'paragraph'
    ? { ...part, text: resolvedText(part.text, targets) }
    : { ...part, items: part.items.map((item) => resolvedText(item, targets)) };
}

function resolvedBlock(block: BasicBlock, targets: Targets): BasicBlock {
  switch (block.kind) {
    case 'paragraph':
    case 'list':
      return resolvedPart(block, targets);
    case 'callout':
      return { ...block, text: block.text.map((text) => resolvedText(text, targets)) };
    case 'definitions':
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, meaning: resolvedText(item.meaning, targets) })),
      };
    case 'table':
      return resolvedTable(block, targets);
    case 'figure':
      return { ...block, data: resolvedTable(block.data, targets) };
    case 'narrative':
      return { ...block, parts: block.parts.map((part) => resolvedPart(part, targets)) };
    case 'heading':
    case 'key-figures':
    case 'provenance':
    case 'page-break':
      return block;
  }
}
