import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportDocument } from '#shared/report/document.ts';
import { familiesFrom } from '../fixtures/family-answers.ts';
import { readPdf } from '../unit/report/read-pdf.ts';
import { loadFamilySurvey } from './family-force.ts';
import { newVault, type Session, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('family-summary');
const spec = { template: 'family-summary' } as const;
let session: Session;

beforeAll(async () => {
  session = await newVault(join(folder, 'vault'));
  await loadFamilySurvey(session, folder, { ...familiesFrom(11, 150), withdrawn: (couple) => couple < 30 });
});
afterAll(() => session.engine.close());

const preview = async (asked: Record<string, unknown> = {}): Promise<ReportDocument> =>
  (await session.call('reports.preview', { spec: { ...spec, ...asked } })).document as unknown as ReportDocument;

describe('the summary sheet for families', () => {
  const sheet = join(folder, 'sheet');

  it('is one page that names what was found and whom to turn to', async () => {
    const { files, title } = await session.call('reports.build', { spec, folder: sheet, purpose: 'Family day' });
    expect(files.map(({ name }) => name)).toEqual([
      'family-summary.pdf',
      'family-summary.docx',
      'family-summary.html',
      'facts.json',
      'tables.R',
      'signature.json',
      'manifest.json',
    ]);
    const pdf = readPdf(readFileSync(join(sheet, 'family-summary.pdf')));
    expect(pdf.pages).toHaveLength(1);
    const html = readFileSync(join(sheet, 'family-summary.html'), 'utf8');
    for (const words of [
      '120 families took part',
      '116 123',
      '0300 012 0030',
      'Call 999',
      'felt more strain were less',
    ]) {
      expect(html).toContain(words);
      expect(pdf.text).toContain(words.replaceAll(' ', ''));
    }
    expect(html).not.toContain('Contents');
    expect(title).toBe('Police families: what you told us');
  });

  it('is in the log of releases, and verifies as long as the answers are the same', async () => {
    const { releases } = await session.call('releases.list', {});
    expect(releases[0]).toMatchObject({ purpose: 'Family day', marking: 'OFFICIAL', counts: 2, withheld: 0 });
    const { reports } = await session.call('reports.list', {});
    expect(reports[0]).toMatchObject({ from: '2026-02-02', to: '2026-02-02', folder: sheet, present: true });
    expect(await session.call('reports.verify', { folder: sheet })).toMatchObject({ equal: true, differences: [] });
    const file = join(sheet, 'family-summary.html');
    const kept = readFileSync(file);
    writeFileSync(file, kept.toString().replace('116 123', '116 124'));
    const { differences } = await session.call('reports.verify', { folder: sheet });
    expect(differences.map(({ where }) => where)).toEqual(['file family-summary.html']);
    writeFileSync(file, kept);
  });

  it('holds nothing of the estimates, of a household or of an officer', async () => {
    // The report's own number is made of letters and digits that mean nothing.
    const { reference: _, ...said } = await preview();
    const text = JSON.stringify(said);
    expect(text).not.toMatch(/H0\d{3}|F\d+\b|"estimate"|95%|\d\.\d\d|caus/i);
    expect(text.match(/\d+ (families|of them)/g)).toEqual(['120 families', '120 of them']);
  });

  it('stays one page with as much as a force may put on it', async () => {
    const own = { source: 'Force intranet', checkedOn: '2026-05-01' };
    const filled = (length: number): string =>
      'Ask the team on duty for help with this. '
        .repeat(length)
        .slice(0, length - 1)
        .concat('.');
    const signposting = {
      advice: Array.from({ length: 4 }, () => ({ words: filled(90), ...own })),
      contacts: Array.from({ length: 5 }, () => ({ name: filled(40), what: filled(70), reach: filled(70), ...own })),
    };
    const full = join(folder, 'full');
    await session.call('reports.build', { spec: { ...spec, title: filled(60), signposting }, folder: full });
    expect(readPdf(readFileSync(join(full, 'family-summary.pdf'))).pages).toHaveLength(1);
  });

  it('prints the advice and contacts of the force where it gives its own, and refuses more than fit', async () => {
    const own = { source: 'Force intranet', checkedOn: '2026-05-01' };
    const contact = { name: 'Our family liaison', what: 'For our families.', reach: '01234 567890', ...own };
    const signposting = { advice: [{ words: 'Talk to us.', ...own }], contacts: [contact] };
    const text = JSON.stringify(await preview({ signposting }));
    expect(text).toContain('01234 567890');
    expect(text).toContain('checked on 1 May 2026');
    expect(text).not.toContain('116 123');
    await session.call('signposting.set', { signposting });
    expect(await session.call('signposting.get', {})).toEqual({ signposting, isOwn: true });
    expect(JSON.stringify(await preview())).toContain('01234 567890');
    // A sheet that was made keeps what stood on it.
    expect(await session.call('reports.verify', { folder: sheet })).toMatchObject({ equal: true });
    await session.call('signposting.set', { signposting: null });
    expect(JSON.stringify(await preview())).toContain('116 123');
    const many = { ...signposting, contacts: Array.from({ length: 6 }, () => contact) };
    const refused = await session.refused('reports.preview', { spec: { ...spec, signposting: many } });
    expect(refused.code).toBe('BAD_INPUT');
  });

  it('goes into no folder with another report, and is refused where no family answered', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'exposure-and-wellbeing.pdf'), '');
    expect((await session.refused('reports.build', { spec, folder: other })).code).toBe('BAD_INPUT');
    const refused = await session.refused('reports.preview', { spec: { ...spec, wave: 'none' } });
    expect(refused.message).toContain('There is no wave “none”');
  });
});
