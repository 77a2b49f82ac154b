import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { passphrase, temporaryFolder, writeText } from './test-vault.ts';

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
