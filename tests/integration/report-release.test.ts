import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import { csvFile, newVault, passphrase, type Session, temporaryFolder, unlocked, user } from './test-vault.ts';

const folder = temporaryFolder('report-release');
const vault = join(folder, 'vault');
const spec: ReportSpec = { template: 'exposure-and-wellbeing', from: '2026-01-01', to: '2026-03-31' };
const purpose = 'Chief officers, first quarter';
let session: Session;

function exposures(name: string, code: string, day: string, count: number): string {
  const lines = Array.from({ length: count }, (_, at) => `P${at % 60},${day}T10:00,${code},I-${code}-${day}-${at}`);
  return csvFile(folder, name, 'person_ref,occurred_at,category,incident_ref', lines);
}

async function load(kind: 'people' | 'exposures', file: string): Promise<void> {
  await session.call('imports.load', { file, kind, mapping: null });
}

async function as(name: string): Promise<Session> {
  await session.engine.close();
  session = await unlocked(vault, name);
  return session;
}

beforeAll(async () => {
  session = await newVault(vault, ['administrator', 'analyst']);
  await session.call('users.add', { name: 'second', roles: ['administrator'], passphrase });
  const people = Array.from({ length: 60 }, (_, at) => `P${at},Constable,${at < 56 ? 'North' : 'South'}`);
  await load('people', csvFile(folder, 'people.csv', 'person_ref,role,unit', people));
  await load('exposures', exposures('first.csv', 'RTC_FATAL', '2026-01-10', 60));
  await load('exposures', exposures('second.csv', 'HOMICIDE_SCENE', '2026-02-11', 55));
});

describe('a report before it leaves', () => {
  it('is told of: its files, how many counts it holds, where they are withheld, and what it was decided together with', async () => {
    const first = (await session.call('reports.preview', { spec })).leaving;
    expect(first).toMatchObject({ marking: 'OFFICIAL-SENSITIVE', judgedWith: [], notes: [], twoPeople: false });
    expect(first.files.map(({ name, format }) => format ?? name)).toEqual([
      ...['pdf', 'docx', 'html', 'facts.json', 'tables.R', 'signature.json', 'manifest.json'],
    ]);
    // Four people in the South: their own count and another that keeps it from being worked out.
    expect(first.withheld).toBeGreaterThanOrEqual(2);
    expect(first.places.filter(({ withheld }) => withheld > 0).length).toBeGreaterThan(0);
    const built = await session.call('reports.build', { spec, folder: join(folder, 'first') });
    expect(built).toMatchObject({ state: 'written', request: null, hash: first.hash, withheld: first.withheld });
    const shorter = await session.call('reports.preview', { spec: { ...spec, to: '2026-02-28' } });
    expect(shorter.leaving.judgedWith.map(({ title }) => title)).toEqual([built.title]);
    expect(shorter.leaving.hash).not.toBe(first.hash);
  });

  it('is written in the forms that were asked for, without those of an earlier build, and is verified in them', async () => {
    const out = join(folder, 'first');
    const { files } = await session.call('reports.build', { spec, folder: out, formats: ['html', 'pdf'] });
    expect(readdirSync(out).sort()).toEqual(files.map(({ name }) => name).sort());
    expect(files.map(({ name }) => name)).not.toContain('exposure-and-wellbeing.docx');
    expect(await session.call('reports.verify', { folder: out })).toMatchObject({ equal: true, differences: [] });
  });
});

describe('a report that two people release', () => {
  const out = join(folder, 'agreed');
  let request = 0;

  it('waits for another person, who agrees to what they were shown and to nothing else', async () => {
    await session.call('releases.setRule', { twoPeople: true, reason: 'agreed with information security' });
    expect((await session.refused('reports.build', { spec, folder: out })).message).toContain('for whom and why');
    const waiting = await session.call('reports.build', { spec, folder: out, purpose });
    expect(waiting).toMatchObject({ state: 'waiting', files: [] });
    request = waiting.request!;
    expect(existsSync(out)).toBe(false);
    expect((await session.call('reports.build', { spec, folder: out, purpose })).request).toBe(request);
    const own = { id: request, agree: true, note: '', seen: waiting.hash };
    expect((await session.refused('approvals.decide', own)).code).toBe('FORBIDDEN');

    const second = await as('second');
    expect((await second.call('work.tasks', {})).tasks.map(({ task }) => task)).toContain('approvals');
    expect((await second.refused('approvals.decide', { id: request, agree: true, note: '' })).hint).toContain(
      'Look at',
    );
    const seen = await second.call('reports.look', { request });
    expect(seen).toMatchObject({ same: true, request: { title: waiting.title, reason: purpose, requestedBy: user } });
    expect(seen.leaving.hash).toBe(waiting.hash);
    expect(JSON.stringify(seen.document)).toContain('Homicide');
    const agreed = await second.call('approvals.decide', { ...own, seen: seen.leaving.hash });
    expect(agreed).toMatchObject({ state: 'approved', object: waiting.title });
  });

  it('is written once for what was agreed, for that purpose', async () => {
    const author = await as(user);
    const other = await author.call('reports.build', { spec, folder: out, purpose: 'The newspapers' });
    expect([other.state, existsSync(out)]).toEqual(['waiting', false]);
    const built = await author.call('reports.build', { spec, folder: out, purpose });
    expect(built).toMatchObject({ state: 'written', request });
    const [entry] = (await author.call('releases.list', {})).releases;
    expect(entry).toMatchObject({ title: built.title, purpose });
    expect((await author.call('reports.build', { spec, folder: out, purpose })).state).toBe('waiting');
    const { requests } = await author.call('reports.requests', {});
    expect(requests.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'done']);
  });

  it('stays where it is when it was declined, and says who declined it and why', async () => {
    const { requests } = await session.call('reports.requests', {});
    const { id } = requests.find(({ reason }) => reason === 'The newspapers')!;
    await (await as('second')).call('approvals.decide', { id, agree: false, note: 'Not theirs' });
    const author = await as(user);
    const refused = await author.refused('reports.build', { spec, folder: out, purpose: 'The newspapers' });
    expect(refused).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('second') });
    expect(refused.message).toContain('“Not theirs”');
  });

  it('is asked for anew where the data have changed since somebody agreed', async () => {
    const { requests } = await session.call('reports.requests', {});
    const { id } = requests.find(({ state }) => state === 'waiting')!;
    const second = await as('second');
    const { leaving } = await second.call('reports.look', { request: id });
    await second.call('approvals.decide', { id, agree: true, note: '', seen: leaving.hash });
    const author = await as(user);
    await load('exposures', exposures('third.csv', 'SUICIDE_COMPLETED', '2026-03-12', 45));
    expect((await author.call('reports.look', { request: id })).same).toBe(false);
    const again = await author.call('reports.build', { spec, folder: join(folder, 'changed'), purpose });
    expect(again.state).toBe('waiting');
    expect(again.request).not.toBe(id);
    expect(existsSync(join(folder, 'changed'))).toBe(false);
  });
});
