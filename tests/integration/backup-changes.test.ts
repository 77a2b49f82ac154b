import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OutputOf } from '#shared/contract/index.ts';
import { evidence } from '../security/evidence.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('backup-changes');
const vault = join(folder, 'vault');
const secret = { user, passphrase, recoveryKey: null };
const dayMs = 86_400_000;
const start = Date.UTC(2027, 2, 1, 9);
let recoveryKey: string;
let copies = 0;

function extract(name: string, from: number, rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const day = new Date(Date.UTC(2025, 0, 1) + (from + at) * 900_000).toISOString();
    return `P${(from + at) % 300},${day},RTC_FATAL,I${from + at}`;
  });
  return csvFile(folder, name, 'person_ref,occurred_at,category,incident_ref', lines);
}

beforeAll(async () => {
  const session = await newVault(vault, ['analyst']);
  recoveryKey = session.recovery.vaultKey;
  await session.call('imports.load', { file: extract('all.csv', 0, 20_000), kind: 'exposures', mapping: null });
  await session.engine.close();
});

/** A vault of its own, a folder for its backups, and a whole one in it. */
async function prepared(): Promise<{ readonly own: string; readonly kept: string; readonly base: string }> {
  copies += 1;
  const own = copyVault(vault, join(folder, `copy-${copies}`));
  const kept = join(folder, `kept-${copies}`);
  mkdirSync(kept);
  const base = join(kept, 'whole.backup');
  await as(own, ({ call }) => call('vault.backup', { file: base }));
  return { own, kept, base };
}

async function as<T>(own: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await unlocked(own);
  try {
    return await work(session);
  } finally {
    await session.engine.close();
  }
}

async function hashOf(own: string): Promise<string> {
  const key = await dataKeyOf(own);
  return withStore(own, key, (connection) => contentHash(connection, ['audit', 'packed', 'backup', 'meta']));
}

/** How restoring is refused; it leaves no folder behind. */
async function refusal(file: string): Promise<{ readonly code: string; readonly message: string }> {
  const session = newSession();
  const to = join(folder, 'never');
  const error = await session.refused('vault.restore', { file, folder: to, ...secret });
  expect(readdirSync(folder)).not.toContain('never');
  await session.engine.close();
  return error;
}

