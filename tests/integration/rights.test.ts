import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasTableWords } from '#main/services/rights/table-words.ts';
import type { VaultKeys } from '#main/services/vault/open-vault.ts';
import { personTables, tellingTables } from '#main/store/person-tables.ts';
import { randomStream } from '#shared/domain/random.ts';
import {
  canaries,
  type Extract,
  foundIn,
  loadAll,
  openedBoxes,
  rawBytes,
  valuesOf,
  writeExtracts,
} from './rights-force.ts';
import {
  copyVault,
  keysOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('rights');
const whole = join(folder, 'whole');
/** Kills of an erasure; the first comes when it is long done. */
const kills = 5;
let keys: VaultKeys;
let extracts: Extract[];
let person: string;
let pseudonyms: ReadonlyMap<number, string>;

beforeAll(async () => {
  const session = await newVault(whole, ['analyst', 'clinician']);
  extracts = writeExtracts(folder);
  await loadAll(session, extracts);
  keys = await keysOf(whole);
  pseudonyms = new Map(
    withStore(whole, keys.dataKey, (connection) =>
      connection.prepare('SELECT id, pseudonym FROM person').raw().all(),
    ) as unknown as [number, string][],
  );
  const own = withStore(whole, keys.dataKey, (connection) =>
    connection.prepare<[], { person_id: number; box: Buffer }>('SELECT person_id, box FROM sealed_identity').all(),
  );
  const { openSealed } = await import('#main/crypto/seal.ts');
  const id = own.find(({ box }) =>
    openSealed(keys.clinicPair!, box, 'tidemark identity')!.toString().includes('OSSIFRAGE1'),
  )!.person_id;
  person = pseudonyms.get(id)!;
  await session.call('cases.open', { person, origin: 'manager', reason: 'MANDRAKE spoke with a supervisor' });
  await session.engine.close();
}, 120_000);

let copies = 0;
async function copy(): Promise<Session & { readonly vault: string }> {
  copies += 1;
  const vault = copyVault(whole, join(folder, `copy-${copies}`));
  return { vault, ...(await unlocked(vault)) };
}

/** Rows that name a person by number in a column whose name says so, table by table. */
function rowsNaming(vault: string, id: number): Map<string, number> {
  return withStore(vault, keys.dataKey, (connection) => {
    const counts = new Map<string, number>();
    const tables = connection.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    for (const table of tables) {
      if (table === 'person') continue;
      const rows = connection.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all();
      const naming = rows.filter((row) =>
        Object.entries(row).some(([column, value]) => column.includes('person_id') && value === id),
      );
      if (naming.length > 0) counts.set(table, naming.length);
    }
    return counts;
  });
}

function idOf(pseudonym: string): number {
  return [...pseudonyms].find(([, name]) => name === pseudonym)![0];
}

/** A hash of each table, for comparing what others have. */
function tableHashes(vault: string): Map<string, string> {
  return withStore(vault, keys.dataKey, (connection) => {
    const tables = connection.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    return new Map(
      tables.map((table) => {
        const hash = createHash('sha256');
        for (const row of connection.prepare(`SELECT * FROM "${table}"`).raw().iterate())
          hash.update(JSON.stringify(row));
        return [table, hash.digest('hex')];
      }),
    );
  });
}

async function loadsOfOthers({ call }: Session): Promise<string> {
  const answer = await call('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-12-31', rows: true } });
  const { rows } = answer.result as { readonly rows: readonly { readonly person: string }[] };
  return JSON.stringify(rows.filter((row) => row.person !== person));
}

async function erased(): Promise<Session & { readonly vault: string; readonly rows: number }> {
  const session = await copy();
  const { id } = await session.call('rights.requestErasure', { person, reason: 'asked to be erased' });
  const { rows } = await session.call('rights.erase', { request: id, confirm: person });
  return { ...session, rows };
}

describe('every table that can name a person', () => {
  it('is found from the schema and has words of its own', () => {
    const tables = withStore(whole, keys.dataKey, (connection) => tellingTables(personTables(connection)));
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.map(({ name }) => name).filter((name) => !hasTableWords(name))).toEqual([]);
  });
});

