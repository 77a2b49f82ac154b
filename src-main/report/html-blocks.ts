import { lightTheme } from '#shared/charts/chart-theme.ts';
import { blockAnchor } from '#shared/report/compose-document.ts';
import {
  type BasicBlock,
  type CalloutBlock,
  type FigureBlock,
  type KeyFiguresBlock,
  type ListBlock,
  type NarrativeBlock,
  narrativeLabel,
  type ParagraphBlock,
  type ProvenanceBlock,
  type TableCellValue,
  type TableData,
} from '#shared/report/document.ts';
import { captionOf, formatCell, notesOf } from '#shared/report/format.ts';
import { drawChart } from './draw-chart.ts';
import { escapeHtml, referenceHtml, richHtml } from './escape-html.ts';

const chartWidthPx = 780;
/** Letters near the size of the text around them. */
const chartTheme = { ...lightTheme, fontSizePx: 13 };

function cellHtmlText(cell: TableCellValue | undefined): string {
  if (cell === undefined) return '';
  if (cell.kind !== 'references') return escapeHtml(formatCell(cell));
  return [...cell.to.map(referenceHtml), ...(cell.note === '' ? [] : [escapeHtml(cell.note)])].join('; ');
}

function cellHtml(cell: TableCellValue | undefined, align: 'start' | 'end', rowHeader: boolean): string {
  const quiet = cell !== undefined && (cell.kind === 'withheld' || cell.kind === 'not-assessable');
  const classes = [...(align === 'end' ? ['end'] : []), ...(quiet ? ['quiet'] : [])].join(' ');
  const attributes = classes === '' ? '' : ` class="${classes}"`;
  const text = cellHtmlText(cell);
  if (rowHeader) return `<th scope="row"${attributes}>${text}</th>`;
  return `<td${attributes}>${cell?.kind === 'withheld' ? `<abbr title="withheld">${text}</abbr>` : text}</td>`;
}

/** @param anchor where references to the table lead; null where there can be none */
function tableHtml(table: TableData, caption: string, anchor: string | null): string {
  const head = table.columns
    .map((column) => {
      const unit = column.unit === undefined ? '' : `<span class="unit">${escapeHtml(column.unit)}</span>`;
      return `<th scope="col"${column.align === 'end' ? ' class="end"' : ''}>${escapeHtml(column.label)}${unit}</th>`;
    })
    .join('');
  const rows = table.rows
    .map((row) => {
      const cells = table.columns
        .map((column, index) => cellHtml(row.cells[index], column.align, index === 0))
        .join('');
      return `<tr${row.role === 'total' ? ' class="total"' : ''}>${cells}</tr>`;
    })
    .join('\n');
  const notes = notesOf(table)
    .map((note) => `<p>${escapeHtml(note)}</p>`)
    .join('');
  // Focusable, so that a table wider than the window can be scrolled from the keyboard.
  const id = anchor === null ? '' : ` id="${escapeHtml(anchor)}"`;
  return `<div class="scroll"${id} role="region" tabindex="0" aria-label="${escapeHtml(caption)}"><table>
<caption>${escapeHtml(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${rows}
</tbody></table></div>${notes === '' ? '' : `<div class="notes">${notes}</div>`}`;
}

function figureHtml(block: FigureBlock, id: string): string {
  const { svg } = drawChart(block.chart, `chart-${id}`, chartWidthPx, chartTheme);
  const named = svg.replace(/^<svg /, `<svg role="img" aria-labelledby="chart-${id}-title chart-${id}-desc" `);
  const described = named.replace(
    '>',
    `><title id="chart-${id}-title">${escapeHtml(block.title)}</title><desc id="chart-${id}-desc">${escapeHtml(block.description)}</desc>`,
  );
  return `<figure${block.id === undefined ? '' : ` id="${escapeHtml(blockAnchor(block.id))}"`}>
<figcaption><h3 class="figure-title">${escapeHtml(captionOf(block.label, block.title))}</h3><p class="figure-caption">${escapeHtml(block.caption)}</p></figcaption>
${described}
<details><summary>The numbers behind this chart</summary>
${tableHtml(block.data, captionOf(block.label, 'the numbers behind it'), null)}
</details>
</figure>`;
}

function calloutHtml(block: CalloutBlock): string {
  const text = block.text.map((each) => `<p>${richHtml(each)}</p>`).join('');
  return `<div class="callout ${block.tone}" role="note"><p class="title">${escapeHtml(block.title)}</p>${text}</div>`;
}

function keyFiguresHtml(block: KeyFiguresBlock): string {
  const figures = block.figures.map((figure) => {
    const note = figure.note === undefined ? '' : `<dd class="note">${escapeHtml(figure.note)}</dd>`;
    return `<div><dt>${escapeHtml(figure.label)}</dt><dd class="value">${escapeHtml(figure.value)}</dd>${note}</div>`;
  });
  return `<dl class="figures">${figures.join('')}</dl>`;
}

function termsHtml(items: readonly { readonly term: string; readonly html: string }[]): string {
  return `<dl class="terms">${items.map(({ term, html }) => `<div><dt>${escapeHtml(term)}</dt>${html}</div>`).join('')}</dl>`;
}

function provenanceHtml(block: ProvenanceBlock): string {
  const entries = block.entries.map((entry) => ({
    term: entry.name,
    html: `<dd${entry.code === true ? ' class="code"' : ''}>${escapeHtml(entry.value)}</dd>`,
  }));
  return `<div class="provenance"><h3>${escapeHtml(block.title)}</h3>${termsHtml(entries)}</div>`;
}

const paragraphClass = { lead: ' class="lead"', normal: '', small: ' class="small"' } as const;

function paragraphHtml({ tone, text }: ParagraphBlock): string {
  return `<p${paragraphClass[tone ?? 'normal']}>${richHtml(text)}</p>`;
}

function listHtml({ ordered, items }: ListBlock): string {
  const element = ordered ? 'ol' : 'ul';
  return `<${element}>${items.map((item) => `<li>${richHtml(item)}</li>`).join('')}</${element}>`;
}

function narrativeHtml({ parts }: NarrativeBlock): string {
  const words = parts.map((part) => (part.kind === 'list' ? listHtml(part) : paragraphHtml(part))).join('');
  return `<div class="authored" role="note" aria-label="${escapeHtml(narrativeLabel)}"><p class="by" aria-hidden="true">${escapeHtml(narrativeLabel)}</p>${words}</div>`;
}

/** One block as HTML; every word of it is escaped. `id` is unique in the document and made of letters, digits and hyphens. */
export function blockHtml(block: BasicBlock, id: string): string {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? `<h4>${escapeHtml(block.text)}</h4>` : `<h3>${escapeHtml(block.text)}</h3>`;
    case 'paragraph':
      return paragraphHtml(block);
    case 'list':
      return listHtml(block);
    case 'narrative':
      return narrativeHtml(block);
    case 'table':
      return tableHtml(
        block,
        captionOf(block.label, block.caption),
        block.id === undefined ? null : blockAnchor(block.id),
      );
    case 'figure':
      return figureHtml(block, id);
    case 'callout':
      return calloutHtml(block);
    case 'key-figures':
      return keyFiguresHtml(block);
    case 'definitions':
      return termsHtml(block.items.map((item) => ({ term: item.term, html: `<dd>${richHtml(item.meaning)}</dd>` })));
    case 'provenance':
      return provenanceHtml(block);
    case 'page-break':
      return '<div class="page-break"></div>';
  }
}