describe('a backup of what changed since a whole one', () => {
  it('is small, needs the whole one, and restores to the very same as a whole one of the same moment', async () => {
    const { own, kept, base } = await prepared();
    const file = join(kept, 'changes.backup');
    const more = extract('more.csv', 20_000, 200);
    const [changes, whole] = await as(own, async ({ call }) => {
      await call('vault.changePassphrase', { passphrase, newPassphrase: 'nine kites above the quiet moor' });
      await call('imports.load', { file: more, kind: 'exposures', mapping: null });
      const made = await call('vault.backup', { file, since: base });
      const { backups } = await call('backups.state', {});
      expect(backups[0]).toMatchObject({ fileName: 'changes.backup', base: 'whole.backup', present: true });
      return [made, await call('vault.backup', { file: join(kept, 'later.backup') })] as const;
    });
    expect(changes.whole).toBe(false);
    expect(changes.bytes).toBeLessThan(whole.bytes / 4);
    expect(changes.holds.rows).toBeGreaterThan(20_200);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const session = newSession();
    // It opens with the passphrase of its own time, not of its base's, and with the recovery key.
    const wrong = { file, folder: join(folder, 'never'), ...secret };
    expect((await session.refused('vault.restore', wrong)).code).toBe('WRONG_PASSPHRASE');
    const opening = { user: null, passphrase: null, recoveryKey };
    const restored = join(folder, 'restored');
    const answer = await session.call('vault.restore', { file, folder: restored, ...opening });
    expect(answer.holds).toEqual(changes.holds);
    expect(answer.backupHead).toEqual(changes.auditHead);
    // Its base under another name, as after a copy.
    renameSync(base, join(kept, 'another name.backup'));
    const again = join(folder, 'restored-again');
    await session.call('vault.restore', { file, folder: again, ...opening });
    const fromWhole = join(folder, 'restored-whole');
    await session.call('vault.restore', { file: join(kept, 'later.backup'), folder: fromWhole, ...opening });
    await session.engine.close();
    const key = await keyUnder(restored);
    const content = (from: string): string =>
      withStore(from, key, (connection) => contentHash(connection, ['audit', 'packed', 'backup', 'meta']));
    expect(content(restored)).toBe(content(again));
    expect(content(restored)).toBe(content(fromWhole));
    evidence(3, 'backup of changes', 'restored content equal to that of a whole backup of the same moment');
  });

  it('is refused by name where its base is missing, another, or altered', async () => {
    const { own, kept, base } = await prepared();
    const file = join(kept, 'changes.backup');
    await as(own, async ({ call }) => {
      await call('vault.setLockAfter', { minutes: 7 });
      await call('vault.backup', { file, since: base });
      await call('vault.backup', { file: join(kept, 'other.backup') });
    });
    const bytes = readFileSync(base);
    const aside = join(folder, 'aside.backup');
    renameSync(base, aside);
    expect(await refusal(file)).toMatchObject({
      code: 'NO_SUCH_FILE',
      message: expect.stringContaining('whole.backup') as string,
    });
    copyFileSync(join(kept, 'other.backup'), base);
    expect(await refusal(file)).toMatchObject({
      code: 'CORRUPT',
      message: expect.stringContaining('whole.backup') as string,
    });
    for (const at of [5_000, bytes.length - 200]) {
      const altered = Buffer.from(bytes);
      altered[at]! ^= 4;
      writeFileSync(base, altered);
      const { code, message } = await refusal(file);
      expect(code, `byte ${at}`).toBe('CORRUPT');
      expect(message).toContain('whole.backup');
    }
    writeFileSync(base, bytes);
    const session = newSession();
    await session.call('vault.restore', { file, folder: join(folder, 'right-again'), ...secret });
    await session.engine.close();
    expect(await hashOf(join(folder, 'right-again'))).toBe(await hashOf(own));
  });

  it('is not made since what is no whole backup of this vault beside it, and is whole where more than half changed', async () => {
    const { own, kept, base } = await prepared();
    const elsewhere = await prepared();
    const other = await newVault(join(folder, 'other-vault'), []);
    await other.call('vault.backup', { file: join(kept, 'theirs.backup') });
    await other.engine.close();
    await as(own, async ({ call, refused }) => {
      await call('vault.backup', { file: join(kept, 'changes.backup'), since: base });
      const since = async (given: string): Promise<string> =>
        (await refused('vault.backup', { file: join(kept, 'never.backup'), since: given })).code;
      expect(await since(elsewhere.base)).toBe('BAD_INPUT');
      expect(await since(join(kept, 'changes.backup'))).toBe('BAD_INPUT');
      expect(await since(join(kept, 'theirs.backup'))).toBe('CORRUPT');
      expect(await since(join(kept, 'nothing.backup'))).toBe('NO_SUCH_FILE');
      const altered = readFileSync(base);
      altered[9_000]! ^= 1;
      writeFileSync(join(kept, 'altered.backup'), altered);
      expect(await since(join(kept, 'altered.backup'))).toBe('CORRUPT');
      expect(readdirSync(kept).filter((name) => name.includes('never'))).toEqual([]);
      await call('imports.load', { file: extract('double.csv', 30_000, 40_000), kind: 'exposures', mapping: null });
      const large = await call('vault.backup', { file: join(kept, 'large.backup'), since: base });
      expect(large.whole).toBe(true);
    });
    rmSync(base);
    const session = newSession();
    await session.call('vault.restore', { file: join(kept, 'large.backup'), folder: join(folder, 'large'), ...secret });
    await session.engine.close();
  });
});

/** The data key under the passphrase that was changed to. */
async function keyUnder(own: string): Promise<Buffer> {
  const { readKeyring } = await import('#main/services/vault/keyring.ts');
  const { openUserKeys, unwrapPrivateKey } = await import('#main/services/vault/keys.ts');
  const { body } = readKeyring(own);
  const privateKey = await unwrapPrivateKey(body.users[0]!, 'nine kites above the quiet moor');
  return openUserKeys(body, body.users[0]!, privateKey!).dataKey;
}

type State = OutputOf<'backups.state'>;

