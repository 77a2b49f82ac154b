import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type KeyPair, openSealed } from '#main/crypto/seal.ts';
import { asOlderVault } from './older-vault.ts';
import { copyVault, csvFile, keysOf, newVault, temporaryFolder, unlocked, withStore } from './test-vault.ts';

const folder = temporaryFolder('safeguarding');
const empty = join(folder, 'empty');
const header = 'volunteer_ref,requester_token,at,minutes,mode,safeguarding';
let dataKey: Buffer;
let clinic: KeyPair;

beforeAll(async () => {
  const { engine } = await newVault(empty, ['analyst', 'clinician']);
  await engine.close();
  const keys = await keysOf(empty);
  dataKey = keys.dataKey;
  clinic = keys.clinicPair!;
});

function boxesIn(vault: string): Buffer[] {
  return withStore(
    vault,
    dataKey,
    (store) => store.prepare('SELECT box FROM sealed_safety ORDER BY batch_id, row').pluck().all() as Buffer[],
  );
}

const contentOf = (box: Buffer): Record<string, unknown> =>
  JSON.parse(openSealed(clinic, box, 'tidemark safety answer')!.toString('utf8'));

describe('a flag of safeguarding', () => {
  it('reaches the clinicians sealed, of a rejected row too, and lies nowhere in clear', async () => {
    const vault = copyVault(empty, join(folder, 'sealed'));
    const { call, engine } = await unlocked(vault);
    const lines = [
      'V1,T1,2026-03-01 10:00,30,phone,no',
      'V2,T2,2026-03-02 10:00,30,phone,yes',
      'V3,T3,soon,30,phone,yes',
    ];
    const loaded = await call('imports.load', {
      file: csvFile(folder, 'contacts.csv', header, [...lines, 'V4,T4,2026-03-04 10:00,30,phone,perhaps']),
      kind: 'peer_contacts',
      mapping: null,
    });
    expect(loaded.rows).toMatchObject({ accepted: 2, rejected: 2 });
    const boxes = boxesIn(vault);
    expect(boxes.map(contentOf).map(({ answer, volunteer, requester }) => [answer, volunteer, requester])).toEqual([
      ['clear', 'V1', 'T1'],
      ['raised', 'V2', 'T2'],
      ['raised', 'V3', 'T3'],
      ['not seen', 'V4', 'T4'],
    ]);
    expect(new Set(boxes.map(({ length }) => length)).size).toBe(1);
    const { safety } = await call('cases.worklist', {});
    expect(safety.open.map(({ source, row }) => [source, row]).sort()).toEqual([
      ['peer support', 'kept'],
      ['peer support', 'rejected'],
    ]);
    await call('cases.acknowledge', { keys: safety.open.flatMap(({ keys }) => keys) });
    expect((await call('cases.worklist', {})).safety.open).toEqual([]);
    const columns = withStore(vault, dataKey, (store) =>
      store.prepare("SELECT name FROM pragma_table_info('peer_contacts')").pluck().all(),
    );
    expect(columns).not.toContain('safeguarding');
    await engine.close();
  });

  it('that an older vault held in clear is sealed by the next unlocking, and gone from the clear', async () => {
    const vault = copyVault(empty, join(folder, 'older'));
    const session = await unlocked(vault);
    const lines = ['V1,T1,2026-03-01 10:00,30,phone,no', 'V2,T2,2026-03-02 10:00,30,phone,yes'];
    const file = csvFile(
      folder,
      'older.csv',
      'volunteer_ref,requester_token,at,minutes',
      lines.map((line) => line.slice(0, 25)),
    );
    await session.call('imports.load', { file, kind: 'peer_contacts', mapping: null });
    await session.engine.close();
    asOlderVault(vault, dataKey, 120);
    withStore(vault, dataKey, (store) => store.exec('UPDATE peer_contacts SET safeguarding = (row = 2)'));
    const after = await unlocked(vault);
    expect((await after.call('cases.worklist', {})).safety.open).toMatchObject([
      { source: 'peer support', row: 'kept' },
    ]);
    await after.engine.close();
    expect(
      boxesIn(vault)
        .map(contentOf)
        .map(({ answer }) => answer),
    ).toEqual(['clear', 'raised']);
    const waiting = withStore(vault, dataKey, (store) => store.prepare('SELECT 1 FROM safeguarding_to_seal').all());
    expect(waiting).toEqual([]);
  });
});
