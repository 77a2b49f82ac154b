import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { csvFile, passphrase, temporaryFolder, writeText } from './test-vault.ts';

const folder = temporaryFolder('pilots-command');
const vault = join(folder, 'vault');
const secret = writeText(join(folder, 'passphrase.txt'), passphrase);
const pilot = 'Brief mindfulness';

async function tidemark(...argv: string[]): Promise<{ readonly exit: number; readonly json: Record<string, unknown> }> {
  let out = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      if (stream === process.stdout) out += String(text);
      return true;
    }),
  );
  try {
    const exit = await main([...argv, '--user', 'eva', '--passphrase-file', secret, '--json']);
    return { exit, json: JSON.parse(out) as Record<string, unknown> };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

it('saves, locks and departs from a plan on the command line, with the exit codes of the contract', async () => {
  const recovery = join(folder, 'recovery.txt');
  await tidemark('vault', 'create', vault, '--role', 'evaluator', '--recovery-file', recovery);
  const pilots = (...words: string[]) => tidemark('pilots', vault, ...words);
  const fileOf = (plan: object): string => writeText(join(folder, 'plan.json'), JSON.stringify(plan));
  const power = writeText(
    join(folder, 'power.json'),
    JSON.stringify({ design: 'randomised', people: 120, effect: 0.5 }),
  );
  expect(await tidemark('analyse', vault, 'pilot-power', '--spec', power)).toMatchObject({
    exit: 0,
    json: {
      asOf: '',
      spec: { alpha: 0.05, lost: 0 },
      reading: expect.arrayContaining([expect.stringContaining('is found 8 times in 10')]),
      provenance: { batches: [] },
    },
  });
  expect(await pilots()).toMatchObject({ exit: 0, json: { pilots: [] } });
  expect(await pilots('save')).toMatchObject({ exit: 2 });
  expect(await pilots('save', '--file', fileOf({ pilot, title: '' }))).toMatchObject({ exit: 3 });
  expect(await pilots('save', '--file', fileOf({ pilot, title: 'Mindfulness' }))).toMatchObject({
    exit: 0,
    json: { status: 'idea', version: 1 },
  });
  expect(await pilots('lock', pilot)).toMatchObject({ exit: 3, json: { error: { code: 'BAD_INPUT' } } });
  const sampleSize = { by: 'power' as const, spec: { design: 'randomised', people: 120, effect: 0.5 } };
  await pilots('save', '--file', fileOf(pilotPlan({ sampleSize })));
  expect(await pilots('deviate', pilot, '--reason', 'no room')).toMatchObject({ exit: 3 });
  expect(await pilots('lock', pilot)).toMatchObject({ exit: 0, json: { status: 'locked' } });
  expect(await pilots('save', '--file', fileOf(pilotPlan({ title: 'Other' })))).toMatchObject({ exit: 3 });
  expect(await pilots('deviate', pilot)).toMatchObject({ exit: 2 });
  expect(await pilots('deviate', pilot, '--what', 'Eight sessions', '--reason', 'no room')).toMatchObject({
    exit: 0,
    json: { deviations: [{ what: 'Eight sessions', reason: 'no room', by: 'eva' }] },
  });
  expect(await pilots('allocate', pilot)).toMatchObject({ exit: 3 });
  expect(await pilots('allocations', pilot)).toMatchObject({ exit: 0, json: { allocations: [] } });
  expect(await pilots('finish', pilot, '--reason', 'nobody came')).toMatchObject({ json: { status: 'finished' } });
  expect(await pilots('show', pilot)).toMatchObject({ exit: 0, json: { finish: { reason: 'nobody came' } } });
  expect(await pilots('show', 'Another')).toMatchObject({ exit: 3, json: { error: { code: 'NOT_FOUND' } } });
  expect(await pilots('open', pilot)).toMatchObject({ exit: 2 });
}, 60_000);

it('says who consented, records what people say, and tells adverse events on the command line', async () => {
  const people = join(folder, 'people of a pilot');
  const as = ['--user', 'eva', '--passphrase-file', secret];
  const recovery = join(folder, 'another recovery.txt');
  await tidemark('vault', 'create', people, '--role', 'analyst,evaluator', '--recovery-file', recovery);
  const enrolments = csvFile(folder, 'enrolments.csv', 'pilot,person_ref,eligible_on,consented_on', [
    `${pilot},P1,2026-01-05,2026-01-10`,
    `${pilot},P2,2026-01-05,`,
  ]);
  await tidemark('import', people, '--kind', 'pilot_enrolments', '--file', enrolments);
  const events = csvFile(folder, 'events.csv', 'pilot,person_ref,on,category,seriousness', [
    `${pilot},P1,2026-02-03,Headache,Serious`,
  ]);
  await tidemark('import', people, '--kind', 'adverse_events', '--file', events);
  const pilots = (...words: string[]) => tidemark('pilots', people, ...words);
  const listed = (await pilots('people', pilot)).json['people'] as readonly { person: string; state: string }[];
  expect(listed.map(({ state }) => state).sort()).toEqual(['no consent', 'waiting']);
  const { person } = listed.find(({ state }) => state === 'no consent')!;
  expect(await pilots('consent', pilot, '--person', person)).toMatchObject({ exit: 2 });
  expect(await pilots('consent', pilot, '--person', person, '--on', '2026-03-02')).toMatchObject({
    exit: 0,
    json: { state: 'waiting', consentedOn: '2026-03-02' },
  });
  const leaves = ['withdraw', pilot, '--person', person, '--on', '2026-04-20'];
  expect(await pilots(...leaves, '--leave-out')).toMatchObject({ exit: 0, json: { isDataUsed: false } });
  expect(await pilots(...leaves, '--leave-out')).toMatchObject({ exit: 3, json: { error: { code: 'BAD_INPUT' } } });
  expect(await pilots('adverse-events', pilot)).toMatchObject({
    exit: 0,
    json: { hasSerious: true, events: null, all: { people: null } },
  });
  let told = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
  await main(['pilots', people, 'people', pilot, ...as]);
  await main(['pilots', people, 'adverse-events', pilot, ...as]);
  spy.mockRestore();
  expect(told).toContain(
    `${person}  withdrawn, consented on 2026-03-02, withdrew on 2026-04-20, nothing of theirs is used`,
  );
  expect(told).toContain('A serious adverse event is recorded.');
  expect(told).toContain('Headache: withheld (in no arm withheld)');
}, 60_000);
