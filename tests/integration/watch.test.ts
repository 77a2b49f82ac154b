import { appendFileSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type KeyPair, openSealed } from '#main/crypto/seal.ts';
import {
  copyVault,
  csvFile,
  keysOf,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';
import { absence, header, newFolder, once, outline, settleSeconds, watchedEvents } from './watch-folder.ts';

const folder = temporaryFolder('watch');
const empty = join(folder, 'empty');
let dataKey: Buffer;
let clinic: KeyPair;
let made = 0;

beforeAll(async () => {
  const { call, engine } = await newVault(empty, ['analyst', 'clinician']);
  await call('mappings.save', { name: 'HR monthly', mapping: absence, fileName: 'absence_2026-03.csv' });
  await engine.close();
  const keys = await keysOf(empty);
  dataKey = keys.dataKey;
  clinic = keys.clinicPair!;
});

/** A vault with the mapping “HR monthly”, and an empty folder to watch. */
async function fresh(): Promise<{ readonly session: Session; readonly vault: string; readonly arrivals: string }> {
  made += 1;
  const vault = copyVault(empty, join(folder, `vault-${made}`));
  return { session: await unlocked(vault), vault, arrivals: newFolder(folder, `arrivals-${made}`) };
}

const row = (number: number): string => `${number},Ash,0${1 + (number % 9)}/04/2026,,S1`;
const rows = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => row(from + at));

function counts(vault: string): { readonly batches: number; readonly absences: number } {
  return withStore(vault, dataKey, (connection) => ({
    batches: connection.prepare<[], number>('SELECT count(*) FROM batch').pluck().get()!,
    absences: connection.prepare<[], number>('SELECT count(*) FROM absences').pluck().get()!,
  }));
}

