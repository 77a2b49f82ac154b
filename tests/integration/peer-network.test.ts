import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '#main/store/connection.ts';
import { readPeerRecords } from '#main/workers/peer-network-answer.ts';
import type { PeerNetworkResult } from '#shared/domain/peer-network.ts';
import { csvFile, dataKeyOf, newVault, type Session, temporaryFolder, withStore } from './test-vault.ts';

const folder = temporaryFolder('peer-network');
const vault = join(folder, 'vault');
const asOf = '2026-03-31';
let session: Session;

/** 60 people asked from North and 7 from South; nobody of South is vetted. */
beforeAll(async () => {
  session = await newVault(vault, ['analyst']);
  const volunteers = Array.from(
    { length: 12 },
    (_, at) =>
      `V${at},peer,${at < 10 ? 'North' : 'South'},4,trauma;language:pl,${at < 10 ? '2025-01-01' : ''},2025-02-01,S1,2025-03-01,`,
  );
  const requests = Array.from({ length: 67 }, (_, at) => {
    const area = at < 60 ? 'North' : 'South';
    return `R${at},token-${at},2026-03-${String(1 + (at % 28)).padStart(2, '0')} 10:00,${area},trauma,2026-03-30 11:00,matched`;
  });
  const contacts = Array.from(
    { length: 40 },
    (_, at) => `V${at % 12},token-${at},2026-03-${String(10 + (at % 20)).padStart(2, '0')} 12:00,30,phone,false`,
  );
  const files = {
    volunteers: csvFile(
      folder,
      'volunteers.csv',
      'volunteer_ref,kind,base,capacity,skills,vetted_on,trained_on,supervisor,from,to',
      volunteers,
    ),
    peer_requests: csvFile(
      folder,
      'requests.csv',
      'request_ref,requester_token,requested_at,area,needs,responded_at,status',
      requests,
    ),
    peer_contacts: csvFile(
      folder,
      'contacts.csv',
      'volunteer_ref,requester_token,at,minutes,mode,safeguarding',
      contacts,
    ),
  };
  for (const [kind, file] of Object.entries(files)) await session.call('imports.load', { file, kind, mapping: null });
});

afterAll(() => session.engine.close());

async function analyse(spec: Record<string, unknown> = {}) {
  const answer = await session.call('analyses.run', { method: 'peer-network', spec: { asOf, ...spec } });
  return { answer, result: answer.result as unknown as PeerNetworkResult };
}

/** The store, with every statement that is prepared written down. */
function listening(store: Connection, asked: string[]): Connection {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        if (name === 'prepare') asked.push(String(given[0]));
        return value.apply(target, given);
      };
    },
  });
}

describe('peer-network', () => {
  it('withholds the seven people of an area, and what they could be worked out from', async () => {
    const { result } = await analyse();
    const south = result.coverage.areas.find(({ area }) => area === 'South');
    expect(south?.people).toBeNull();
    const cellsOfNorth = result.coverage.cells.filter(({ area, people }) => area === 'North' && people === 60);
    expect(cellsOfNorth).toEqual([]);
    expect(result.volunteers).toMatchObject({ listed: 12, ready: null });
  });

  it('names no token and no request, with rows or without', async () => {
    const { answer } = await analyse({ rows: true });
    const text = JSON.stringify(answer);
    const tokens = withStore(
      vault,
      await dataKeyOf(vault),
      (store) => store.prepare('SELECT DISTINCT requester_token FROM peer_requests').pluck().all() as string[],
    );
    expect(tokens).toHaveLength(67);
    for (const token of tokens) expect(text).not.toContain(token);
    expect(text).not.toMatch(/R\d+,|"R\d+"/);
    expect((answer.result as { rows?: unknown[] }).rows).toHaveLength(12);
  });

  it('asks the store for the tables of the network and the code list alone', async () => {
    const asked: string[] = [];
    withStore(vault, await dataKeyOf(vault), (store) => readPeerRecords(listening(store, asked), 40_000));
    const tables = asked.flatMap((sql) => [...sql.matchAll(/\b(?:FROM|JOIN)\s+(\w+)/g)].map(([, table]) => table));
    expect(new Set(tables)).toEqual(new Set(['volunteers', 'peer_requests', 'peer_contacts', 'peer_decision', 'code']));
    expect(asked.join(' ')).not.toMatch(/\bperson|\bpeople\b/);
  });

  it('gives the same answer twice', async () => {
    expect(JSON.stringify(await analyse())).toBe(JSON.stringify(await analyse()));
  });
});