describe('a daily schedule', () => {
  /** Unlocks on a day and waits until its backup is made. */
  async function onDay(
    own: string,
    day: number,
    work: (state: State, session: Session) => Promise<void>,
  ): Promise<void> {
    const session = newSession(() => start + day * dayMs, false, true);
    await session.call('vault.unlock', { folder: own, user, passphrase });
    for (let left = 300; ; left -= 1) {
      const state = await session.call('backups.state', {});
      if (!state.due && !state.running && state.schedule !== null) {
        expect(state.failure).toBeNull();
        await work(state, session);
        break;
      }
      expect(left).toBeGreaterThan(0);
      await new Promise((done) => setTimeout(done, 50));
    }
    await session.engine.lock('idle');
    await session.engine.close();
  }

  async function scheduled(): Promise<{ readonly own: string; readonly kept: string }> {
    copies += 1;
    const own = copyVault(vault, join(folder, `scheduled-${copies}`));
    const kept = join(folder, `scheduled-kept-${copies}`);
    mkdirSync(kept);
    const session = newSession(() => start, false, false);
    await session.call('vault.unlock', { folder: own, user, passphrase });
    await session.call('backups.schedule', { schedule: { folder: kept, everyDays: 1, keep: 3 } });
    await session.engine.close();
    return { own, kept };
  }

  const inOrder = ({ backups }: State): State['backups'] => [...backups].reverse();

  it('makes a whole one a week and changes between, and never removes one that another builds on', async () => {
    const { own, kept } = await scheduled();
    const wholes: boolean[] = [];
    for (let day = 0; day < 10; day += 1) {
      await onDay(own, day, async (state) => {
        const newest = state.backups[0]!;
        wholes.push(newest.base === null);
        expect(newest.present).toBe(true);
        // Whatever is still there could be restored.
        const there = readdirSync(kept);
        for (const backup of state.backups.filter(({ removedAt }) => removedAt === null)) {
          expect(there, `day ${day}`).toContain(backup.fileName);
          if (backup.base !== null) expect(there, `day ${day}`).toContain(backup.base);
        }
        expect(there.length).toBeLessThanOrEqual(4);
        await Promise.resolve();
      });
    }
    expect(wholes).toEqual([true, false, false, false, false, false, false, true, false, false]);
    await onDay(own, 9, async (state) => {
      const left = inOrder(state).filter(({ removedAt }) => removedAt === null);
      expect(left.map(({ base }) => base === null)).toEqual([true, false, false]);
      const session = newSession();
      const file = join(kept, left[2]!.fileName);
      await session.call('vault.restore', { file, folder: join(folder, 'from-schedule'), ...secret });
      await session.engine.close();
    });
  }, 120_000);

  it('makes a whole one after rows were deleted for good, so that none that holds them has to be kept', async () => {
    const { own } = await scheduled();
    await onDay(own, 0, () => Promise.resolve());
    await onDay(own, 1, async ({ backups }, { call }) => {
      expect(backups[0]!.base).not.toBeNull();
      await call('retention.set', { kind: 'exposures', months: 26 });
      const { aged: listed } = await call('retention.review', {});
      const aged = listed.find(({ kind }) => kind === 'exposures')!;
      expect(aged.rows).toBeLessThan(1_000);
      await call('retention.delete', { kind: 'exposures', before: aged.before, reason: 'older than agreed' });
    });
    await onDay(own, 2, async ({ backups }) => {
      expect(backups[0]!.base).toBeNull();
      await Promise.resolve();
    });
  }, 60_000);

  it('makes a whole one where its base has gone, was damaged, or is of another key; and keeps one that was asked for whole', async () => {
    const { own, kept } = await scheduled();
    let base = '';
    await onDay(own, 0, async ({ backups }, { call }) => {
      base = join(kept, backups[0]!.fileName);
      await call('vault.backup', { file: join(kept, 'by-hand.backup'), since: base });
    });
    // Changed on its disk: noticed as it is read.
    const bytes = readFileSync(base);
    const altered = Buffer.from(bytes);
    altered[12_000]! ^= 1;
    writeFileSync(base, altered);
    await onDay(own, 1, async ({ backups }) => {
      expect(backups[0]!.base).toBeNull();
      await Promise.resolve();
    });
    writeFileSync(base, bytes);
    for (const day of [2, 3, 4, 5]) await onDay(own, day, () => Promise.resolve());
    // Three are kept, and the base of the one that was asked for.
    expect(readdirSync(kept)).toEqual(expect.arrayContaining(['by-hand.backup', base.slice(kept.length + 1)]));
    await as(own, async ({ call }) => {
      await call('vault.rekey', {});
    });
    await onDay(own, 6, async ({ backups }) => {
      expect(backups[0]!.base).toBeNull();
      const newest = join(kept, backups[0]!.fileName);
      renameSync(newest, join(folder, 'taken-away.backup'));
      await Promise.resolve();
    });
    await onDay(own, 7, async ({ backups, lastGood }) => {
      expect(backups[0]!.base).toBeNull();
      expect(lastGood).toBe(backups[0]!.madeAt);
      await Promise.resolve();
    });
  }, 120_000);
});