describe('a folder looked at once', () => {
  it('loads what is recognised and passes, canonical files too, and says why everything else waits', async () => {
    const { session, vault, arrivals } = await fresh();
    csvFile(arrivals, 'absence_2026-04.csv', header, rows(0, 5));
    csvFile(arrivals, 'people.csv', 'person_ref,role,unit', ['A,Response,North']);
    csvFile(arrivals, 'absence_2026-05.csv', header, [...rows(5, 8), '8,Ash,31/02/2026,,S1']);
    csvFile(arrivals, 'shoes.csv', 'size,colour', ['9,black']);
    csvFile(arrivals, 'sick.csv', header.replace('Payroll No', 'Number').replace('Reason', 'Why'), rows(0, 1));
    csvFile(arrivals, 'either.csv', 'person_ref,start,end', ['A,2026-01-01,2026-01-02']);
    csvFile(arrivals, 'absence_none.csv', header, []);
    writeFileSync(join(arrivals, 'absence_2026-06.csv'), Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2, 3, 10]));
    writeFileSync(join(arrivals, 'absence_2026-07.csv'), '');
    for (const name of ['.hidden.csv', '~$absence.csv', 'absence.csv.part', 'a.tmp', 'b.crdownload', 'Thumbs.db']) {
      csvFile(arrivals, name, header, rows(90, 91));
    }
    csvFile(newFolder(arrivals, 'below'), 'absence_2026-08.csv', header, rows(91, 92));
    const before = readFileSync(join(arrivals, 'absence_2026-04.csv'));
    const result = await once(session, arrivals);
    expect(outline(result)).toEqual([
      'absence_2026-04.csv: 1',
      'people.csv: 2',
      'absence_2026-05.csv: HAS_REJECTS',
      'absence_2026-06.csv: BAD_FILE',
      'absence_2026-07.csv: BAD_FILE',
      'absence_none.csv: NO_ROWS',
      'either.csv: SEVERAL_KINDS',
      'shoes.csv: NOT_RECOGNISED',
      'sick.csv: NOT_RECOGNISED',
    ]);
    expect(result.loaded[0]).toMatchObject({
      kind: 'absences',
      mapping: { name: 'HR monthly', version: 1 },
      rows: { read: 5, accepted: 5, rejected: 0 },
    });
    expect(result.waiting[0]?.reason).toContain('1 of 4 rows would be rejected: 1 × start BAD_DATE.');
    expect(result.waiting[0]?.rows).toMatchObject({ read: 4, rejected: 1 });
    expect(result.waiting.at(-1)?.reason).toContain(
      '“HR monthly” comes nearest; the file lacks “Payroll No”, “Reason”.',
    );
    expect(result.waiting.at(-2)?.reason).toBe(
      'No saved mapping fits this file. Import it by hand once and save its mapping.',
    );
    expect(readFileSync(join(arrivals, 'absence_2026-04.csv'))).toEqual(before);
    expect(counts(vault)).toEqual({ batches: 2, absences: 5 });
    // A second look finds nothing new to load.
    const again = await once(session, arrivals);
    expect(again.loaded).toEqual([]);
    expect(outline(again)).toEqual(outline(result).slice(2));
    await session.engine.close();
  });

  it('loads with rejects within the share allowed', async () => {
    const { session, arrivals } = await fresh();
    csvFile(arrivals, 'absence_a.csv', header, [...rows(0, 99), '99,Ash,31/02/2026,,S1']);
    expect(outline(await once(session, arrivals, { allowRejects: 0.009 }))).toEqual(['absence_a.csv: HAS_REJECTS']);
    expect(outline(await once(session, arrivals, { allowRejects: 0.01 }))).toEqual(['absence_a.csv: 1']);
    await session.engine.close();
  });

  it('loads the same content once, under whatever names, and by hand or by itself', async () => {
    const { session, vault, arrivals } = await fresh();
    const file = csvFile(arrivals, 'absence_1.csv', header, rows(0, 5));
    csvFile(arrivals, 'absence_2.csv', header, rows(0, 5));
    expect(outline(await once(session, arrivals))).toEqual(['absence_1.csv: 1', 'absence_2.csv: ALREADY_LOADED']);
    const by = csvFile(folder, 'by-hand.csv', header, rows(5, 9));
    await session.call('imports.load', { file: by, kind: 'absences', mapping: absence });
    csvFile(arrivals, 'absence_3.csv', header, rows(5, 9));
    const held = (await once(session, arrivals)).waiting.find((event) => event.file === 'absence_3.csv');
    expect(held).toMatchObject({ code: 'ALREADY_LOADED', batch: 2 });
    expect(held?.reason).toContain('Batch 2');
    // Its time of change alone says nothing.
    utimesSync(file, new Date(), new Date());
    expect((await once(session, arrivals)).loaded).toEqual([]);
    expect(counts(vault)).toEqual({ batches: 2, absences: 9 });
    await session.engine.close();
  });

  it('asks for patterns where two mappings claim a file alike, and loads by the one whose pattern it is of', async () => {
    const { session, arrivals } = await fresh();
    await session.call('mappings.save', { name: 'Twin', mapping: absence, fileName: 'absence_2026-01.csv' });
    csvFile(arrivals, 'absence_2026-04.csv', header, rows(0, 2));
    const { waiting } = await once(session, arrivals);
    expect(waiting[0]).toMatchObject({ code: 'SEVERAL_MAPPINGS' });
    expect(waiting[0]?.reason).toContain('“Twin”, “HR monthly”');
    await session.call('mappings.save', { name: 'Twin', mapping: absence, filePattern: 'twin_*.csv' });
    expect((await once(session, arrivals)).loaded[0]).toMatchObject({ mapping: { name: 'HR monthly' } });
    await session.engine.close();
  });

  it('follows no link out of the folder', async () => {
    const { session, arrivals } = await fresh();
    const outside = csvFile(folder, 'absence_outside.csv', header, rows(0, 2));
    const inside = csvFile(newFolder(arrivals, 'below'), 'absence_inside.csv', header, rows(2, 4));
    symlinkSync(outside, join(arrivals, 'absence_link-out.csv'));
    symlinkSync(inside, join(arrivals, 'absence_link-in.csv'));
    symlinkSync(folder, join(arrivals, 'absence_folder.csv'));
    expect(outline(await once(session, arrivals))).toEqual([
      'absence_link-in.csv: 1',
      'absence_folder.csv: LINK_OUTSIDE',
      'absence_link-out.csv: LINK_OUTSIDE',
    ]);
    await session.engine.close();
  });

  it('refuses a folder that is none, and that of the vault', async () => {
    const { session, vault } = await fresh();
    const missing = join(folder, 'nowhere');
    expect((await session.refused('watch.once', { folder: missing })).code).toBe('NO_SUCH_FILE');
    expect((await session.refused('watch.start', { folder: missing })).code).toBe('NO_SUCH_FILE');
    expect((await session.refused('watch.start', { folder: join(vault, 'backups') })).code).toBe('BAD_INPUT');
    expect((await session.call('watch.state', {})).state).toBe('off');
    await session.engine.close();
  });
});

