import { beforeEach, describe, expect, it } from 'vitest';
import {
  countRejects,
  endBatch,
  findBatch,
  holdsFileOfLength,
  holdsSameFile,
  listBatches,
  readRejects,
  removeBatchRecord,
  startBatch,
} from '#main/store/batch-records.ts';
import { readMeta, writeMeta } from '#main/store/meta.ts';
import {
  countInPost,
  countPeople,
  countUnknownPeople,
  eventsOf,
  exposureDays,
  findPerson,
  rowsByCategory,
  scoresOf,
  totalsOf,
} from '#main/store/overview-queries.ts';
import { addReportRecord, listReportRecords } from '#main/store/report-records.ts';
import type { VaultStore } from '#main/store/vault-store.ts';
import { event, newStore } from './store-in-folder.ts';

let store: VaultStore;
beforeEach(() => {
  store = newStore();
});

const start = { kind: 'people', fileName: 'people.csv', mapping: '{}', at: '2026-04-01T09:00:00Z', user: 'analyst' };
const end = {
  fileHash: 'ab12',
  fileBytes: 321,
  read: 10,
  accepted: 6,
  superseded: 1,
  rejected: 2,
  duplicate: 1,
  firstDay: 20_454,
  lastDay: null,
  problems: '[]',
  warnings: '[]',
};

describe('batches', () => {
  it('begin empty, are filled in at their end, and are listed newest first', () => {
    const [older, newer] = store.commit(event, (transaction) => {
      const ids = [startBatch(transaction, start), startBatch(transaction, { ...start, kind: 'exposures' })] as const;
      endBatch(transaction, ids[0], end);
      return ids;
    });
    expect(listBatches(store.connection).map((batch) => [batch.batch, batch.kind, batch.rows.read])).toEqual([
      [newer, 'exposures', 0],
      [older, 'people', 10],
    ]);
    expect(findBatch(store.connection, older)).toEqual({
      batch: older,
      kind: 'people',
      fileName: 'people.csv',
      fileHash: 'ab12',
      importedAt: '2026-04-01T09:00:00Z',
      importedBy: 'analyst',
      rows: { read: 10, accepted: 6, superseded: 1, rejected: 2, duplicate: 1 },
      from: '2026-01-01',
      to: null,
    });
    expect(findBatch(store.connection, 99)).toBeNull();
  });

  it('are recognised by file, kind and mapping together, and their numbers are never given out again', () => {
    const id = store.commit(event, (transaction) => {
      const begun = startBatch(transaction, start);
      endBatch(transaction, begun, end);
      return begun;
    });
    const { connection } = store;
    expect(holdsSameFile(connection, 'ab12', 'people', '{}')).toBe(true);
    expect(holdsSameFile(connection, 'ab12', 'exposures', '{}')).toBe(false);
    expect(holdsSameFile(connection, 'ab12', 'people', '{"x":1}')).toBe(false);
    expect([holdsFileOfLength(connection, 321, 'people'), holdsFileOfLength(connection, 320, 'people')]).toEqual([
      true,
      false,
    ]);
    store.commit(event, (transaction) => removeBatchRecord(transaction, id));
    expect(listBatches(connection)).toEqual([]);
    expect(store.commit(event, (transaction) => startBatch(transaction, start))).toBe(id + 1);
  });

  it('give their rejects in file order, a page at a time', () => {
    const id = store.commit(event, (transaction) => startBatch(transaction, start));
    const add = store.connection.prepare('INSERT INTO reject VALUES (?, ?, ?, ?, ?)');
    for (const sequence of [3, 1, 2]) add.run(id, sequence, sequence * 10, 'person_ref', 'MISSING');
    expect(countRejects(store.connection, id)).toBe(3);
    expect(readRejects(store.connection, id, 1, 1).map((reject) => [reject.row, reject.column, reject.code])).toEqual([
      [20, 'person_ref', 'MISSING'],
    ]);
    expect(readRejects(store.connection, id, 0, 10).map((reject) => reject.row)).toEqual([10, 20, 30]);
  });
});

