import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ComposedDocument, composeDocument } from '#shared/report/compose-document.ts';
import type { ReportDocument, TableData } from '#shared/report/document.ts';
import { captionOf, formatCell, plainText } from '#shared/report/format.ts';
import { readDocx } from '../unit/report/read-docx.ts';
import { readPdf } from '../unit/report/read-pdf.ts';
import { newSession, newVault, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('report-documents');
const built = join(folder, 'built');
const file = (kind: string): string => join(built, `exposure-and-wellbeing.${kind}`);
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
let document: ComposedDocument;

beforeAll(async () => {
  const force = await newSession().call('synthetic.write', {
    folder: join(folder, 'force'),
    people: 250,
    years: 1,
    seed: 5,
    kinds: ['people', 'exposures', 'screenings'],
  });
  const session = await newVault(join(folder, 'vault'));
  for (const { kind, path } of force.files) await session.call('imports.load', { file: path, kind, mapping: null });
  const spec = { template: 'exposure-and-wellbeing', from: '2025-04-01', to: '2026-03-31', version: '2.1' } as const;
  const previewed = await session.call('reports.preview', { spec });
  document = composeDocument(previewed.document as unknown as ReportDocument);
  await session.call('reports.build', { spec, folder: built });
  await session.engine.close();
});

/** Letters and digits only: every reader breaks lines and spaces in its own way. */
const squeeze = (text: string): string => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');

function tablesOf({ sections }: ComposedDocument): readonly TableData[] {
  return sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? [block] : block.kind === 'figure' ? [block.data] : [])),
  );
}

/** Everything a reader has to find: headings, captions, cells, sentences. */
function saidBy(said: ComposedDocument): readonly string[] {
  const blocks = said.sections.flatMap((section) => section.blocks);
  return [
    said.title,
    ...said.sections.map(({ heading }) => heading),
    ...blocks.flatMap((block): readonly string[] => {
      if (block.kind === 'heading') return [block.text];
      if (block.kind === 'table') return [captionOf(block.label, block.caption)];
      if (block.kind === 'figure') return [captionOf(block.label, block.title), block.caption];
      if (block.kind === 'paragraph') return [plainText(block.text)];
      if (block.kind === 'list') return block.items.map(plainText);
      if (block.kind === 'callout') return [block.title, ...block.text.map(plainText)];
      if (block.kind === 'definitions') return block.items.flatMap(({ term, meaning }) => [term, plainText(meaning)]);
      return [];
    }),
    ...tablesOf(said).flatMap(({ columns, rows }) => [
      ...columns.map(({ label }) => label),
      ...rows.flatMap(({ cells }) => cells.map(formatCell)),
    ]),
  ];
}

function missingFrom(text: string): readonly string[] {
  const squeezed = squeeze(text);
  return saidBy(document).filter((each) => !squeezed.includes(squeeze(each)));
}

describe('a report in its three forms', () => {
  it('has its analyses, a checklist, terms and references at its end', () => {
    expect(document.sections.slice(-4).map(({ id }) => id)).toEqual(['analyses', 'checklist', 'terms', 'references']);
    expect(saidBy(document).length).toBeGreaterThan(250);
  });

  it('says the same in each', () => {
    const html = readFileSync(file('html'), 'utf8');
    const words = html
      .replace(/<(style|svg)\b[\s\S]*?<\/\1>/g, '')
      .replace(/<[^>]*>/g, '')
      .replace(/&(amp|lt|gt|quot|#39);/g, '');
    expect(missingFrom(words)).toEqual([]);
    const docx = readDocx(readFileSync(file('docx')));
    const cells = docx.tables.flatMap(({ rows }) => rows.flat());
    expect(missingFrom([...docx.paragraphs.map(({ text }) => text), ...cells].join('\n'))).toEqual([]);
    // In a table of the PDF a cell of several lines is drawn line by line across the row, so that it is looked for word by word.
    const pdf = squeeze(readPdf(readFileSync(file('pdf'))).text);
    const lost = saidBy(document)
      .flatMap((text) => text.split(/[\s/]+/))
      .filter((word) => !pdf.includes(squeeze(word)));
    expect(lost).toEqual([]);
  });

  it('has edition, marking and id in each', () => {
    const { report } = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as { report: { id: string } };
    const pdf = readPdf(readFileSync(file('pdf')));
    const docx = readDocx(readFileSync(file('docx')));
    expect(pdf.raw).toContain(`(OFFICIAL-SENSITIVE; ${report.id})`);
    expect(docx.parts.get('docProps/core.xml')).toContain(`OFFICIAL-SENSITIVE; ${report.id}`);
    expect(pdf.text.split('Version2.1,datato31Mar2026').length - 1).toBe(pdf.pages.length + 1);
    expect(docx.parts.get('word/footer1.xml')).toContain('Version 2.1, data to 31 Mar 2026');
    expect(readFileSync(file('html'), 'utf8')).toContain('Version 2.1, data to 31 Mar 2026');
  });

  it.runIf(has('soffice'))('opens in LibreOffice and comes out of it without loss', { timeout: 240_000 }, () => {
    const to = join(folder, 'converted');
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const run = spawnSync('soffice', [profile, '--headless', '--convert-to', 'txt:Text', '--outdir', to, file('docx')]);
    expect(run.status).toBe(0);
    const text = readFileSync(join(to, 'exposure-and-wellbeing.txt'), 'utf8');
    expect(missingFrom(text)).toEqual([]);
    expect(text).not.toMatch(/Error: Reference source not found|Error! /);
  });

  it.runIf(has('qpdf'))('is a PDF whose structure holds', () => {
    const run = spawnSync('qpdf', ['--check', file('pdf')], { encoding: 'utf8' });
    expect(run.stdout).toContain('No syntax or stream encoding errors found');
    expect(run.status).toBe(0);
  });
});
