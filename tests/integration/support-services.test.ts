import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('support-services');
const vault = join(folder, 'vault');
const offer = {
  service: 'TRiM',
  type: 'trim' as const,
  audience: 'workforce' as const,
  cost: { gbp: 50, basis: 'contact' as const },
  capacityPerMonth: 10,
  from: '2023-01-01',
  to: null,
  contact: 'The TRiM desk, extension 1234',
};

beforeAll(async () => {
  const session = await newVault(vault, ['analyst']);
  const people = Array.from({ length: 60 }, (_, at) => `P${at}`);
  const files = {
    people: csvFile(
      folder,
      'people.csv',
      'person_ref,role,unit',
      people.map((ref) => `${ref},Response,North`),
    ),
    support: csvFile(
      folder,
      'support.csv',
      'person_ref,service,step,at',
      people.flatMap((ref, at) => [
        `${ref},TRiM,offered,2024-0${1 + (at % 6)}-02T10:00`,
        ...(at < 36 ? [`${ref},TRiM,contacted,2024-0${1 + (at % 6)}-05T10:00`] : []),
        ...(at < 30 ? [`${ref},Counselling,referred,2024-02-01T10:00`] : []),
      ]),
    ),
    costs: csvFile(folder, 'costs.csv', 'item,period,amount_gbp,service', [
      'Counsellor,2024-01,900,Counselling',
      'Counsellor,2024-02,1100,Counselling',
      'Rooms,2023/24,5000,Counselling',
    ]),
  };
  for (const [kind, file] of Object.entries(files)) {
    const { rows } = await session.call('imports.load', { file, kind, mapping: null });
    expect([kind, rows.rejected]).toEqual([kind, 0]);
  }
  await session.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  await session.engine.close();
});

type Usage = Readonly<Record<string, unknown>>;

async function usageOf(session: Awaited<ReturnType<typeof unlocked>>) {
  const answer = await session.call('analyses.run', {
    method: 'support-uptake',
    spec: { from: '2024-01-01', to: '2024-06-30', until: '2024-12-31', by: [] },
  });
  const services = answer.result['services'] as readonly { readonly service: string; readonly usage: Usage }[];
  const usage = Object.fromEntries(services.map(({ service, usage: own }) => [service, own]));
  return { usage, snapshot: answer.provenance.snapshot };
}

describe('the directory of support services', () => {
  it('points out services of the extracts that are not in it, until they are entered', async () => {
    const session = await unlocked(copyVault(vault, join(folder, 'unlisted')));
    expect(await session.call('services.list', {})).toEqual({ services: [], unlisted: ['Counselling', 'TRiM'] });
    await session.call('services.enter', { ...offer, reason: 'on offer since 2023' });
    const { services, unlisted } = await session.call('services.list', {});
    expect(unlisted).toEqual(['Counselling']);
    const { service: _service, ...terms } = offer;
    expect(services[0]!.current).toEqual(terms);
    await session.engine.close();
  });

  it('tells use against capacity and what a contact costs, from the costs extract first', async () => {
    const session = await unlocked(copyVault(vault, join(folder, 'usage')));
    const before = await usageOf(session);
    expect(before.usage['TRiM']).toMatchObject({
      isListed: false,
      contacts: 36,
      shareOfCapacity: null,
      capacityReason: 'not-listed',
      costPerContact: null,
      costReason: 'not-listed',
    });
    // Nobody was contacted: no contact has a cost, but the months have.
    expect(before.usage['Counselling']).toMatchObject({ contacts: null, costFrom: 'costs', costReason: 'few' });
    const months = 182 / (365.25 / 12);
    expect(before.usage['Counselling']!['costGbp']).toBeCloseTo(1_000 * months, 9);
    await session.call('services.enter', { ...offer, reason: 'on offer since 2023' });
    const after = await usageOf(session);
    expect(after.usage['TRiM']).toMatchObject({
      isListed: true,
      costFrom: 'directory',
      costPerContact: 50,
      costGbp: 1_800,
    });
    expect(after.usage['TRiM']!['shareOfCapacity']).toBeCloseTo(36 / months / 10, 12);
    expect(after.snapshot).not.toBe(before.snapshot);
    await session.engine.close();
  });

  it('keeps all that was entered before, by whom and why, and nobody changes it', async () => {
    const into = copyVault(vault, join(folder, 'history'));
    const session = await unlocked(into);
    await session.call('services.enter', { ...offer, reason: 'on offer since 2023' });
    await session.call('services.enter', { ...offer, capacityPerMonth: 20, reason: 'a second practitioner' });
    await session.call('services.withdraw', { service: 'TRiM', reason: 'no longer offered' });
    const { services, unlisted } = await session.call('services.list', {});
    expect(services).toMatchObject([
      {
        service: 'TRiM',
        current: null,
        history: [
          { kind: 'withdrawn', offer: null, by: user, reason: 'no longer offered' },
          { kind: 'entered', offer: { capacityPerMonth: 20 }, reason: 'a second practitioner' },
          { kind: 'entered', offer: { capacityPerMonth: 10 } },
        ],
      },
    ]);
    expect(unlisted).toContain('TRiM');
    const { entries } = await session.call('audit.list', { offset: 0, limit: 10 });
    expect(entries.filter(({ action }) => action.startsWith('service.'))).toHaveLength(3);
    expect(JSON.stringify(entries), 'how it is reached in the audit log').not.toContain(offer.contact);
    await session.engine.close();
    const key = await dataKeyOf(into);
    for (const sql of ['UPDATE support_service SET type = NULL', 'DELETE FROM support_service']) {
      expect(() => withStore(into, key, (connection) => connection.exec(sql))).toThrow('never changed');
    }
  });

  it('is refused where it makes no sense, and changed by analysts only', async () => {
    const into = copyVault(vault, join(folder, 'refused'));
    const session = await unlocked(into);
    for (const change of [
      { from: '2024-02-01', to: '2024-01-01' },
      { capacityPerMonth: 0 },
      { reason: ' ' },
      { type: 'x' },
    ]) {
      const refused = await session.refused('services.enter', { ...offer, reason: 'on offer', ...change });
      expect(refused, JSON.stringify(change)).toMatchObject({ code: 'BAD_INPUT' });
    }
    const nothing = await session.refused('services.withdraw', { service: 'TRiM', reason: 'no longer offered' });
    expect(nothing).toMatchObject({ code: 'NOT_FOUND' });
    await session.engine.close();
    const evaluator = await unlocked(into, 'eva');
    expect(await evaluator.refused('services.enter', { ...offer, reason: 'on offer' })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await evaluator.call('services.list', {})).services).toEqual([]);
    await evaluator.engine.close();
  });
});
