import { createHash } from 'node:crypto';
import { BookmarkEnd, BookmarkStart, type ParagraphChild, SimpleField, TextRun } from 'docx';
import { isReference } from '#shared/report/compose-document.ts';
import type { CrossReference, Inline, RichText } from '#shared/report/document.ts';
import { cleanText } from '#shared/report/format.ts';
import { styleIds } from './docx-styles.ts';

/** Longest name that Word takes for a bookmark. */
const longestName = 40;

/** An anchor as the name of a bookmark: letters, digits and underscores. */
export function bookmarkName(anchor: string): string {
  const name = anchor.replaceAll('-', '_');
  return name.length <= longestName ? name : `_${createHash('sha256').update(anchor).digest('hex').slice(0, 32)}`;
}

/** A field that Word updates when what it leads to is moved or renumbered; a click goes there. */
function crossReference({ to, text }: CrossReference): ParagraphChild {
  return new SimpleField(`REF ${bookmarkName(to)} \\h`, cleanText(text));
}

function run(part: Inline): ParagraphChild {
  if (typeof part === 'string') return new TextRun({ text: cleanText(part) });
  if (isReference(part)) return crossReference(part);
  return new TextRun({ text: cleanText(part.text), style: styleIds[part.emphasis] });
}

export function runs(text: RichText): readonly ParagraphChild[] {
  return typeof text === 'string' ? [run(text)] : text.map(run);
}

/** References one after another, and words after them. */
export function referenceRuns(to: readonly CrossReference[], note: string): readonly ParagraphChild[] {
  const parts: readonly ParagraphChild[] = to.flatMap((each, index) =>
    index === 0 ? [crossReference(each)] : [new TextRun('; '), crossReference(each)],
  );
  return note === '' ? parts : [...parts, new TextRun(cleanText(parts.length === 0 ? note : `; ${note}`))];
}

/** Words that can be referred to by their anchor; as they are where there is none. */
export function bookmarked(anchor: string | null, words: readonly ParagraphChild[]): readonly ParagraphChild[] {
  if (anchor === null) return words;
  // Numbered when the file is packed; any number will do until then.
  const marks = [
    new BookmarkStart(bookmarkName(anchor), 0),
    new BookmarkEnd(0),
  ] as unknown as readonly ParagraphChild[];
  return [...marks.slice(0, 1), ...words, ...marks.slice(1)];
}