describe('a watched folder', () => {
  it('waits for a file that is written slowly, renamed into place or written over', async () => {
    const { session, vault, arrivals } = await fresh();
    const { events, next } = watchedEvents(session);
    await session.call('watch.start', { folder: arrivals, settleSeconds });
    const slow = join(arrivals, 'absence_slow.csv');
    writeFileSync(slow, `${header}\n`);
    for (const line of rows(0, 12)) {
      await delay(settleSeconds * 400);
      appendFileSync(slow, `${line}\n`);
    }
    const temporary = csvFile(arrivals, 'absence_moved.csv.tmp', header, rows(20, 24));
    await delay(settleSeconds * 2_000);
    renameSync(temporary, join(arrivals, 'absence_moved.csv'));
    expect(await next((event) => event.file === 'absence_slow.csv')).toMatchObject({
      event: 'loaded',
      rows: { read: 12, accepted: 12 },
    });
    expect(await next((event) => event.file === 'absence_moved.csv')).toMatchObject({ event: 'loaded' });
    // The same name with a correction supersedes.
    csvFile(arrivals, 'absence_slow.csv', header, [row(0).replace('S1', 'S2'), row(1)]);
    const corrected = await next((event) => event.file === 'absence_slow.csv' && event.rows?.read === 2);
    expect(corrected).toMatchObject({ event: 'loaded', rows: { accepted: 1, superseded: 1, duplicate: 1 } });
    expect(events.filter(({ event }) => event === 'waiting')).toEqual([]);
    expect(counts(vault).absences).toBe(16);
    await session.engine.close();
  });

  it('does not take half a file for a whole one', async () => {
    const { session, arrivals } = await fresh();
    const { events, next } = watchedEvents(session);
    await session.call('watch.start', { folder: arrivals, settleSeconds });
    const half = join(arrivals, 'absence_half.csv');
    const text = `${[header, ...rows(0, 40)].join('\n')}\n`;
    writeFileSync(half, text.slice(0, text.length - 23));
    await delay(settleSeconds * 3_000);
    const { files } = await session.call('watch.state', {});
    expect(files).toMatchObject([{ file: 'absence_half.csv', state: 'settling', code: 'STILL_WRITTEN' }]);
    writeFileSync(half, text);
    expect(await next((event) => event.file !== null)).toMatchObject({ event: 'loaded', rows: { accepted: 40 } });
    expect(events.filter(({ file }) => file !== null)).toHaveLength(1);
    await session.engine.close();
  });

  it('looks again when the file changes, when a mapping is saved, when a batch is taken out and when asked', async () => {
    const { session, arrivals } = await fresh();
    const { next } = watchedEvents(session);
    const { call } = session;
    await call('watch.start', { folder: arrivals, settleSeconds });
    csvFile(arrivals, 'absence_bad.csv', header, ['1,Ash,31/02/2026,,S1']);
    csvFile(arrivals, 'shoes.csv', 'who,when', ['1,2026-04-01']);
    await next((event) => event.file === 'absence_bad.csv' && event.code === 'HAS_REJECTS');
    await next((event) => event.file === 'shoes.csv' && event.code === 'NOT_RECOGNISED');
    csvFile(arrivals, 'absence_bad.csv', header, ['1,Ash,28/02/2026,,S1']);
    await next((event) => event.file === 'absence_bad.csv' && event.event === 'loaded');
    const shoes = { kind: 'absences', columns: { person_ref: 'who', start: 'when' } };
    await call('mappings.save', { name: 'Shoes', mapping: shoes, fileName: 'shoes.csv' });
    const loaded = await next((event) => event.file === 'shoes.csv' && event.event === 'loaded');
    // What is taken out stays out until somebody asks.
    await call('imports.undo', { batch: loaded.batch! });
    const undone = (await call('watch.state', {})).files.find(({ file }) => file === 'shoes.csv');
    expect(undone).toMatchObject({ state: 'waiting', code: 'UNDONE' });
    await call('watch.retry', { id: undone!.id });
    expect(await next((event) => event.file === 'shoes.csv' && event.batch === loaded.batch! + 1)).toMatchObject({
      event: 'loaded',
    });
    await session.engine.close();
  });

  it('leaves a dismissed file be until it changes, and notes one that leaves the folder', async () => {
    const { session, arrivals } = await fresh();
    const { events, next } = watchedEvents(session);
    const { call } = session;
    await call('watch.start', { folder: arrivals, settleSeconds });
    csvFile(arrivals, 'absence_a.csv', header, ['1,Ash,31/02/2026,,S1']);
    csvFile(arrivals, 'absence_b.csv', header, ['2,Ash,31/02/2026,,S1']);
    await next((event) => event.file === 'absence_b.csv');
    const idOf = async (name: string) => (await call('watch.state', {})).files.find(({ file }) => file === name)!.id!;
    await call('watch.dismiss', { id: await idOf('absence_a.csv') });
    rmSync(join(arrivals, 'absence_b.csv'));
    expect(await next(({ event }) => event === 'gone')).toMatchObject({ file: 'absence_b.csv', code: 'DISAPPEARED' });
    const { files } = await call('watch.state', {});
    expect(files.map(({ file, state }) => `${file} ${state}`).sort()).toEqual([
      'absence_a.csv dismissed',
      'absence_b.csv gone',
    ]);
    await call('mappings.save', { name: 'Other', mapping: absence, fileName: 'other.csv' });
    await delay(settleSeconds * 4_000);
    expect(events.filter(({ file }) => file === 'absence_a.csv')).toHaveLength(1);
    csvFile(arrivals, 'absence_a.csv', header, ['1,Ash,28/02/2026,,S1']);
    await next((event) => event.file === 'absence_a.csv' && event.event === 'loaded');
    // One that is back waits again.
    csvFile(arrivals, 'absence_b.csv', header, ['2,Ash,31/02/2026,,S1']);
    await next((event) => event === events.filter(({ file }) => file === 'absence_b.csv')[2]);
    expect(events.at(-1)).toMatchObject({ event: 'waiting', file: 'absence_b.csv', code: 'HAS_REJECTS' });
    await session.engine.close();
  });

  it('says that its folder has gone, and goes on when it is back', async () => {
    const { session, arrivals } = await fresh();
    const { next } = watchedEvents(session);
    await session.call('watch.start', { folder: arrivals, settleSeconds });
    csvFile(arrivals, 'absence_a.csv', header, rows(0, 1));
    await next((event) => event.event === 'loaded');
    renameSync(arrivals, `${arrivals}-away`);
    expect(await next((event) => event.event === 'folder')).toMatchObject({ code: 'FOLDER_MISSING' });
    const { state, why } = await session.call('watch.state', {});
    expect([state, why]).toEqual(['paused', 'The folder is not there. It is looked for until it returns.']);
    renameSync(`${arrivals}-away`, arrivals);
    csvFile(arrivals, 'absence_b.csv', header, rows(1, 2));
    await next((event) => event.file === 'absence_b.csv' && event.event === 'loaded');
    expect((await session.call('watch.state', {})).state).toBe('watching');
    await session.engine.close();
  }, 40_000);

  it('pauses when the vault locks, catches up when it is unlocked, and stays off once stopped', async () => {
    const { session, vault, arrivals } = await fresh();
    await session.engine.close();
    const app = newSession(undefined, true);
    const locked: unknown[] = [];
    app.engine.subscribe((event) => event.type === 'locked' && locked.push(event));
    const { events, next } = watchedEvents(app);
    const unlock = () => app.call('vault.unlock', { folder: vault, user, passphrase });
    await unlock();
    expect((await app.call('watch.state', {})).state).toBe('off');
    await app.call('watch.start', { folder: arrivals, settleSeconds });
    csvFile(arrivals, 'absence_a.csv', header, rows(0, 1));
    await next((event) => event.event === 'loaded');
    await app.engine.lock('idle');
    expect(locked).toEqual([{ type: 'locked', reason: 'idle', watching: true }]);
    csvFile(arrivals, 'absence_b.csv', header, rows(1, 2));
    await delay(settleSeconds * 4_000);
    expect(events.filter(({ file }) => file === 'absence_b.csv')).toEqual([]);
    await unlock();
    await next((event) => event.file === 'absence_b.csv' && event.event === 'loaded');
    expect(counts(vault)).toEqual({ batches: 2, absences: 2 });
    await app.call('watch.stop', {});
    await app.engine.lock('asked');
    expect(locked.at(-1)).toEqual({ type: 'locked', reason: 'asked', watching: false });
    await unlock();
    expect(await app.call('watch.state', {})).toMatchObject({ state: 'off', settings: { folder: arrivals } });
    await app.engine.close();
  });

  it('cancels the batch in hand when somebody locks, and loads it whole at the next unlock', async () => {
    const { session, vault, arrivals } = await fresh();
    await session.engine.close();
    const app = newSession(undefined, true);
    const { events, next } = watchedEvents(app);
    await app.call('vault.unlock', { folder: vault, user, passphrase });
    const many = Array.from({ length: 120_000 }, (_, at) => `${at},Ash,01/04/2026,,S1`);
    csvFile(arrivals, 'absence_many.csv', header, many);
    await app.call('watch.start', { folder: arrivals, settleSeconds });
    for (;;) {
      const [file] = (await app.call('watch.state', {})).files;
      if (file?.state === 'loading') break;
      await delay(5);
    }
    await app.engine.lock('asked');
    expect(counts(vault)).toEqual({ batches: 0, absences: 0 });
    expect(events.filter(({ event }) => event === 'loaded')).toEqual([]);
    await app.call('vault.unlock', { folder: vault, user, passphrase });
    await next((event) => event.event === 'loaded');
    expect(counts(vault)).toEqual({ batches: 1, absences: 120_000 });
    await app.engine.close();
  });
});