describe('facts and reports', () => {
  it('keeps the latest value of a fact', () => {
    expect(readMeta(store, 'synthetic')).toBeNull();
    for (const value of ['no', 'yes']) {
      store.commit(event, (transaction) => writeMeta(transaction, 'synthetic', value));
    }
    expect(readMeta(store, 'synthetic')).toBe('yes');
  });

  it('lists reports newest first', () => {
    const report = {
      title: 'Exposure and wellbeing',
      from: '2026-01-01',
      to: '2026-03-31',
      builtAt: '2026-04-01T09:00:00Z',
      builtBy: 'analyst',
      folder: 'report',
      manifestHash: 'cd34',
    };
    for (const title of ['first', 'second']) {
      store.commit(event, (transaction) => addReportRecord(transaction, { ...report, title }));
    }
    expect(listReportRecords(store.connection)).toEqual([
      { ...report, title: 'second' },
      { ...report, title: 'first' },
    ]);
  });
});

describe('the overview', () => {
  it('says nothing of an empty vault', () => {
    expect([countPeople(store.connection), exposureDays(store.connection)]).toEqual([0, null]);
    expect(totalsOf(store.connection, 'people', 'people')).toEqual({ rows: 0, lastImport: null, lastDay: null });
  });

  it('counts people, posts, rows and days, and follows one person', () => {
    const { connection } = store;
    store.commit(event, (transaction) => endBatch(transaction, startBatch(transaction, start), end));
    connection.exec(`
      INSERT INTO code VALUES (1, 'unit', 'Response'), (2, 'role', 'Constable'), (3, 'instrument', 'phq-9'),
        (4, 'category', 'sudden-death'), (5, 'category', 'assault'), (6, 'scale', 'total');
      INSERT INTO person VALUES (1, 'P-A'), (2, 'P-B'), (3, 'P-C');
      INSERT INTO people (person_id, role_id, unit_id, service_start, service_end, batch_id, row)
        VALUES (1, 2, 1, 100, NULL, 1, 1), (2, 2, 1, NULL, 150, 1, 2);
      INSERT INTO exposures (occurred_at, person_id, category_id, incident_ref, day, proximity, minutes_on_scene, batch_id, row)
        VALUES (9000, 1, 4, 'x', 20, 2, 45.5, 1, 1), (8000, 1, 5, 'y', 19, NULL, NULL, 1, 2), (9500, 3, 4, 'z', 21, 1, 5, 1, 3);
      INSERT INTO screenings (person_id, instrument_id, scale_id, key_day, status, taken_on, score, scores, batch_id, row)
        VALUES (1, 3, 6, 40, 2, 40, 12, NULL, 1, 1), (1, 3, 0, 30, 2, 30, NULL, '{}', 1, 2), (1, 3, 0, 50, 1, NULL, NULL, NULL, 1, 3);
    `);
    expect([countPeople(connection), countUnknownPeople(connection)]).toEqual([2, 1]);
    expect([99, 100, 150, 151].map((day) => countInPost(connection, day))).toEqual([1, 2, 2, 1]);
    expect(rowsByCategory(connection)).toEqual([
      { code: 'sudden-death', rows: 2 },
      { code: 'assault', rows: 1 },
    ]);
    expect(exposureDays(connection)).toEqual({ first: 19, last: 21 });
    expect(totalsOf(connection, 'people', 'people')).toEqual({ rows: 2, lastImport: start.at, lastDay: null });
    expect(findPerson(connection, 'P-B')).toEqual({
      id: 2,
      unit: 'Response',
      role: 'Constable',
      serviceStart: null,
      serviceEnd: 150,
    });
    expect(findPerson(connection, 'P-C')).toEqual({
      id: 3,
      unit: null,
      role: null,
      serviceStart: null,
      serviceEnd: null,
    });
    expect(findPerson(connection, 'P-D')).toBeNull();
    expect(eventsOf(connection, 1)).toEqual([
      { day: 19, incident: 'y', category: 'assault', proximity: null, minutes: null, batch: 1 },
      { day: 20, incident: 'x', category: 'sudden-death', proximity: 2, minutes: 45.5, batch: 1 },
    ]);
    expect(scoresOf(connection, 1)).toEqual([
      { day: 30, instrument: 'phq-9', scores: '{}', score: null, scale: null, batch: 1 },
      { day: 40, instrument: 'phq-9', scores: null, score: 12, scale: 'total', batch: 1 },
    ]);
  });
});