describe('what is held on a person', () => {
  it('is revealed with a reason, and the look is audited', async () => {
    const { call, refused, engine, vault } = await copy();
    const held = await call('rights.person', { person, reason: 'request of 3 March' });
    expect(held.identities[0]).toMatchObject({ reference: 'OSSIFRAGE1', name: 'Zeb Quornsby', collar: 'KOLLARQ7' });
    expect((await refused('rights.person', { person: '0000-0000-0000', reason: 'a guess' })).code).toBe('NOT_FOUND');
    expect((await refused('rights.person', { person, reason: '' })).code).toBe('BAD_INPUT');
    const events = valuesOf(vault, keys.dataKey).filter(([table, text]) => table === 'audit' && text.startsWith('{'));
    expect(events.some(([, text]) => text.includes('request of 3 March') && text.includes(`person ${person}`))).toBe(
      true,
    );
    await engine.close();
  });

  it('is written whole, from every table, and nothing of anybody else', async () => {
    const { call, engine } = await copy();
    const target = join(folder, 'export');
    const written = await call('rights.export', { person, reason: 'asked to see it', folder: target });
    const counts = new Map(written.held.map(({ table, rows }) => [table, rows]));
    const expected = [...rowsNaming(whole, idOf(person))].filter(([table]) => !table.endsWith('_confirmed'));
    expect(expected.length).toBeGreaterThan(20);
    for (const [table, rows] of expected) expect(counts.get(table), table).toBe(rows);
    expect(counts.get('sealed_safety')).toBe(1);
    expect(counts.get('case_record')).toBe(1);
    expect(counts.get('case_event')).toBe(1);
    expect(counts.get('sealed_reject')).toBeGreaterThan(10);

    const html = readFileSync(join(target, 'what-is-held.html'), 'utf8');
    const everything = readdirSync(target).map((name) => readFileSync(join(target, name), 'utf8'));
    for (const text of ['OSSIFRAGE1', 'Zeb Quornsby', 'OFFICIAL-SENSITIVE', 'What is not in here, and why']) {
      expect(html).toContain(text);
    }
    const others = [...pseudonyms.values()].filter((pseudonym) => pseudonym !== person);
    for (const text of everything) {
      for (const other of [...others, 'person_ref-2', 'name-2', 'collar-2', 'partner_person_ref-1']) {
        expect(text.includes(other), other).toBe(false);
      }
    }
    // Codes in words, choices by name, times local.
    const data = JSON.parse(readFileSync(join(target, 'what-is-held.json'), 'utf8')) as {
      tables: { table: string; rows: Record<string, string>[] }[];
    };
    const exposure = data.tables.find(({ table }) => table === 'exposures')!.rows[0]!;
    expect(exposure).toMatchObject({ category: 'RTC_FATAL', person });
    expect(Object.values(exposure).some((value) => /^2026-03-01 10:00$|^2020-06-01 10:00$/.test(value))).toBe(true);
    expect(
      (
        await engine.call({
          operation: 'rights.export',
          callId: 'again',
          input: { person, reason: 'once more', folder: target },
        })
      ).ok,
    ).toBe(false);
    await engine.close();
  });
});

