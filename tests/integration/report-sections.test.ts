import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addedSections, type ReportSpec } from '#shared/contract/report-spec.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { readPdf } from '../unit/report/read-pdf.ts';
import { newVault, type Session, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('report-sections');
const spec: ReportSpec = {
  template: 'exposure-and-wellbeing',
  from: '2025-04-01',
  to: '2026-03-31',
  sections: ['peer-network', 'families', 'support'],
};
let session: Session;

beforeAll(async () => {
  session = await newVault(join(folder, 'vault'));
  const force = await session.call('synthetic.write', {
    folder: join(folder, 'force'),
    people: 400,
    years: 1,
    seed: 5,
    kinds: ['people', 'exposures', 'families', 'support', 'volunteers', 'peer_requests', 'peer_contacts'],
  });
  for (const { kind, path } of force.files) await session.call('imports.load', { file: path, kind, mapping: null });
}, 60_000);
afterAll(() => session.engine.close());

const preview = async (of: Session, asked: ReportSpec): Promise<ReportDocument> =>
  (await of.call('reports.preview', { spec: asked })).document as unknown as ReportDocument;

const added = ({ sections }: ReportDocument) => sections.filter(({ id }) => addedSections.some((name) => name === id));

describe('sections of other places in a report', () => {
  const built = join(folder, 'built');

  it('are written in the order asked for with charts, tables, reading and limits, logged, and verified', async () => {
    const before = added(await preview(session, spec));
    expect(before.map(({ id }) => id)).toEqual(['peer-network', 'families', 'support']);
    const charts = before.flatMap(({ id, blocks }) => {
      const kinds = blocks.map(({ kind }) => kind);
      expect(kinds, id).toEqual(expect.arrayContaining(['figure', 'list', 'callout', 'paragraph']));
      return blocks.flatMap((block) => (block.kind === 'figure' ? [block.chart.kind] : []));
    });
    expect(charts).toEqual(expect.arrayContaining(['path', 'bars', 'forest', 'curves']));
    await session.call('reports.build', { spec, folder: built });
    const pdf = readPdf(readFileSync(join(built, 'exposure-and-wellbeing.pdf')));
    for (const words of ['Families', 'Support offered and taken up', 'The peer network', 'Officer’s distress']) {
      expect(pdf.text).toContain(words.replaceAll(' ', ''));
    }
    expect(await session.call('reports.verify', { folder: built })).toMatchObject({ equal: true, differences: [] });
    // What was let out does not stand in the way of the same again.
    expect(added(await preview(session, spec))).toEqual(before);
  });

  it('are part of what the log of releases counts', async () => {
    await session.call('reports.build', { spec: { ...spec, sections: [] }, folder: join(folder, 'without') });
    const [without, withThem] = (await session.call('releases.list', {})).releases;
    expect(withThem!.counts).toBeGreaterThan(without!.counts + 20);
  });

  it('are withheld as a whole where a count lies too near one that is out', async () => {
    // The week before adds fewer than ten people to those who asked since.
    const asked: ReportSpec = { ...spec, from: '2025-04-03', sections: ['support'] };
    const text = JSON.stringify(added(await preview(session, asked)));
    expect(text).toContain('This section is withheld: beside reports that were released before');
    expect(text).not.toMatch(/"value":\d/);
  });

  it('say in words why nothing is told where nothing is held', async () => {
    const empty = await newVault(join(folder, 'empty'));
    const text = JSON.stringify(added(await preview(empty, spec)));
    expect(text).toContain('No family has answered.');
    expect(text).toContain('the extract names no support');
    await empty.engine.close();
  });
});
