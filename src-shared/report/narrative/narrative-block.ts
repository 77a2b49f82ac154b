import type { Passage } from '../../contract/narrative.ts';
import type { Inline, ListBlock, NarrativeBlock, ParagraphBlock, RichText } from '../document.ts';
import { isStale, type NumberRead } from './read-passage.ts';

/**
 * The words of an author as a block of the report. A number that has changed where it was quoted from is marked in the text itself.
 * @param numbers the numbers in the passage, as `readPassage` found them
 */
export function narrativeBlock({ text }: Passage, numbers: readonly NumberRead[]): NarrativeBlock {
  const stale = numbers.filter(isStale);
  const words = ({ start, end }: Span): RichText => marked(text, start, end, stale);
  return {
    kind: 'narrative',
    parts: partsOf(text).map((part): ParagraphBlock | ListBlock =>
      part.isList
        ? { kind: 'list', ordered: false, items: part.spans.map(words) }
        : { kind: 'paragraph', text: part.spans.flatMap((span) => inlines(words(span))) },
    ),
  };
}

/** What is printed in place of a number that is no longer what the report says. */
export function staleMark({ text, state, now }: Pick<NumberRead, 'text' | 'state' | 'now'>): string {
  // What disclosure control withholds now is not printed because somebody wrote it down before.
  if (state === 'withheld') return '[withheld now]';
  return now === null ? `${text} [no longer in this report]` : `${text} [now ${now}]`;
}

type Span = { readonly start: number; readonly end: number };
type Part = { readonly isList: boolean; readonly spans: Span[] };

const bullet = /^\s*- +/;

/** Paragraphs and lists by where their words stand in the text. */
function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let open = null as Part | null;
  const begin = (isList: boolean): Part => {
    const part: Part = { isList, spans: [] };
    parts.push(part);
    return part;
  };
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const mark = bullet.exec(line)?.[0];
    if (line.trim() === '') open = null;
    else if (mark !== undefined) {
      open = open?.isList === true ? open : begin(true);
      open.spans.push({ start: start + mark.length, end });
    } else {
      open ??= begin(false);
      // A line that begins with no mark goes on with what was before it.
      open.spans.push({ start: open.spans.pop()?.start ?? start, end });
    }
    start = end + 1;
  }
  return parts;
}

function marked(text: string, start: number, end: number, stale: readonly NumberRead[]): RichText {
  const parts: Inline[] = [];
  let at = start;
  for (const number of stale) {
    if (number.start < start || number.end > end) continue;
    parts.push(oneLine(text.slice(at, number.start)), { text: staleMark(number), emphasis: 'changed' });
    at = number.end;
  }
  const rest = oneLine(text.slice(at, end));
  return parts.length === 0 ? rest.trim() : [...parts, rest].filter((part) => part !== '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function inlines(text: RichText): readonly Inline[] {
  return typeof text === 'string' ? [text] : text;
}
