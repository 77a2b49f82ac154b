import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OutputOf } from '#shared/contract/index.ts';
import { copyVault, newSession, newVault, passphrase, type Session, temporaryFolder, user } from './test-vault.ts';

const folder = temporaryFolder('scheduled');
const empty = join(folder, 'empty');
const dayMs = 86_400_000;
const start = Date.UTC(2027, 2, 1, 9);

type State = OutputOf<'backups.state'>;

beforeAll(async () => {
  const session = await newVault(empty, []);
  await session.call('users.add', { name: 'analyst', roles: ['analyst'], passphrase });
  await session.engine.close();
});

/** A vault of its own and a folder for its backups. */
function prepared(name: string): { readonly vault: string; readonly kept: string } {
  const kept = join(folder, `${name}-kept`);
  mkdirSync(kept);
  return { vault: copyVault(empty, join(folder, name)), kept };
}

async function opened(vault: string, nowMs: number, as = user): Promise<Session> {
  const session = newSession(() => nowMs, false, true);
  await session.call('vault.unlock', { folder: vault, user: as, passphrase });
  return session;
}

/** Waits until what is asked for holds. */
async function until(session: Session, wanted: (state: State) => boolean): Promise<State> {
  for (let left = 300; ; left -= 1) {
    const state = await session.call('backups.state', {});
    if (wanted(state) && !state.running) return state;
    expect(left).toBeGreaterThan(0);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function closed(session: Session): Promise<void> {
  await session.engine.lock('idle');
  await session.engine.close();
}

describe('a schedule of backups', () => {
  it('makes one when it is due, keeps as many as asked, and removes only its own', async () => {
    const { vault, kept } = prepared('days');
    const first = await opened(vault, start);
    const { schedule } = await first.call('backups.schedule', { schedule: { folder: kept, everyDays: 7, keep: 2 } });
    expect(schedule).toEqual({ folder: kept, everyDays: 7, keep: 2 });
    const state = await until(first, ({ backups }) => backups.length === 1);
    expect(state).toMatchObject({ due: false, failure: null, lastGood: new Date(start).toISOString() });
    expect(state.backups[0]).toMatchObject({ kind: 'scheduled', madeBy: user, present: true });
    // One that a person asked for counts too, and is never removed.
    await first.call('vault.backup', { file: join(kept, 'by-hand.backup') });
    await closed(first);
    for (const [days, count] of [
      [6, 2],
      [8, 3],
      [16, 4],
      [24, 5],
    ] as const) {
      const session = await opened(vault, start + days * dayMs);
      const reached = await until(session, ({ backups, due }) => backups.length === count && !due);
      expect(reached.backups.filter(({ kind, present }) => kind === 'scheduled' && present).length).toBeLessThanOrEqual(
        2,
      );
      await closed(session);
    }
    expect(readdirSync(kept).filter((name) => name.startsWith('tidemark-'))).toHaveLength(2);
    expect(readdirSync(kept)).toContain('by-hand.backup');
  });

  it('is kept by whoever has the vault unlocked', async () => {
    const { vault, kept } = prepared('anyone');
    const administrator = await opened(vault, start);
    await administrator.call('backups.schedule', { schedule: { folder: kept, everyDays: 1, keep: 5 } });
    await until(administrator, ({ backups }) => backups.length === 1);
    await closed(administrator);
    const analyst = await opened(vault, start + 2 * dayMs, 'analyst');
    for (let left = 200; readdirSync(kept).filter((name) => name.endsWith('.backup')).length < 2; left -= 1) {
      expect(left).toBeGreaterThan(0);
      await new Promise((done) => setTimeout(done, 50));
    }
    await closed(analyst);
    const after = await opened(vault, start + 2 * dayMs + 1_000);
    expect((await after.call('backups.state', {})).backups[0]).toMatchObject({ madeBy: 'analyst', kind: 'scheduled' });
    await closed(after);
  });

  it('says why it failed and since when there is no good one, and goes on once its folder is back', async () => {
    const { vault, kept } = prepared('failing');
    const session = await opened(vault, start);
    await session.call('backups.schedule', { schedule: { folder: kept, everyDays: 1, keep: 3 } });
    await until(session, ({ backups }) => backups.length === 1);
    await closed(session);
    renameSync(kept, `${kept}-away`);
    const later = await opened(vault, start + 3 * dayMs);
    const failed = await until(later, ({ failure }) => failure !== null);
    expect(failed).toMatchObject({ due: true, lastGood: null, failure: { code: 'NO_SUCH_FILE' } });
    expect(failed.failure!.message).toContain('not there');
    renameSync(`${kept}-away`, kept);
    expect((await later.call('backups.state', {})).lastGood).toBe(new Date(start).toISOString());
    await closed(later);
    const back = await opened(vault, start + 4 * dayMs);
    expect((await until(back, ({ backups }) => backups.length === 2)).failure).toBeNull();
    await closed(back);
  });

  it('goes on when the clock is set back, which is told on unlocking', async () => {
    const { vault, kept } = prepared('clock');
    const session = await opened(vault, start);
    await session.call('backups.schedule', { schedule: { folder: kept, everyDays: 7, keep: 9 } });
    await until(session, ({ backups }) => backups.length === 1);
    expect((await session.call('vault.state', {})).session!.clockBehind).toBeNull();
    await closed(session);
    const earlier = start - 400 * dayMs;
    const back = await opened(vault, earlier);
    expect((await back.call('vault.state', {})).session!.clockBehind).toBe(new Date(start).toISOString());
    // One at once, from which the days are counted; not one after another.
    const state = await until(back, ({ backups }) => backups.length === 2);
    expect(state).toMatchObject({ due: false, lastGood: new Date(earlier).toISOString() });
    await back.call('vault.check', { head: null });
    await closed(back);
    const next = await opened(vault, earlier + 8 * dayMs);
    await until(next, ({ backups }) => backups.length === 3);
    await closed(next);
  });

  it('stops when it is taken away', async () => {
    const { vault, kept } = prepared('off');
    const session = await opened(vault, start);
    await session.call('backups.schedule', { schedule: { folder: kept, everyDays: 1, keep: 1 } });
    await until(session, ({ backups }) => backups.length === 1);
    await session.call('backups.schedule', { schedule: null });
    expect(await session.call('backups.state', {})).toMatchObject({ schedule: null, due: false });
    await closed(session);
  });
});
