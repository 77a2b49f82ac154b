import type {
  AppendixBlock,
  ChecklistBlock,
  ChecklistItem,
  Citation,
  GlossaryBlock,
  MethodsBlock,
  MethodUsed,
} from './appendix-blocks.ts';
import type { DefinitionsBlock, Inline, ListBlock, RichText, TableBlock, TableRow } from './document.ts';

/** An appendix as the basic block that shows it. */
export function lowerAppendix(block: AppendixBlock): DefinitionsBlock | ListBlock | TableBlock {
  switch (block.kind) {
    case 'glossary':
      return glossary(block);
    case 'methods':
      return methods(block);
    case 'checklist':
      return checklist(block);
    case 'references':
      return { kind: 'list', ordered: true, items: block.items.map(citation) };
  }
}

function glossary({ terms }: GlossaryBlock): DefinitionsBlock {
  return {
    kind: 'definitions',
    items: terms.map(({ term, meaning, source }) => ({
      term,
      meaning: source === null ? meaning : [meaning, ' ', { text: `(${source})`, emphasis: 'emphasis' } as const],
    })),
  };
}

function citation({ text, doi }: Citation): RichText {
  if (doi === null) return text;
  const parts: readonly Inline[] = [text, ' ', { text: `doi:${doi}`, emphasis: 'code' }];
  return parts;
}

function methods(block: MethodsBlock): TableBlock {
  return {
    kind: 'table',
    caption: 'Analyses that this report rests on',
    columns: [
      { label: 'Analysis', align: 'start' },
      { label: 'Method and engine', align: 'start' },
      { label: 'Options', align: 'start' },
      { label: 'n', align: 'end' },
      { label: 'Missing', align: 'end' },
    ],
    rows: block.methods.map(methodRow),
    ...(block.threshold === undefined ? {} : { threshold: block.threshold }),
    notes: countingNotes(block.methods),
  };
}

/** What n and missing mean, once for all analyses of which the same is true. */
function countingNotes(methods: readonly MethodUsed[]): readonly string[] {
  const titles = new Map<string, string[]>();
  for (const { title, counted, missingMeans } of methods) {
    const meaning = `n counts ${counted}; missing are ${missingMeans}.`;
    titles.set(meaning, [...(titles.get(meaning) ?? []), title]);
  }
  return [...titles].map(([meaning, names]) => `${names.join('; ')}: ${meaning}`);
}

function methodRow(used: MethodUsed): TableRow {
  const options = used.options.map(({ name, value }) => `${name} ${value}`).join('; ');
  return {
    cells: [
      { kind: 'text', text: used.title },
      { kind: 'text', text: `${used.method} ${used.version}, ${used.engine}` },
      { kind: 'text', text: options === '' ? 'none' : options },
      used.n,
      used.missing,
    ],
  };
}

function checklist({ id, guideline, items, notes }: ChecklistBlock): TableBlock {
  return {
    kind: 'table',
    ...(id === undefined ? {} : { id }),
    caption: `${guideline}, item by item`,
    columns: [
      { label: 'Item', align: 'start' },
      { label: 'What it asks for', align: 'start' },
      { label: 'Where it is answered, or why not', align: 'start' },
    ],
    rows: items.map(checklistRow),
    notes,
  };
}

function checklistRow({ number, asks, answer }: ChecklistItem): TableRow {
  return {
    cells: [
      { kind: 'text', text: number },
      { kind: 'text', text: asks },
      'not' in answer
        ? { kind: 'text', text: `Not answered: ${answer.not}` }
        : { kind: 'references', to: answer.answered.map((to) => ({ to, text: '' })), note: answer.note ?? '' },
    ],
  };
}
