import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Passage } from '#shared/contract/narrative.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { placedFacts } from '#shared/report/document-facts.ts';
import { printedNumbers } from '#shared/report/narrative/printed-numbers.ts';
import { withQuotes } from '#shared/report/narrative/read-passage.ts';
import { readDocx } from '../unit/report/read-docx.ts';
import { readPdf } from '../unit/report/read-pdf.ts';
import { csvFile, newVault, type Session, temporaryFolder, user } from './test-vault.ts';

const folder = temporaryFolder('report-words');
const period = { template: 'exposure-and-wellbeing', from: '2026-01-01', to: '2026-03-31' } as const;
const people = 24;
let session: Session;

async function load(name: string, kind: string, header: string, lines: readonly string[]): Promise<void> {
  await session.call('imports.load', { file: csvFile(folder, name, header, lines), kind, mapping: null });
}

const events = (day: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `P${at},${day}T10:00,RTC_FATAL`);

beforeAll(async () => {
  session = await newVault(join(folder, 'vault'), ['administrator', 'analyst']);
  const rows = Array.from({ length: people }, (_, at) => `P${at},Response,North,2015-01-01`);
  await load('people.csv', 'people', 'person_ref,role,unit,service_start', rows);
  await load('first.csv', 'exposures', 'person_ref,occurred_at,category', events('2026-02-01', people));
});

async function quoted(passage: Passage): Promise<ReportSpec> {
  const { document } = await session.call('reports.preview', { spec: period });
  const printed = printedNumbers(placedFacts(document as unknown as ReportDocument));
  return { ...period, narrative: [withQuotes(passage, printed)] };
}

function squeezed(value: unknown): string {
  return JSON.stringify(value).replace(/[^\p{L}\p{N}]/gu, '');
}

describe('a draft', () => {
  const narrative: Passage[] = [{ section: 'summary', place: 'end', text: 'Words <b>kept</b>.\n\n- 12.4%' }];
  const spec: ReportSpec = { ...period, narrative };
  const later: ReportSpec = { ...period, narrative: [{ section: 'where', place: 'start', text: 'Later.' }] };

  it('is kept with its words, and never overwritten by whoever had an older one open', async () => {
    const first = await session.call('reports.saveDraft', { name: ' Spring ', spec, over: null });
    const { drafts } = await session.call('reports.drafts', {});
    expect(drafts).toEqual([
      { ...first, name: 'Spring', template: period.template, spec, savedAt: expect.any(String), savedBy: user },
    ]);
    const second = await session.call('reports.saveDraft', { name: 'Spring', spec: later, over: first });
    expect(second).toEqual({ draft: first.draft, version: 2 });
    const late = await session.refused('reports.saveDraft', { name: 'Spring', spec, over: first });
    expect(late).toMatchObject({ code: 'BAD_INPUT', params: { version: 2, savedBy: user } });
    expect(late.message).toMatch(/^tester saved “Spring” on \d{4}-\d\d-\d\d at \d\d:\d\d UTC, after you opened it\.$/);
    expect((await session.refused('reports.removeDraft', first)).code).toBe('BAD_INPUT');
    const another = await session.call('reports.saveDraft', { name: 'Spring', spec, over: null });
    expect((await session.call('reports.drafts', {})).drafts.map(({ spec: kept }) => kept)).toEqual([later, spec]);
    for (const draft of [second, another]) await session.call('reports.removeDraft', draft);
    expect((await session.call('reports.drafts', {})).drafts).toEqual([]);
    const wordless = await session.refused('reports.saveDraft', { name: 'None', spec: period, over: null });
    expect(wordless.code).toBe('BAD_SPEC');
    expect((await session.refused('reports.saveDraft', { name: 'Spring', spec, over: second })).code).toBe('NOT_FOUND');
  });
});

describe('the words of an author', () => {
  const text = `In all ${people} exposures were recorded among ${people} people in post; we ask for 3 more nurses.`;
  const passage: Passage = { section: 'summary', place: 'start', text };
  let spec: ReportSpec;

  it('are not built while they quote what is withheld now, and refused where there is no such section', async () => {
    spec = await quoted(passage);
    const withheld = { ...period, threshold: 100, clinicalThreshold: 100 };
    const narrative = 'narrative' in spec ? spec.narrative : undefined;
    const asked: ReportSpec = { ...withheld, narrative };
    const refused = await session.refused('reports.build', { spec: asked, folder: join(folder, 'none') });
    expect(refused).toMatchObject({
      code: 'DISCLOSURE',
      message: expect.stringContaining('In short › people in post'),
    });
    const { document } = await session.call('reports.preview', { spec: asked });
    expect(JSON.stringify(document)).toContain('[withheld now]');
    expect(JSON.stringify(document)).not.toContain(`among ${people} people`);
    const nowhere: ReportSpec = { ...period, narrative: [{ ...passage, section: 'nowhere' }] };
    const unknown = await session.refused('reports.preview', { spec: nowhere });
    expect(unknown).toMatchObject({ code: 'BAD_SPEC', hint: expect.stringContaining('summary, over-time') });
  });

  it('stand in the report as they were written while their numbers are those of the report', async () => {
    const [words] = 'narrative' in spec ? (spec.narrative ?? []) : [];
    expect(words?.quotes?.map(({ fact }) => fact)).toEqual([
      'In short › recorded exposures',
      'In short › people in post',
    ]);
    const built = await session.call('reports.build', { spec, folder: join(folder, 'first') });
    expect(built.quotes).toEqual({ same: 2, changed: 0, gone: 0, notPrinted: expect.any(Number) });
    const html = readFileSync(join(folder, 'first', 'exposure-and-wellbeing.html'), 'utf8');
    expect(html).toContain(text);
    expect(html).not.toContain('<mark>');
    expect(await session.call('reports.verify', { folder: join(folder, 'first') })).toMatchObject({ equal: true });
  });

  it('are marked where a number is another after an import, in every form, and verify as equal', async () => {
    await load('second.csv', 'exposures', 'person_ref,occurred_at,category', events('2026-03-01', people));
    const { leaving } = await session.call('reports.preview', { spec });
    expect(leaving.notes.join(' ')).toContain('that are others now, and marked in the text: 1.');
    const built = await session.call('reports.build', { spec, folder: join(folder, 'second') });
    expect(built.quotes).toMatchObject({ same: 1, changed: 1, gone: 0 });
    const read = (kind: string): Buffer => readFileSync(join(folder, 'second', `exposure-and-wellbeing.${kind}`));
    expect(read('html').toString()).toContain(`In all <mark>${people} [now ${2 * people}]</mark> exposures`);
    const marked = `Writtenbytheauthor`;
    const words = `Inall${people}now${2 * people}exposureswererecordedamong${people}peopleinpost`;
    for (const form of [squeezed(readDocx(read('docx'))), squeezed(readPdf(read('pdf')))]) {
      expect(form).toContain(marked);
      expect(form).toContain(words);
    }
    expect(await session.call('reports.verify', { folder: join(folder, 'second') })).toMatchObject({ equal: true });
    const then = await session.call('reports.verify', { folder: join(folder, 'first') });
    expect(then.differences.map(({ where }) => where)).toContain('In short › words of the author');
  });
});
