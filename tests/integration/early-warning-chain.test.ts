import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { foretellableForce, lastScreened } from '../fixtures/foretellable-force.ts';
import { csvFile, newVault, passphrase, type Session, temporaryFolder, unlocked, user } from './test-vault.ts';

const folder = temporaryFolder('early-warning-chain');
const vault = join(folder, 'vault');
const spec = { asOf: lastScreened, folds: 2, resamples: 40 };

async function as<T>(name: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await unlocked(vault, name);
  try {
    return await work(session);
  } finally {
    await session.engine.close();
  }
}

function run({ call }: Session, more: object = {}) {
  return call('analyses.run', { method: 'early-warning', spec: { ...spec, ...more } });
}

beforeAll(async () => {
  const session = await newVault(vault, ['analyst', 'clinician']);
  for (const { kind, header, lines } of foretellableForce(900)) {
    await session.call('imports.load', { file: csvFile(folder, `${kind}.csv`, header, lines), kind, mapping: null });
  }
  await session.call('users.add', { name: 'ana', roles: ['analyst'], passphrase });
  await session.engine.close();
}, 120_000);

describe('an early warning that is truly fitted, from the run to the worklist', () => {
  it('is kept by an analyst on the data that were looked at, and on no others', { timeout: 240_000 }, async () => {
    await as('ana', async (session) => {
      const answer = await run(session);
      const result = answer.result as unknown as EarlyWarningResult;
      expect(
        result.gate.checks.filter(({ passed }) => passed !== true),
        result.gate.words,
      ).toEqual([]);
      expect(result.gate.fit).toBe(true);
      expect(result.signals).toBeGreaterThan(0);
      const { snapshot } = answer.provenance;
      const kept = await session.call('earlyWarning.keep', { spec, snapshot, reason: 'passes every check' });
      expect(kept).toMatchObject({ model: 1, keptBy: 'ana', state: 'kept', snapshot, mayUse: false });
      expect(kept.threshold).toBe(result.capacity.threshold);
      const twice = await session.refused('earlyWarning.keep', { spec, snapshot, reason: 'once more' });
      expect(twice.message).toContain('kept already');
    });
  });

  it('names people to clinicians only', { timeout: 120_000 }, async () => {
    await as('ana', async (session) => {
      const asked = { method: 'early-warning', spec: { ...spec, rows: true } };
      expect(await session.refused('analyses.run', asked)).toMatchObject({ code: 'FORBIDDEN' });
    });
    await as(user, async (session) => {
      const { signals, rows } = (await run(session, { rows: true })).result as unknown as EarlyWarningResult & {
        rows: { person: string; words?: string }[];
      };
      expect(rows.length).toBeGreaterThanOrEqual(signals!);
    });
  });

  it('raises signals in words once another person has put it into use', { timeout: 120_000 }, async () => {
    await as(user, async (session) => {
      const found = async () =>
        (await session.call('cases.worklist', {})).items.flatMap(({ reasons }) =>
          reasons.filter((reason) => reason.startsWith('Early warning')),
        );
      expect(await found()).toEqual([]);
      await session.call('earlyWarning.use', { model: 1, reason: 'read its card' });
      const said = await found();
      expect(said.length).toBeGreaterThan(0);
      expect(said.join(' ')).toMatch(/score at the last screening|exposures in the last 28 days/i);
      expect(said.join(' '), 'a bare chance').not.toMatch(/%|chance|risk/);
      const stopped = await session.call('earlyWarning.stop', { model: 1, reason: 'to look once more' });
      expect(stopped.state).toBe('out of use');
      expect(await found(), 'what was raised stays').toHaveLength(said.length);
    });
  });

  it('is refused to its author, and once the data are others', { timeout: 240_000 }, async () => {
    await as(user, async (session) => {
      const { snapshot } = (await run(session)).provenance;
      const own = { ...spec, seed: 2 };
      const { model } = await session.call('earlyWarning.keep', { spec: own, snapshot, reason: 'another seed' });
      expect(await session.refused('earlyWarning.use', { model, reason: 'it is mine' })).toMatchObject({
        code: 'FORBIDDEN',
      });
      const file = csvFile(folder, 'later.csv', 'person_ref,occurred_at,category,recorded_at', [
        `P1,${lastScreened}T01:00:00,RTC_FATAL,${lastScreened}T12:00:00`,
      ]);
      await session.call('imports.load', { file, kind: 'exposures', mapping: null });
      const stale = await session.refused('earlyWarning.keep', { spec, snapshot, reason: 'as it was' });
      expect(stale).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('data are others') });
    });
  });
});
