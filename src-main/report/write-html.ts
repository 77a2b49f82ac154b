import { createHash } from 'node:crypto';
import { type ComposedDocument, composeDocument, sectionAnchor } from '#shared/report/compose-document.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { editionOf } from '#shared/report/edition.ts';
import { cleanText } from '#shared/report/format.ts';
import { escapeHtml, richHtml } from './escape-html.ts';
import { blockHtml } from './html-blocks.ts';
import { htmlStyle } from './html-style.ts';

/** Nothing runs and nothing is fetched: the one style element is known by its hash, so that nothing can be added to it. */
function contentPolicy(style: string): string {
  const hash = createHash('sha256').update(style, 'utf8').digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function contentsHtml({ sections }: ComposedDocument): string {
  const entries = sections
    .map((section) => `<li><a href="#${escapeHtml(sectionAnchor(section.id))}">${escapeHtml(section.heading)}</a></li>`)
    .join('\n');
  return `<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>
${entries}
</ol></nav>`;
}

/**
 * The report as one HTML file without script: readable in light and dark, printable, with the numbers behind each chart
 * under it. The same document gives the same text.
 */
export function writeHtml(given: ReportDocument): string {
  const document = composeDocument(given);
  const navigation = document.layout === 'sheet' ? '' : `${contentsHtml(document)}\n`;
  const sections = document.sections
    .map((section) => {
      const id = escapeHtml(section.id);
      const blocks = section.blocks.map((block, index) => blockHtml(block, `${id}-${index}`)).join('\n');
      const anchor = escapeHtml(sectionAnchor(section.id));
      return `<section aria-labelledby="${anchor}">\n<h2 id="${anchor}">${escapeHtml(section.heading)}</h2>\n${blocks}\n</section>`;
    })
    .join('\n');
  const marking = escapeHtml(document.marking);
  const style = htmlStyle(cleanText(document.marking));
  const title = escapeHtml(document.title);
  const edition = escapeHtml(editionOf(document));
  return `<!doctype html>
<html lang="${document.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Tidemark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
<header><p class="marking">${marking}</p></header>
<div class="wrap">
<main id="report" tabindex="-1">
<h1>${title}</h1>
<p class="subtitle">${escapeHtml(document.subtitle)}</p>
<p class="about">${richHtml(document.about)}</p>
<p class="muted">${edition}</p>
${navigation}${sections}
</main>
<footer><p>${title} · ${edition}</p><p class="marking">${marking}</p></footer>
</div>
</body>
</html>
`;
}
