import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import { reviewProtocol } from '../fixtures/review-protocol.ts';
import { newVault, type Session, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('evidence-report');
const review = 'Published';
let session: Session;

type Facts = readonly { readonly where: string; readonly says: string }[];

async function built(name: string, parts: Partial<ReportSpec> = {}): Promise<{ facts: Facts; to: string }> {
  const to = join(folder, name);
  await session.call('reports.build', {
    spec: { template: 'evidence-summary', review, ...parts } as InputOf<'reports.build'>['spec'],
    folder: to,
  });
  return { facts: JSON.parse(readFileSync(join(to, 'facts.json'), 'utf8')) as Facts, to };
}

beforeAll(async () => {
  session = await newVault(join(folder, 'vault'));
  await session.call('reviews.save', { protocol: reviewProtocol({ review }) });
});
afterAll(() => session.engine.close());

it('says that there is nothing to sum up while a review holds no outcome', async () => {
  const spec = { template: 'evidence-summary' as const, review };
  const refused = await session.refused('reports.build', { spec, folder: join(folder, 'never') });
  expect(refused).toMatchObject({ code: 'REFUSED_MODEL', message: expect.stringContaining('no outcomes yet') });
  const unknown = { ...spec, review: 'No such review' };
  expect((await session.refused('reports.preview', { spec: unknown })).code).toBe('NOT_FOUND');
});

it('writes a review in full and on a page, with the figures of its table in both, and verifies as equal', async () => {
  await session.call('evidence.startFrom', { review, library: 'police-wellbeing' });
  await session.call('evidence.saveGuidance', {
    review,
    guidance: {
      ...{ guidance: 'sessions-1', who: 'Response teams', what: 'Offer brief sessions within shifts' },
      ...{
        strength: 'conditional for',
        certainty: 'low',
        outcomes: ['distress'],
        reason: 'Little cost, likely benefit.',
      },
    },
  });
  const [full, page] = [await built('full'), await built('page', { length: 'page' } as Partial<ReportSpec>)];
  const { outcomes }: OutputOf<'evidence.summary'> = await session.call('evidence.summary', { review });
  expect(outcomes.length).toBeGreaterThan(5);
  for (const { facts } of [full, page]) {
    const said = facts.map(({ says }) => says);
    for (const { row } of outcomes) {
      expect(said.some((words) => words.startsWith(row.effect))).toBe(true);
      if (facts === full.facts) expect(said).toContain(row.statement);
    }
    expect(said).toContain('Offer brief sessions within shifts');
    expect(said.join(' ')).toContain('English alone. Trials of other countries are missed.');
  }
  // A forest plot says an effect as the table does, to the digit.
  const depression = outcomes.find(({ outcome }) => outcome.outcome === 'depression');
  const inForest = full.facts.filter(
    ({ where }) => where.includes('“depression,') && where.endsWith('Effect and limits'),
  );
  expect(inForest.map(({ says }) => says).some((effect) => depression?.row.effect.includes(effect))).toBe(true);
  expect(full.facts.find(({ where }) => where.endsWith('Records identified › Number'))?.says).toBe('0');
  expect(await session.call('reports.verify', { folder: full.to })).toMatchObject({ equal: true, differences: [] });
}, 120_000);
