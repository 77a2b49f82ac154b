import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { contract, type InputOf } from '#shared/contract/index.ts';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('peer-matching');
const vault = join(folder, 'vault');
const spec = { asOf: '2026-03-31', neighbours: [['North', 'South']] };

const volunteers = [
  'A,peer,North,1,trauma;language:pl,2025-01-01,2025-02-01,S1,2025-03-01,',
  'B,community,South,3,trauma,2025-01-01,2025-02-01,S1,2025-03-01,',
  'C,peer,North,3,trauma,2019-01-01,2025-02-01,S1,2025-03-01,',
];
const requests = [
  'REQ-1,tok-1,2026-03-01 10:00,North,trauma;language:pl,,open',
  'REQ-2,tok-2,2026-03-05 10:00,North,trauma,,open',
  'REQ-3,tok-3,2026-03-06 10:00,South,language:ur,,open',
  'REQ-4,tok-4,2026-03-07 10:00,South,trauma,2026-03-08 10:00,matched',
];
const headers = {
  volunteers: 'volunteer_ref,kind,base,capacity,skills,vetted_on,trained_on,supervisor,from,to',
  peer_requests: 'request_ref,requester_token,requested_at,area,needs,responded_at,status',
  peer_contacts: 'volunteer_ref,requester_token,at,minutes,mode',
};
let made = 0;

beforeAll(async () => {
  const { call, engine } = await newVault(vault, ['analyst']);
  await call('imports.load', { file: fileOf('volunteers', volunteers), kind: 'volunteers', mapping: null });
  await call('imports.load', { file: fileOf('peer_requests', requests), kind: 'peer_requests', mapping: null });
  await call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  await engine.close();
});

function fileOf(kind: keyof typeof headers, lines: readonly string[]): string {
  made += 1;
  return csvFile(folder, `${kind}-${made}.csv`, headers[kind], lines);
}

/** A session on a copy of the vault, and what it is proposed. */
async function ownVault() {
  made += 1;
  const own = copyVault(vault, join(folder, `vault-${made}`));
  const session = await unlocked(own);
  return { ...session, own, proposed: await session.call('peers.propose', { spec }) };
}

type Decision = Omit<InputOf<'peers.decide'>, 'spec'>;
function decisionOn(
  { proposed }: Awaited<ReturnType<typeof ownVault>>,
  request: string,
  decision: Decision['decision'],
): InputOf<'peers.decide'> {
  const { volunteer } = proposed.matching.proposals.find((own) => own.request === request)!;
  return { spec, request, volunteer, decision, reason: decision === 'declined' ? 'they have met at work' : '' };
}

async function auditOf({ call }: Session) {
  return (await call('audit.list', { offset: 0, limit: 50 })).entries;
}