type Safety = { readonly answer: string; readonly value: number | null; readonly row: number };

function safetyOf(vault: string): { readonly raised: readonly Safety[]; readonly under: readonly number[] } {
  return withStore(vault, dataKey, (connection) => {
    const found = connection
      .prepare<[], { batch_id: number; box: Buffer }>(
        'SELECT batch_id, box FROM sealed_safety ORDER BY batch_id, row, part',
      )
      .all();
    const answers = found.map(
      ({ box }) => JSON.parse(openSealed(clinic, box, 'tidemark safety answer')!.toString('utf8')) as Safety,
    );
    return {
      raised: answers.filter(({ answer }) => answer === 'raised'),
      under: [...new Set(found.map(({ batch_id }) => batch_id))],
    };
  });
}

describe('safety answers of a file that waits', () => {
  const items = Array.from({ length: 9 }, (_, index) => `item_${index + 1}`);
  const phq = `person_ref,instrument,taken_on,${items.join(',')}`;
  const lines = [
    'A,PHQ-9,2026-04-01,0,0,0,0,0,0,0,0,2',
    'B,PHQ-9,2026-04-01,0,0,0,0,0,0,0,0,0',
    'C,PHQ-9,2026-04-01,9,0,0,0,0,0,0,0,1',
  ];

  it('are sealed once under the file, however often it is looked at, and not again when it is loaded', async () => {
    const { session, vault, arrivals } = await fresh();
    csvFile(arrivals, 'screenings.csv', phq, lines);
    expect(outline(await once(session, arrivals))).toEqual(['screenings.csv: HAS_REJECTS']);
    const first = safetyOf(vault);
    expect(first.raised.map(({ row: at, value }) => [at, value])).toEqual([
      [1, 2],
      [3, 1],
    ]);
    expect(first.under).toEqual([-1]);
    await once(session, arrivals);
    await session.engine.close();
    const next = await unlocked(vault);
    await once(next, arrivals);
    expect(safetyOf(vault)).toEqual(first);
    expect(outline(await once(next, arrivals, { allowRejects: 0.5 }))).toEqual(['screenings.csv: 1']);
    expect(safetyOf(vault)).toEqual(first);
    await next.call('imports.undo', { batch: 1 });
    expect(safetyOf(vault)).toEqual(first);
    await next.engine.close();
  });

  it('are taken anew when another mapping reads the file in another way', async () => {
    const { session, vault, arrivals } = await fresh();
    const { item_9: _, ...columns } = Object.fromEntries([
      ['person_ref', 'who'],
      ['instrument', 'instrument'],
      ['taken_on', 'taken_on'],
      ...items.map((item) => [item, item] as const),
    ]);
    const text = phq.replace('person_ref', 'who');
    csvFile(arrivals, 'phq_04.csv', text, [...lines, 'D,PHQ-9,never,0,0,0,0,0,0,0,0,0']);
    await session.call('mappings.save', {
      name: 'PHQ',
      mapping: { kind: 'screenings', columns },
      fileName: 'phq_04.csv',
    });
    expect(outline(await once(session, arrivals))).toEqual(['phq_04.csv: HAS_REJECTS']);
    expect(safetyOf(vault).raised).toEqual([]);
    const whole = { kind: 'screenings', columns: { ...columns, item_9: 'item_9' } };
    await session.call('mappings.save', { name: 'PHQ', mapping: whole });
    await once(session, arrivals);
    await once(session, arrivals);
    expect(safetyOf(vault).raised.map(({ row: at }) => at)).toEqual([1, 3]);
    expect(safetyOf(vault).under).toEqual([-1]);
    await session.engine.close();
  });

  it('count as far as a file that breaks off could be read', async () => {
    const { session, vault, arrivals } = await fresh();
    const file = csvFile(arrivals, 'screenings.csv', phq, lines);
    // A cell longer than any may be ends the reading.
    appendFileSync(file, `E,PHQ-9,${'x'.repeat(2 * 1024 ** 2)},0,0,0,0,0,0,0,0,0\n`);
    const { waiting } = await once(session, arrivals);
    expect(waiting).toHaveLength(1);
    const { raised } = safetyOf(vault);
    expect(waiting[0]?.code).not.toBe('HAS_REJECTS');
    expect(raised.map(({ row: at }) => at)).toEqual([1, 3]);
    await session.engine.close();
  });
});
