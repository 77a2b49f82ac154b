import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { formatNumber } from '#shared/report/format.ts';
import { familiesFrom } from '../fixtures/family-answers.ts';
import { readPdf } from '../unit/report/read-pdf.ts';
import { loadFamilySurvey } from './family-force.ts';
import { dataKeyOf, newVault, type Session, temporaryFolder, withStore } from './test-vault.ts';

const folder = temporaryFolder('family-impact');
const vault = join(folder, 'vault');
const built = join(folder, 'report');
const spec = { template: 'family-impact' } as const;
let session: Session;

beforeAll(async () => {
  session = await newVault(vault);
  await loadFamilySurvey(session, folder, { ...familiesFrom(11, 120), withdrawn: (couple) => couple < 20 });
});
afterAll(() => session.engine.close());

describe('the full report on families', () => {
  it('says in every form what the analysis found, in its digits', async () => {
    const { files } = await session.call('reports.build', { spec, folder: built, purpose: 'Wellbeing board' });
    expect(files.map(({ name }) => name)).toEqual([
      'family-impact.pdf',
      'family-impact.docx',
      'family-impact.html',
      'facts.json',
      'tables.R',
      'signature.json',
      'manifest.json',
    ]);
    const analysed = await session.call('analyses.run', { method: 'family-impact', spec: {} });
    const { crossover, mediation, spillover } = analysed.result as unknown as FamilyImpactResult;
    if (crossover.refused !== null || mediation.refused !== null || spillover.refused !== null)
      throw new Error('refused');
    const html = readFileSync(join(built, 'family-impact.html'), 'utf8');
    const pdf = readPdf(readFileSync(join(built, 'family-impact.pdf'))).text;
    const figures = [
      ...crossover.diagram.arrows.map(({ estimate }) => formatNumber(estimate, 3)),
      ...crossover.tests.map(({ statistic }) => formatNumber(statistic, 2)),
      ...mediation.indirect.map(({ estimate }) => formatNumber(estimate, 3)),
      formatNumber(mediation.total.estimate, 3),
      `${formatNumber(100 * spillover.rSquared)}%`,
    ];
    for (const figure of figures) {
      expect([figure, html.includes(figure), pdf.includes(figure)]).toEqual([figure, true, true]);
    }
    for (const words of ['Not a chain of causes', 'Robustness value', 'there is no response rate', 'STROBE']) {
      expect(html.includes(words), words).toBe(true);
    }
    expect(html.match(/H0\d{3}|>F\d+</g)).toBeNull();
  });

  it('is in the log of releases, verifies, and its tables work out in R', async () => {
    const { releases } = await session.call('releases.list', {});
    expect(releases[0]).toMatchObject({ purpose: 'Wellbeing board', marking: 'OFFICIAL-SENSITIVE', withheld: 0 });
    expect(releases[0]?.counts).toBeGreaterThan(10);
    expect(await session.call('reports.verify', { folder: built })).toMatchObject({ equal: true, differences: [] });
    if (existsSync('/usr/bin/Rscript')) execFileSync('Rscript', [join(built, 'tables.R')]);
  });

  it('is refused where one of its counts is near one that was let out of the same wave, and names a wave that is not there', async () => {
    const near = { group: 'families of wave 1|of somebody', from: '2026-02-02', to: '2026-02-02', value: 104 };
    const clinical = { cells: [{ ...near, published: true, shown: true }], sums: [], threshold: 10 };
    const body = JSON.stringify({ workforce: { cells: [], sums: [], threshold: 5 }, clinical });
    withStore(vault, await dataKeyOf(vault), (connection) =>
      connection
        .prepare(
          `INSERT INTO released (kind, title, released_at, released_by, purpose, marking, manifest_hash, counts, withheld, body)
           VALUES ('report', 'Earlier', '2026-02-03T10:00:00.000Z', 'tester', '', 'OFFICIAL', 'none', 1, 0, ?)`,
        )
        .run(body),
    );
    const refused = await session.refused('reports.build', { spec, folder: join(folder, 'second') });
    expect(refused.code).toBe('DISCLOSURE');
    expect(refused.message).toContain('a small number of families');
    expect(existsSync(join(folder, 'second'))).toBe(false);
    // The one that was out before stays what it was.
    expect(await session.call('reports.verify', { folder: built })).toMatchObject({ equal: true });
    const unknown = await session.refused('reports.preview', { spec: { ...spec, wave: 'none' } });
    expect(unknown.message).toContain('There is no wave “none”');
  });
});
