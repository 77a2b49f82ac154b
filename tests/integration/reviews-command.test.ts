import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { randomStream } from '#shared/domain/random.ts';
import { plantedReferences, referenceText } from '../fixtures/planted-references.ts';
import { reviewProtocol } from '../fixtures/review-protocol.ts';
import { copyVault, csvFile, passphrase, temporaryFolder, unlocked, writeText } from './test-vault.ts';

const folder = temporaryFolder('reviews-command');
const vault = join(folder, 'vault');
const secret = writeText(join(folder, 'passphrase.txt'), passphrase);
const review = 'Mindfulness for police';
const planted = plantedReferences(20_260_302, 120);
const user = 'eva';

async function tidemark(...argv: string[]): Promise<{ readonly exit: number; readonly json: Record<string, unknown> }> {
  let out = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      if (stream === process.stdout) out += String(text);
      return true;
    }),
  );
  try {
    const exit = await main([...argv, '--user', user, '--passphrase-file', secret, '--json']);
    return { exit, json: JSON.parse(out) as Record<string, unknown> };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const evidence = (...words: string[]) => tidemark('evidence', vault, ...words);

beforeAll(async () => {
  await tidemark('vault', 'create', vault, '--role', 'evaluator', '--recovery-file', join(folder, 'recovery.txt'));
});

describe('evidence on the command line', () => {
  it('saves and registers a protocol, with the exit codes of the contract', async () => {
    expect(await evidence()).toMatchObject({ exit: 0, json: { reviews: [] } });
    expect(await evidence('save')).toMatchObject({ exit: 2 });
    expect(await evidence('flow', review)).toMatchObject({ exit: 3, json: { error: { code: 'NOT_FOUND' } } });
    const by = { by: 'one', checkedShare: 0 } as const;
    const fileOf = (reviewers: string[]): string => {
      const protocol = reviewProtocol({ reviewers, titleScreening: by, fullTextScreening: by });
      return writeText(join(folder, 'protocol.json'), JSON.stringify(protocol));
    };
    const lacking = await evidence('save', '--file', fileOf(['somebody else']));
    expect(lacking).toMatchObject({ exit: 0, json: { gaps: [{ field: 'reviewers' }] } });
    expect(await evidence('save', '--file', fileOf([user]))).toMatchObject({ json: { status: 'draft', gaps: [] } });
    expect(await evidence('register', review, '--in', 'OSF')).toMatchObject({ json: { status: 'registered' } });
    expect(await evidence('register', review)).toMatchObject({ exit: 3 });
    expect(await evidence('judge', review)).toMatchObject({ exit: 2 });
  });

  it('takes in what three databases give, each paper once and none of them as another', async () => {
    const extension = { nbib: 'nbib', ris: 'ris', bibtex: 'bib' };
    for (const [place, file] of planted.entries()) {
      const search = ['--database', file.format, '--on', '2026-03-05', '--query', 'police', '--hits', '200'];
      expect(await evidence('search', review, ...search)).toMatchObject({ exit: 0, json: { search: place + 1 } });
      const path = writeText(join(folder, `found.${extension[file.format]}`), referenceText(file));
      expect(await evidence('import', review, '--file', path, '--search', String(place + 1))).toMatchObject({
        exit: 0,
        json: { format: file.format, read: file.records.length, faultyCount: 0 },
      });
    }
    // Records are numbered in the order in which they came.
    const papers = planted.flatMap(({ records }) => records.map(({ paper }) => paper));
    const { call, engine } = await unlocked(vault, user);
    const { total, pairs } = await call('reviews.duplicates', { review, verdict: 'same', limit: 500 });
    expect(pairs).toHaveLength(total);
    expect(pairs.filter(({ first, second }) => papers[first.record - 1] !== papers[second.record - 1])).toEqual([]);
    const { identified, removed, screened } = await call('reviews.flow', { review });
    await engine.close();
    expect(identified.records).toBe(papers.length);
    expect(removed.duplicates / (papers.length - new Set(papers).size)).toBeGreaterThan(0.9);
    expect(screened.records).toBe(papers.length - removed.duplicates);
  });

  it('asks about pairs, loads decisions and tells the flow', async () => {
    const { json } = await evidence('duplicates', review);
    const { total, pairs } = json as unknown as {
      total: number;
      pairs: Record<'first' | 'second', { record: number }>[];
    };
    const [{ first, second }] = pairs as [(typeof pairs)[0]];
    const pair = [review, String(first.record), String(second.record)];
    expect(await evidence('same', ...pair)).toMatchObject({ exit: 0 });
    expect(await evidence('apart', ...pair)).toMatchObject({ exit: 0 });
    expect(await evidence('ask', ...pair)).toMatchObject({ exit: 0, json: { asked: total } });
    const decisions = csvFile(folder, 'decisions.csv', 'record,decision,reason', [
      '1,include,',
      '2,exclude,no-outcome',
    ]);
    expect(await evidence('decide', review, '--stage', 'title', '--file', decisions)).toMatchObject({
      exit: 0,
      json: { accepted: 2, rejected: 0 },
    });
    expect(await evidence('decide', review, '--file', decisions)).toMatchObject({ exit: 2 });
    expect(await evidence('conflicts', review)).toMatchObject({ exit: 0, json: { total: 0 } });
    expect(await evidence('agreement', review, '--stage', 'title')).toMatchObject({ exit: 0, json: { pairs: [] } });
    expect(await evidence('full-text', review, '2', '--state', 'retrieved')).toMatchObject({ exit: 3 });
    expect(await evidence('full-text', review, '1', '--state', 'retrieved')).toMatchObject({
      exit: 0,
      json: { changed: 1, flow: { assessed: { reports: 1, waiting: 1 } } },
    });
    expect(await evidence('show', review)).toMatchObject({ exit: 0, json: { searches: [{}, {}, {}] } });
  });
});

describe('a process killed in the middle of screening', () => {
  it('has lost no decision that it had said was kept, and the flow adds up', async () => {
    const random = randomStream(20_260_303, 'screening');
    let kept = 0;
    for (let kill = 0; kill < 3; kill += 1) {
      const copy = copyVault(vault, join(folder, `killed-${kill}`));
      const child = spawn(
        resolve('node_modules/.bin/node'),
        [resolve('tests/integration/screening-child.ts'), copy, user, passphrase, review],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      const gone = new Promise((done) => child.once('exit', done));
      const said: string[] = [];
      const after = 1 + random.nextBelow(30);
      for await (const line of createInterface({ input: child.stdout })) {
        said.push(line);
        if (said.length === after) child.kill('SIGKILL');
      }
      await gone;
      const { call, engine } = await unlocked(copy, user);
      await call('vault.check', { head: null });
      const { progress } = await call('reviews.next', { review, stage: 'title' });
      // One more may have been kept that the process did not come to say.
      expect([said.length + 2, said.length + 3]).toContain(progress.decided);
      for (const line of said) {
        const [record, decision] = line.split(' ');
        const { decisions } = await call('reviews.record', { review, record: Number(record) });
        expect(decisions).toMatchObject([{ reviewer: user, decision }]);
      }
      const { identified, removed, screened } = await call('reviews.flow', { review });
      expect(identified.records).toBe(removed.duplicates + removed.unreadable + screened.records);
      await engine.close();
      kept += said.length;
    }
    expect(kept).toBeGreaterThan(3);
  }, 300_000);
});
