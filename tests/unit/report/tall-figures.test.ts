import { describe, expect, it } from 'vitest';
import { writePdf } from '#main/report/write-pdf.ts';
import type { FigureBlock, ReportDocument } from '#shared/report/document.ts';
import { readPdf } from './read-pdf.ts';

function bars(count: number): FigureBlock {
  const labels = Array.from({ length: count }, (_, index) => `Kind ${index}`);
  return {
    kind: 'figure',
    title: `Finding of ${count} bars`,
    caption: 'A caption that runs over several lines. '.repeat(6),
    description: 'Bars.',
    chart: { kind: 'bars', measure: 'events', decimals: 0, bars: labels.map((label) => ({ label, value: 7 })) },
    data: {
      columns: [
        { label: 'Kind', align: 'start' },
        { label: 'Events', align: 'end' },
      ],
      rows: [],
      notes: [],
    },
  };
}

function documentOf(count: number): ReportDocument {
  return {
    title: 'Tall figures',
    subtitle: 'One a section',
    marking: 'OFFICIAL-SENSITIVE',
    language: 'en-GB',
    dataTo: '2026-03-31',
    about: 'Figures that fill a page each.',
    sections: ['First', 'Second', 'Third'].map((heading) => ({
      id: heading.toLowerCase(),
      heading: `${heading} section`,
      blocks: [{ kind: 'heading', text: `${heading} heading` }, bars(count)],
    })),
  };
}

describe('figures as tall as a page', () => {
  it.each([5, 20, 26, 40, 60])('keeps every heading and title with %i bars', async (count) => {
    // The reader gives words without spaces; what stands before the first section is the contents list.
    const text = readPdf(await writePdf(documentOf(count))).text;
    const body = text.slice(text.indexOf('FirstsectionFirstheading'), text.lastIndexOf('Annex:'));
    for (const [index, heading] of ['First', 'Second', 'Third'].entries()) {
      expect(body).toContain(`${heading}section${heading}headingFigure${index + 1}:Findingof${count}bars`);
    }
  });
});
