import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import tieredV1 from '#resources/schemes/tiered-v1.json' with { type: 'json' };
import { csvFile, passphrase, temporaryFolder, writeText } from './test-vault.ts';

const folder = temporaryFolder('schemes-command');
const vault = join(folder, 'vault');
const secret = writeText(join(folder, 'passphrase.txt'), passphrase);
const as = (name: string): string[] => ['--user', name, '--passphrase-file', secret];

async function tidemark(...argv: string[]): Promise<{ readonly exit: number; readonly json: Record<string, unknown> }> {
  let out = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      if (stream === process.stdout) out += String(text);
      return true;
    }),
  );
  try {
    const exit = await main([...argv, '--json']);
    return { exit, json: JSON.parse(out) as Record<string, unknown> };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

it('drafts, approves and uses a scheme on the command line, with the exit codes of the contract', async () => {
  const recovery = join(folder, 'recovery.txt');
  const roles = ['--role', 'analyst,clinician'];
  await tidemark('vault', 'create', vault, ...as('ann'), ...roles, '--recovery-file', recovery);
  const add = ['vault', 'users', vault, 'add'];
  await tidemark(...add, 'bea', '--role', 'evaluator', '--new-passphrase-file', secret, ...as('ann'));
  await tidemark(...add, 'cora', '--role', 'clinician', '--new-passphrase-file', secret, ...as('ann'));
  await tidemark(...add, 'cas', '--role', 'analyst', '--new-passphrase-file', secret, ...as('ann'));
  const people = csvFile(folder, 'people.csv', 'person_ref,role,unit', ['A,Response,North', 'B,Response,South']);
  await tidemark('import', vault, '--kind', 'people', '--file', people, ...as('ann'));
  const events = Array.from({ length: 9 }, (_, at) => `A,2026-03-0${at + 1}T10:00:00,TERROR,I${at}`);
  const exposures = csvFile(folder, 'exposures.csv', 'person_ref,occurred_at,category,incident_ref', events);
  await tidemark('import', vault, '--kind', 'exposures', '--file', exposures, ...as('ann'));

  const schemes = (...words: string[]) => tidemark('schemes', vault, ...words);
  const file = writeText(join(folder, 'own.json'), JSON.stringify({ ...tieredV1, id: 'own-v1' }));
  expect(await schemes('draft', '--file', file, ...as('ann'))).toMatchObject({ exit: 2 });
  expect(await schemes('draft', '--file', file, '--reason', 'our own', ...as('ann'))).toMatchObject({
    exit: 0,
    json: { scheme: 'own-v1', state: 'draft', version: 1 },
  });
  const analyse = (method: string, spec: object) =>
    tidemark(
      'analyse',
      vault,
      method,
      '--spec',
      writeText(join(folder, 'spec.json'), JSON.stringify(spec)),
      ...as('ann'),
    );
  const signals = { asOf: '2026-03-31', scheme: 'own-v1', rows: true };
  expect(await analyse('signals', signals)).toMatchObject({ exit: 3, json: { error: { code: 'BAD_SPEC' } } });
  const comparison = await analyse('scheme-comparison', { second: 'own-v1', asOf: '2026-03-31' });
  expect(comparison).toMatchObject({ exit: 0, json: { result: { people: 2, coverage: 1 } } });

  await schemes('submit', 'own-v1', '--reason', 'ready', ...as('ann'));
  const approve = ['approve', 'own-v1', '--reason', 'read it'];
  expect(await schemes(...approve, ...as('ann'))).toMatchObject({ exit: 4, json: { error: { code: 'FORBIDDEN' } } });
  await schemes(...approve, ...as('bea'));
  expect(await schemes(...approve, ...as('cas'))).toMatchObject({ exit: 0, json: { state: 'approved' } });
  const found = await analyse('signals', signals);
  expect(found).toMatchObject({
    exit: 0,
    json: { provenance: { scheme: 'own-v1', coverage: 1 }, result: { peopleStanding: 1, people: 2 } },
  });
  const preview = await schemes('preview', 'own-v1', ...as('cora'));
  expect(preview).toMatchObject({ exit: 0, json: { people: { gained: 0, lost: 0, kept: 1 }, mayAdopt: true } });
  const adopt = ['adopt', 'own-v1', '--reason', 'read what it changes'];
  expect(await schemes(...adopt, ...as('cora'))).toMatchObject({ exit: 2 });
  const seen = ['--seen', String(preview.json['seen'])];
  expect(await schemes(...adopt, ...seen, ...as('ann'))).toMatchObject({ exit: 4 });
  expect(await schemes(...adopt, '--seen', 'nothing', ...as('cora'))).toMatchObject({ exit: 3 });
  expect(await schemes(...adopt, ...seen, ...as('cora'))).toMatchObject({ exit: 0, json: { by: 'cora', lost: 0 } });
  const out = join(folder, 'out.json');
  await schemes('export', 'own-v1', '--out', out, ...as('bea'));
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ approved_by: ['bea', 'cas'], status: 'approved' });
  expect(await schemes('burn', 'own-v1', ...as('ann'))).toMatchObject({ exit: 2 });
  expect(await schemes('show', 'none', ...as('ann'))).toMatchObject({
    exit: 3,
    json: { error: { code: 'NOT_FOUND' } },
  });
}, 90_000);
