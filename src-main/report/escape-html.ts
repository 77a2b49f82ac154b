import { isReference } from '#shared/report/compose-document.ts';
import type { CrossReference, RichText } from '#shared/report/document.ts';
import { cleanText } from '#shared/report/format.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Any text made inert, in content and in quoted attributes: the only way words reach the HTML report. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** A link inside the document. */
export function referenceHtml({ to, text }: CrossReference): string {
  return `<a href="#${escapeHtml(to)}">${escapeHtml(text)}</a>`;
}

export function richHtml(text: RichText): string {
  if (typeof text === 'string') return escapeHtml(text);
  return text
    .map((part) => {
      if (typeof part === 'string') return escapeHtml(part);
      if (isReference(part)) return referenceHtml(part);
      const element = { strong: 'strong', emphasis: 'em', code: 'code', changed: 'mark' }[part.emphasis];
      return `<${element}>${escapeHtml(part.text)}</${element}>`;
    })
    .join('');
}
