import { ImageRun, Paragraph, type Table } from 'docx';
import type { FigureBlock } from '#shared/report/document.ts';
import { captionOf, cleanText } from '#shared/report/format.ts';
import { styleIds } from './docx-styles.ts';
import { captionRuns, dataTable } from './docx-table.ts';
import { pixels } from './docx-units.ts';
import { drawChart } from './draw-chart.ts';
import { drawPng } from './draw-png.ts';
import { contentWidthPt } from './page.ts';

/** Width that charts are drawn at, as in the PDF; their letters then match small print. */
const chartWidthPx = 640;

/** A picture stays on one page with its caption and a heading. */
const tallestChartPt = 520;

/** Of the picture for readers that show no SVG: half as fine again as the drawing, about 145 to the inch on the page. */
const pictureWidthPx = 1.5 * chartWidthPx;

export type NumberedFigure = {
  /** Counts from 1 through the document. */
  readonly number: number;
  /** Unique in the document; prefix of ids in the drawing. */
  readonly id: string;
};

/** The finding as caption, the chart as a vector with a picture behind it, what is drawn, and the numbers as a table. */
export async function figureBlock(
  block: FigureBlock,
  { number, id }: NumberedFigure,
): Promise<readonly (Paragraph | Table)[]> {
  const drawn = drawChart(block.chart, id, chartWidthPx);
  const heightPt = (drawn.heightPx / drawn.widthPx) * contentWidthPt;
  const scale = Math.min(1, tallestChartPt / heightPt);
  const transformation = { width: pixels(contentWidthPt * scale), height: pixels(heightPt * scale) };
  const title = cleanText(block.title);
  const picture = new ImageRun({
    type: 'svg',
    data: Buffer.from(drawn.svg, 'utf8'),
    transformation,
    fallback: { type: 'png', data: await drawPng(drawn.svg, pictureWidthPx) },
    altText: {
      id: String(number),
      name: `Chart ${number}`,
      title,
      description: cleanText(`${block.title}. ${block.description}`),
    },
  });
  const about = captionOf(block.label, 'the numbers behind it');
  return [
    new Paragraph({ style: styleIds.caption, children: captionRuns(block.label, block.title, block.id) }),
    new Paragraph({ keepNext: true, children: [picture] }),
    new Paragraph({ style: styleIds.figureNote, text: cleanText(block.caption) }),
    new Paragraph({ style: styleIds.dataCaption, text: about }),
    ...dataTable(block.data, `${title}: ${about}`),
  ];
}
