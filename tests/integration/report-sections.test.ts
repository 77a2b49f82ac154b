import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '#shared/contract/index.ts';
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

const ofPlan: ReportSpec = { ...spec, sections: ['plan'] };
const survey: InputOf<'plan.saveActivity'>['activity'] = {
  ...{ activity: 'E1', title: 'Spring survey', kind: 'survey', audience: 'officers and staff' },
  ...{ from: '2025-05-01', to: '2025-05-31', invited: 200, responded: 90 },
  groups: [
    { by: 'role', group: 'Response', invited: 100, responded: 30 },
    { by: 'role', group: 'Neighbourhood', invited: 60, responded: 40 },
    { by: 'role', group: 'Custody', invited: 33, responded: 17 },
    { by: 'role', group: 'Chaplaincy', invited: 7, responded: 3 },
  ],
  themes: [{ theme: 'T1', title: 'Breaks', people: 25, paraphrases: ['Only two of us said so.'] }],
  decisions: [{ decision: 'D1', said: 'Breaks are given up first.', did: 'A quarter of an hour is kept.' }],
};
const fewAsked: typeof survey = {
  ...{ activity: 'E2', title: 'Group of the front desk', kind: 'focus group', audience: 'officers and staff' },
  ...{ from: '2025-05-01', to: '2025-05-31', invited: 7, responded: 7 },
  decisions: [{ decision: 'D1', said: 'The desk is in the corridor.', did: 'The room has a door.' }],
};

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

  it('hold the plan: what is broken in it, who was reached, and what few people said only as what was done', async () => {
    const { call } = session;
    await call('plan.saveActivity', { activity: survey });
    await call('plan.saveActivity', { activity: fewAsked });
    await call('plan.saveAction', {
      action: {
        ...{ action: 'A1', title: 'Keep a quiet quarter of an hour', owner: 'Head of Response' },
        ...{ start: '2025-06-01', due: '2026-03-30', decision: { activity: 'E1', decision: 'D1' } },
        indicator: { indicator: 'screening-uptake', target: 72.5 },
      },
    });
    const text = JSON.stringify(added(await preview(session, ofPlan)));
    for (const words of [
      'Head of Response',
      'proposed, overdue',
      '72.5',
      'It follows from no guidance',
      'A1, proposed',
    ])
      expect(text).toContain(words);
    for (const words of ['90 of 200 answered', 'Breaks are given up first.', 'The room has a door.'])
      expect(text).toContain(words);
    expect(text).not.toMatch(/The desk is in the corridor|Only two of us said so|"value":[1-9][,}]/);
    await call('reports.build', { spec: ofPlan, folder: join(folder, 'plan') });
    expect(await call('reports.verify', { folder: join(folder, 'plan') })).toMatchObject({
      differences: [],
      equal: true,
    });
    const [withPlan, without] = (await call('releases.list', {})).releases;
    expect(withPlan!.counts).toBeGreaterThan(without!.counts + 5);
  });

  it('keep the actions of the plan where its figures lie too near those that are out', async () => {
    const longer = { ...survey, to: '2025-06-02', invited: 202, responded: 91 };
    await session.call('plan.saveActivity', { activity: longer });
    const text = JSON.stringify(added(await preview(session, ofPlan)));
    expect(text).toContain('How many were asked and what they answered is withheld');
    expect(text).toContain('Head of Response');
    expect(text).not.toMatch(/91 of 202|"value":(30|40|90|91)[,}]/);
  });

  it('say in words why nothing is told where nothing is held', async () => {
    const empty = await newVault(join(folder, 'empty'));
    const text = JSON.stringify(added(await preview(empty, spec)));
    expect(text).toContain('No family has answered.');
    expect(text).toContain('the extract names no support');
    await empty.engine.close();
  });
});
