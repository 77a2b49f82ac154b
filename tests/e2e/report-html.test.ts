import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeHtml } from '#main/report/write-html.ts';
import { reference } from '#shared/report/compose-document.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { temporaryFolder } from '../integration/test-vault.ts';
import { sampleDocument } from '../unit/report/sample-document.ts';
import { browserObstacle, openPlainBrowser } from './plain-browser.ts';

const why = browserObstacle();
const withAppendices: ReportDocument = {
  ...sampleDocument,
  version: '1.0',
  sections: [
    ...sampleDocument.sections,
    {
      id: 'appendices',
      heading: 'Appendices',
      blocks: [
        { kind: 'heading', text: 'Checklist' },
        { kind: 'heading', text: 'Under it', level: 2 },
        { kind: 'paragraph', text: ['Each item leads to ', reference('method'), ' or says why not.'] },
        {
          kind: 'checklist',
          guideline: 'STROBE',
          items: [
            { number: '1', asks: 'One', answer: { answered: ['summary', 'method'], note: 'and more' } },
            { number: '2', asks: 'Two', answer: { not: 'nobody asked.' } },
          ],
          notes: [],
        },
        { kind: 'glossary', terms: [{ term: 'Mean', meaning: 'The middle of mass.', source: null }] },
        { kind: 'references', items: [{ text: 'Somebody (2010).', doi: '10.1/x' }] },
      ],
    },
  ],
};

describe.skipIf(why !== null)(`the HTML report${why === null ? '' : ` (${why})`}`, () => {
  const file = join(temporaryFolder('report-html'), 'report.html');
  let browser: Browser;
  beforeAll(async () => {
    writeFileSync(file, writeHtml(withAppendices));
    browser = await openPlainBrowser();
  });
  afterAll(async () => browser.close());

  it.each([
    { colorScheme: 'light', media: 'screen' },
    { colorScheme: 'dark', media: 'screen' },
    { colorScheme: 'light', media: 'print' },
    { colorScheme: 'dark', media: 'print' },
  ] as const)('has nothing that axe finds fault with ($colorScheme, $media)', async (how) => {
    const page = await browser.newPage();
    await page.emulateMedia(how);
    await page.goto(`file://${file}`);
    const picture = `report-${how.media}-${how.colorScheme}.png`;
    await page.screenshot({ path: join('test-results', 'screens', picture), fullPage: true });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    await page.close();
  });
});