describe('peer matching', () => {
  it('proposes by reference and pseudonym, with why, and says why a request is left', async () => {
    const { proposed, own, engine } = await ownVault();
    const { proposals, unmatched, open, freePlaces } = proposed.matching;
    expect(proposals.map(({ request, base }) => [request, base])).toEqual([
      ['REQ-1', 'North'],
      ['REQ-2', 'South'],
    ]);
    expect(proposals[1]?.why).toEqual(['trained for trauma', 'based in South, next to North', 'has 3 free places']);
    expect([open, freePlaces]).toEqual([3, 4]);
    expect(unmatched).toMatchObject([{ request: 'REQ-3', why: 'Nobody ready speaks Urdu.' }]);
    const tokens = withStore(own, await dataKeyOf(own), (store) =>
      store.prepare<[], string>('SELECT requester_token FROM peer_requests').pluck().all(),
    );
    for (const token of tokens) expect(JSON.stringify(proposed)).not.toContain(token);
    await engine.close();
  });

  it('is part of peer-network with rows, and of nothing without', async () => {
    const { call, proposed, engine } = await ownVault();
    const whole = await call('analyses.run', { method: 'peer-network', spec: { ...spec, rows: true } });
    expect(whole.result['matching']).toEqual(proposed.matching);
    expect(whole.provenance.snapshot).toBe(proposed.snapshot);
    const without = await call('analyses.run', { method: 'peer-network', spec });
    expect(JSON.stringify(without)).not.toMatch(/REQ-\d/);
    await engine.close();
  });

  it('keeps a decision with its why, and asks for less from then on', async () => {
    const session = await ownVault();
    const { call, proposed, engine } = session;
    const accepted = await call('peers.decide', decisionOn(session, 'REQ-1', 'accepted'));
    expect(accepted).toMatchObject({ request: 'REQ-1', decision: 'accepted', by: user, holds: true });
    expect(accepted.why).toBe('speaks Polish; trained for trauma; based in North; has 1 free place');
    const after = await call('peers.propose', { spec });
    expect(after.matching).toMatchObject({ open: 2, freePlaces: 3 });
    expect(after.snapshot).not.toBe(proposed.snapshot);
    await call('peers.decide', decisionOn(session, 'REQ-2', 'declined'));
    const { unmatched } = (await call('peers.propose', { spec })).matching;
    expect(unmatched.find(({ request }) => request === 'REQ-2')?.why).toBe(
      'Nobody ready who may take it has a free place.',
    );
    expect((await call('peers.decisions', {})).decisions.map(({ id, decision }) => [id, decision])).toEqual([
      [2, 'declined'],
      [1, 'accepted'],
    ]);
    await engine.close();
  });

  it('takes back what was accepted, and opens the request and the place again', async () => {
    const session = await ownVault();
    const { call, refused, engine } = session;
    await call('peers.decide', decisionOn(session, 'REQ-2', 'accepted'));
    expect((await refused('peers.decide', decisionOn(session, 'REQ-2', 'accepted'))).message).toContain('already');
    await call('peers.decide', decisionOn(session, 'REQ-2', 'declined'));
    expect((await call('peers.propose', { spec })).matching).toMatchObject({ open: 3, freePlaces: 4 });
    expect((await call('peers.decisions', {})).decisions.map(({ holds }) => holds)).toEqual([true, false]);
    expect((await refused('peers.decide', decisionOn(session, 'REQ-2', 'accepted'))).message).toContain('declined');
    await engine.close();
  });

  it('refuses what does not stand any more, and changes nothing', async () => {
    const session = await ownVault();
    const { call, refused, engine } = session;
    const first = decisionOn(session, 'REQ-1', 'accepted');
    const second = decisionOn(session, 'REQ-2', 'accepted');
    const message = async (input: InputOf<'peers.decide'>): Promise<string> =>
      (await refused('peers.decide', input)).message;
    expect(await message({ ...first, spec: { ...spec, asOf: '2028-12-31' } })).toBe(
      'The volunteer is not ready any more.',
    );
    expect(await message({ ...first, volunteer: second.volunteer })).toContain('does not speak the language');
    expect(await message({ ...first, volunteer: 'nobody' })).toContain('no such');
    await call('imports.load', {
      file: fileOf('peer_contacts', ['A,tok-9,2026-03-30 12:00,30,phone']),
      kind: 'peer_contacts',
      mapping: null,
    });
    expect(await message(first)).toBe('The volunteer has no free place any more.');
    const answered = 'REQ-2,tok-2,2026-03-05 10:00,North,trauma,2026-03-30 10:00,matched';
    await call('imports.load', {
      file: fileOf('peer_requests', [answered]),
      kind: 'peer_requests',
      mapping: null,
    });
    expect(await message(second)).toBe('The request is not open any more.');
    expect((await call('peers.decisions', {})).decisions).toEqual([]);
    await engine.close();
  });

  it('writes the decision into the audit log without its reason, and nobody’s reference', async () => {
    const session = await ownVault();
    const decision = decisionOn(session, 'REQ-2', 'declined');
    expect((await session.refused('peers.decide', { ...decision, reason: ' ' })).code).toBe('BAD_INPUT');
    await session.call('peers.decide', decision);
    const entries = await auditOf(session);
    const text = JSON.stringify(entries);
    expect(text).toContain('match decision 1');
    expect(text).toContain('vettingYears');
    expect(text).not.toContain('they have met at work');
    expect(text).not.toContain('REQ-2');
    expect(text).not.toContain(decision.volunteer);
    await session.engine.close();
  });

  it('is the coordinator’s alone', async () => {
    expect(contract['peers.decide'].roles).toEqual(['analyst']);
    const { refused, engine } = await unlocked(copyVault(vault, join(folder, 'as-eva')), 'eva');
    expect((await refused('peers.propose', { spec })).code).toBe('FORBIDDEN');
    expect((await refused('peers.decisions', {})).code).toBe('FORBIDDEN');
    await engine.close();
  });
});