describe('erasing a person', () => {
  it('leaves nothing of them in any value, any box or any byte, and the vault whole', async () => {
    const before = rawBytes(whole, keys.dataKey, join(folder, 'scratch'));
    expect(foundIn(before)).toContain('MANDRAKE');
    expect(foundIn(openedBoxes(whole, keys.dataKey, keys.clinicPair!).join('\n'))).toEqual([
      'OSSIFRAGE',
      'Quornsby',
      'KOLLARQ',
      'MANDRAKE',
    ]);
    const { vault, call, engine, rows } = await erased();
    expect(rows).toBeGreaterThan(30);
    expect(foundIn(openedBoxes(vault, keys.dataKey, keys.clinicPair!).join('\n'))).toEqual([]);
    expect(
      valuesOf(vault, keys.dataKey).flatMap(([table, text]) => foundIn(text).map((found) => `${found} in ${table}`)),
    ).toEqual([]);
    expect([...rowsNaming(vault, idOf(person)).keys()]).toEqual([]);
    expect(await call('vault.check', { head: null })).toMatchObject({ batches: extracts.length });
    const erasures = await call('rights.erasures', {});
    expect(erasures.erasures).toMatchObject([{ person, erasedBy: 'tester', approvedBy: null }]);
    await engine.close();
    expect(foundIn(rawBytes(vault, keys.dataKey, join(folder, 'scratch')))).toEqual([]);
    expect(canaries).toHaveLength(4);
  });

  it('holds when the same files come again: the person stays gone, nothing doubles, others are as they were', async () => {
    const session = await copy();
    const before = await loadsOfOthers(session);
    const { id } = await session.call('rights.requestErasure', { person, reason: 'asked to be erased' });
    await session.call('rights.erase', { request: id, confirm: person });
    expect(await loadsOfOthers(session)).toBe(before);
    const erasedHashes = tableHashes(session.vault);
    const again = await loadAll(session, extracts);
    for (const { rows, kind } of again) {
      expect(rows.accepted, kind).toBe(0);
      expect(rows.read).toBe(rows.accepted + rows.rejected + rows.duplicate);
    }
    const dropped = again.filter(({ warnings }) => warnings.some(({ code }) => code === 'ERASED_PERSON'));
    expect(dropped.length).toBeGreaterThan(13);
    expect(await loadsOfOthers(session)).toBe(before);
    expect(foundIn(openedBoxes(session.vault, keys.dataKey, keys.clinicPair!).join('\n'))).toEqual([]);
    const later = tableHashes(session.vault);
    // Files loaded before other references came are files of their own again: what is sealed of others is sealed anew.
    const sealedAnew = ['sealed_identity', 'sealed_answers', 'sealed_safety', 'sealed_reject'];
    const changing = ['audit', 'batch', 'packed', 'reject', 'note', 'sqlite_sequence', ...sealedAnew];
    const changed = [...later].filter(([table, hash]) => erasedHashes.get(table) !== hash).map(([table]) => table);
    expect(changed.filter((table) => !changing.includes(table) && !table.endsWith('_confirmed'))).toEqual([]);
    await session.engine.close();
  });

  it('asks for the pseudonym again, and for somebody known', async () => {
    const { call, refused, engine } = await copy();
    const { id } = await call('rights.requestErasure', { person, reason: 'asked to be erased' });
    expect((await refused('rights.erase', { request: id, confirm: 'yes' })).code).toBe('BAD_INPUT');
    expect((await refused('rights.erase', { request: 99, confirm: person })).code).toBe('NOT_FOUND');
    expect((await refused('rights.requestErasure', { person: '0000-0000-0000', reason: 'nobody' })).code).toBe(
      'NOT_FOUND',
    );
    await engine.close();
  });

  it('needs somebody else to agree where there is somebody else, and never whoever asked', async () => {
    const { vault, call, refused, engine } = await copy();
    await call('users.add', { name: 'second', roles: ['administrator'], passphrase: 'seven lamps beside the harbour' });
    const { id } = await call('rights.requestErasure', { person, reason: 'asked to be erased' });
    expect((await refused('rights.erase', { request: id, confirm: person })).code).toBe('FORBIDDEN');
    expect((await refused('approvals.decide', { id, agree: true, note: '' })).code).toBe('FORBIDDEN');
    await engine.close();
    const second = await unlocked(vault, 'second');
    expect((await second.refused('rights.erase', { request: id, confirm: person })).code).toBe('FORBIDDEN');
    expect((await second.call('approvals.decide', { id, agree: true, note: 'seen the letter' })).state).toBe(
      'approved',
    );
    expect((await second.refused('approvals.decide', { id, agree: false, note: '' })).code).toBe('BAD_INPUT');
    await second.engine.close();
    const first = await unlocked(vault);
    await first.call('rights.erase', { request: id, confirm: person });
    expect((await first.call('rights.erasures', {})).erasures).toMatchObject([{ approvedBy: 'second' }]);
    expect((await first.refused('rights.erase', { request: id, confirm: person })).code).toBe('FORBIDDEN');
    await first.engine.close();
  });

  it('killed at any moment has taken place wholly or not at all', async () => {
    const random = randomStream(20_261_125, 'erase');
    const before = rowsNaming(whole, idOf(person));
    const seen = new Set<string>();
    for (let kill = 0; kill < kills; kill += 1) {
      const vault = copyVault(whole, join(folder, `killed-${kill}`));
      const child = spawn(
        resolve('node_modules/.bin/node'),
        [resolve('tests/integration/erase-child.ts'), vault, user, passphrase, person],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      const gone = new Promise((done) => child.once('exit', done));
      await new Promise((done) => child.stdout.once('data', done));
      if (kill === 0) await new Promise((done) => child.stdout.once('data', done));
      else await new Promise((done) => setTimeout(done, random.nextBelow(900)));
      child.kill('SIGKILL');
      await gone;
      const { call, engine } = await unlocked(vault);
      await call('vault.check', { head: null });
      const done = (await call('rights.erasures', {})).erasures.length === 1;
      await engine.close();
      seen.add(String(done));
      if (done) {
        expect([...rowsNaming(vault, idOf(person)).keys()]).toEqual([]);
        expect(foundIn(openedBoxes(vault, keys.dataKey, keys.clinicPair!).join('\n'))).toEqual([]);
      } else {
        expect(rowsNaming(vault, idOf(person))).toEqual(before);
      }
    }
    expect(seen.has('true')).toBe(true);
  }, 400_000);
});
