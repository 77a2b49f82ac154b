import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSealed } from '#main/crypto/seal.ts';
import type { AuditEvent } from '#main/store/audit-log.ts';
import type { Connection } from '#main/store/connection.ts';
import { sealedColumns } from '#main/store/sealed-columns.ts';
import type { CaseView, Worklist } from '#shared/contract/cases.ts';
import { contract, type OperationName, operationNames } from '#shared/contract/index.ts';
import { evidence } from '../security/evidence.ts';
import { readPdf } from '../unit/report/read-pdf.ts';
import {
  csvFile,
  dataKeyOf,
  keysOf,
  newSession,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  user,
  withStore,
  writeText,
} from './test-vault.ts';

const folder = temporaryFolder('cases');
const vault = join(folder, 'vault');
const hourMs = 3_600_000;
let nowMs = Date.UTC(2026, 5, 20, 9);
let session: Session;
let dataKey: Buffer;
let people: Map<string, string>;
let made = 0;

const as = async (name: string): Promise<Session> => {
  const opened = newSession(() => nowMs);
  await opened.call('vault.unlock', { folder: vault, user: name, passphrase });
  return opened;
};
const load = (kind: string, header: string, lines: readonly string[]) => {
  made += 1;
  return session.call('imports.load', { file: csvFile(folder, `f${made}.csv`, header, lines), kind, mapping: null });
};
const items = Array.from({ length: 9 }, (_, at) => `item_${at + 1}`);
const phqHeader = `person_ref,instrument,taken_on,${items.join(',')}`;
const phq = (ref: string, day: string, nine: number | string, others = 1): string =>
  [ref, 'PHQ-9', day, ...Array.from({ length: 8 }, () => others), nine].join(',');
const events = (): AuditEvent[] =>
  withStore(vault, dataKey, (connection) =>
    connection.prepare<[], string>('SELECT event FROM audit ORDER BY sequence').pluck().all(),
  ).map((event) => JSON.parse(event) as AuditEvent);
const list = (): Promise<Worklist> => session.call('cases.worklist', {});
const view = (id: number): Promise<CaseView> => session.call('cases.view', { case: id });

beforeAll(async () => {
  const first = await newVault(vault, ['analyst', 'clinician']);
  dataKey = await dataKeyOf(vault);
  for (const [name, roles] of [
    ['ann', ['analyst']],
    ['eve', ['evaluator']],
    ['root', ['administrator']],
    ['dora', ['clinician']],
  ] as const)
    await first.call('users.add', { name, roles: [...roles], passphrase });
  await first.engine.close();
  session = await as(user);
  const refs = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6'];
  const peopleLines = refs.map((ref, at) => `${ref},Response,North,Zebediah Quorn${at},KOLLAR${at}`);
  await load('people', 'person_ref,role,unit,name,collar', peopleLines);
  const nine = Array.from({ length: 9 }, (_, at) => `P1,2026-0${1 + (at % 5)}-1${at}T10:00:00,RTC_FATAL,I${at}`);
  await load('exposures', 'person_ref,occurred_at,category,incident_ref', [
    ...nine,
    'P2,2026-05-20T10:00:00,POLICE_CONTACT_DEATH,J1',
    'P3,2026-05-25T10:00:00,RTC_FATAL,J2',
  ]);
  people = new Map();
  for (const ref of refs) {
    const { case: id } = await session.call('cases.open', { reference: ref, origin: 'clinician', reason: 'to begin' });
    people.set(ref, (await view(id)).person);
    const seen = (await view(id)).seen;
    await session.call('cases.decide', { case: id, seen, decision: 'close', reason: 'begun', overrides: false });
  }
});
afterAll(() => session.engine.close());

describe('whoever is no clinician', () => {
  it('is refused every call about cases, and each refusal is recorded', async () => {
    const calls = operationNames.filter((name) => name.startsWith('cases.'));
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.every((name) => contract[name].roles.toString() === 'clinician')).toBe(true);
    await session.engine.lock('asked');
    const key = [{ batch: 1, row: 1, part: 0 }];
    const inputs: Partial<Record<OperationName, unknown>> = {
      'cases.acknowledge': { keys: key },
      'cases.setDeputy': { hours: 3 },
      'cases.open': { reference: 'P1', origin: 'self' },
      'cases.view': { case: 1 },
      'cases.decide': { case: 1, seen: 1, decision: 'close', reason: 'none', overrides: false },
      'cases.reopen': { case: 1, reason: 'none' },
      'cases.askReview': { case: 1, reason: 'none' },
      'cases.review': { case: 1, decision: 'close', reason: 'none' },
      'cases.reveal': { case: 1, reason: 'curiosity' },
      'cases.export': { case: 1, file: join(folder, 'stolen.pdf'), identity: false },
    };
    for (const name of ['ann', 'eve', 'root']) {
      const other = await as(name);
      const before = events().length;
      for (const call of calls) expect((await other.refused(call, inputs[call] ?? {})).code, call).toBe('FORBIDDEN');
      expect(
        events()
          .slice(before)
          .map(({ action, outcome, reason, user: who }) => [action, outcome, reason, who]),
      ).toEqual(calls.map((call) => [call, 'refused', 'role', name]));
      await other.engine.close();
    }
    session = await as(user);
  });
});

describe('safety answers', () => {
  it('are on the list whatever became of their row: kept, rejected, held back or undone', async () => {
    await load('screenings', phqHeader, [
      phq('P1', '2026-06-10', 2), // kept
      phq('P2', '2026-06-10', 0), // said no: not on the list
      phq('P3', 'soon', 1), // rejected
      phq('P4', '2026-06-10', ''), // the item left blank
    ]);
    await load('screenings', 'person_ref,instrument,taken_on,score', ['P5,PHQ-9,2026-06-12,3']);
    const undone = await load('screenings', phqHeader, [phq('P6', '2026-06-11', 3)]);
    await session.call('imports.undo', { batch: undone.batch! });
    const arrivals = join(folder, 'arrivals');
    mkdirSync(arrivals);
    csvFile(arrivals, 'screenings.csv', phqHeader, [phq('P5', '2026-06-14', 1), phq('P5', 'never', 0)]);
    await session.call('watch.once', { folder: arrivals, settleSeconds: 0.1 });
    const { safety } = await list();
    expect(safety.open.map(({ row, person, days, overdue }) => [row, person, days, overdue]).sort()).toEqual(
      [
        ['kept', people.get('P1'), 10, false],
        ['rejected', null, null, false],
        ['undone', null, 9, false],
        ['held', null, 6, false],
      ].sort(),
    );
    // Not seen stands apart, and is never “no risk”; whose it is is known of totals too.
    expect(safety.notSeen.map(({ answer, person }) => [answer, person]).sort()).toEqual(
      [
        ['not seen', people.get('P4')],
        ['not seen', people.get('P5')],
      ].sort(),
    );
    expect([safety.notSeenTotal, safety.unreadable, safety.acknowledged.length]).toEqual([2, 0, 0]);
    expect(await session.call('cases.waiting', {})).toMatchObject({ safety: 4, safetyOverdue: 0 });
  });

  it('find whose they are when a file that was held is loaded, and are then one answer', async () => {
    await session.call('watch.once', { folder: join(folder, 'arrivals'), settleSeconds: 0.1, allowRejects: 0.6 });
    const { safety } = await list();
    expect(safety.open).toHaveLength(4);
    expect(safety.open.find(({ givenOn }) => givenOn === '2026-06-14')).toMatchObject({
      row: 'kept',
      person: people.get('P5'),
    });
  });

  it('are a deputy’s after a day, or the hours that were set, until they are acknowledged', async () => {
    nowMs += 25 * hourMs;
    let { safety, deputyAfterHours } = await list();
    expect([deputyAfterHours, safety.open.every(({ overdue }) => overdue)]).toEqual([24, true]);
    await session.call('cases.setDeputy', { hours: 48 });
    ({ safety, deputyAfterHours } = await list());
    expect([deputyAfterHours, safety.open.some(({ overdue }) => overdue)]).toEqual([48, false]);
    const [first] = safety.open;
    await session.call('cases.acknowledge', { keys: first!.keys, note: 'telephoned; canary-acknowledged-note' });
    ({ safety } = await list());
    expect(safety.open).toHaveLength(3);
    expect(safety.acknowledged).toMatchObject([
      { keys: first!.keys, acknowledgedBy: user, note: 'telephoned; canary-acknowledged-note', overdue: false },
    ]);
    const unknown = [{ batch: 77, row: 1, part: 0 }];
    expect((await session.refused('cases.acknowledge', { keys: unknown })).code).toBe('NOT_FOUND');
  });

  it('that are acknowledged leave no trace of which they were in clear', () => {
    withStore(vault, dataKey, (connection) => {
      const rows = connection.prepare('SELECT * FROM safety_acknowledgement').all() as Record<string, unknown>[];
      expect(rows.map((row) => Object.keys(row).sort())).toEqual([['at', 'box', 'id', 'user']]);
    });
    expect(JSON.stringify(events().filter(({ action }) => action === 'case.acknowledge')[0])).not.toMatch(/row|batch/);
  });

  it('become a case of whoever gave them, found by the sealed reference where the row is gone', async () => {
    const { safety } = await list();
    const undone = safety.open.find(({ row }) => row === 'undone')!;
    const opened = await session.call('cases.open', { safety: undone.keys[0]!, origin: 'safety' });
    const shown = await view(opened.case);
    expect(shown).toMatchObject({ person: people.get('P6'), origin: 'safety' });
    expect(shown.safety).toMatchObject([{ row: 'undone', person: people.get('P6'), case: opened.case }]);
    // Where a case came from is sealed: beside a pseudonym it would tell what was answered.
    withStore(vault, dataKey, (connection) => {
      const text = JSON.stringify(
        connection.prepare('SELECT id, case_id, at, user, kind, decision FROM case_event').all(),
      );
      expect(text).not.toContain('safety');
    });
    const revealed = await session.call('cases.reveal', { safety: undone.keys[0]!, reason: 'to telephone today' });
    expect(revealed.fields).toEqual([
      { name: 'reference', value: 'P6' },
      { name: 'name', value: 'Zebediah Quorn5' },
      { name: 'collar', value: 'KOLLAR5' },
    ]);
  });
});

describe('signals', () => {
  it('are raised with the rule in words, and not twice while the rule cools down', async () => {
    const signals = (await list()).items.filter(({ kind }) => kind === 'signal');
    expect(signals.map(({ person }) => person).sort()).toEqual([people.get('P1'), people.get('P2')].sort());
    const reasons = signals.flatMap((item) => item.reasons).join('\n');
    expect(reasons).toMatch(/8 or more exposures in 180 days: 9 recorded; a reason to offer support\./);
    expect(reasons).toMatch(/Death .* on 20 May 2026: .*; a reason to offer support\./i);
    const again = await list();
    expect([again.raised, again.items.length]).toEqual([0, signals.length + 7]);
  });

  it('join an open case as new since the last decision', async () => {
    const { case: id, already } = await session.call('cases.open', { person: people.get('P1')!, origin: 'signal' });
    expect(already).toBe(false);
    let shown = await view(id);
    expect(shown.signals.map(({ isNew }) => isNew)).toEqual([true]);
    await session.call('cases.decide', {
      case: id,
      seen: shown.seen,
      decision: 'monitor',
      reason: 'spoke with them; canary-reason-of-decision',
      overrides: true,
      overrideReason: 'has support already; canary-override',
      due: '2026-07-01',
    });
    shown = await view(id);
    expect(shown).toMatchObject({ decision: 'monitor', due: '2026-07-01', suggestsOffer: false, overdue: false });
    // 28 days of data later the rule over a window still holds; a second single event comes.
    await load('exposures', 'person_ref,occurred_at,category,incident_ref', [
      'P1,2026-06-22T10:00:00,RTC_FATAL,K1',
      'P2,2026-06-22T10:00:00,POLICE_CONTACT_DEATH,K2',
    ]);
    nowMs = Date.UTC(2026, 6, 2, 9);
    const { items, raised } = await list();
    expect(raised).toBe(2);
    const first = items[0]!;
    expect(first).toMatchObject({ kind: 'case', case: id, overdue: true, newSignals: 1 });
    expect(items.find(({ person, kind }) => kind === 'signal' && person === people.get('P2'))).toMatchObject({
      newSignals: 2,
    });
    expect((await view(id)).signals.map(({ isNew }) => isNew)).toEqual([false, true]);
  });
});

describe('a case', () => {
  const openOf = async (ref: string): Promise<number> =>
    (await session.call('cases.open', { person: people.get(ref)!, origin: 'self', reason: 'asked for help' })).case;

  it('shows scores with reliable change, absence, contacts and decisions, and never a bare score', async () => {
    await load('screenings', phqHeader, [phq('P2', '2026-01-10', 0, 2), phq('P2', '2026-05-10', 0, 0)]);
    await load('absences', 'person_ref,start,end,reason_code', ['P2,2026-03-01,2026-03-10,1108']);
    await load('support', 'person_ref,service,step,at,episode_ref', [
      'P2,Counselling,referred,2026-05-01T10:00:00,E1',
      'P2,Counselling,contacted,2026-05-08T10:00:00,E1',
      'P3,Counselling,referred,2026-06-25T10:00:00,E2',
    ]);
    const id = await openOf('P2');
    const shown = await view(id);
    expect(shown.scores[0]).toMatchObject({ day: '2026-06-10', sinceFirst: expect.stringMatching(/^Recovered/) });
    expect(shown.scores.at(-1)).toMatchObject({
      score: '16 on 0 to 27, where higher is worse',
      band: 'moderately severe',
      caseness: 'Meets the cut-off for caseness (at least 10)',
    });
    expect(shown.absences).toMatchObject([{ from: '2026-03-01', to: '2026-03-10', reason: '1108' }]);
    expect(shown.absenceWords).toMatch(/^1 spell and 10 calendar days/);
    expect(shown.contacts.map(({ step }) => step)).toEqual(['contacted', 'referred']);
    expect(shown.timeline!.events).toHaveLength(2);
    expect(shown.events).toMatchObject([{ kind: 'opened', origin: 'self', reason: 'asked for help' }]);
    expect(shown.otherCases).toHaveLength(1);
  });

  it('is offered for a referral of an extract that nobody has answered', async () => {
    const referral = (await list()).items.find(({ kind }) => kind === 'referral');
    expect(referral).toMatchObject({ person: people.get('P3'), since: '2026-06-25', case: null });
    expect(referral!.reasons).toEqual(['Referred to Counselling on 25 Jun 2026; no contact is recorded.']);
    await session.call('cases.open', { person: people.get('P3')!, origin: 'extract' });
    expect((await list()).items.some(({ kind }) => kind === 'referral')).toBe(false);
  });

  it('takes a referral that comes while it is open, and opens no second one', async () => {
    const again = await session.call('cases.open', {
      reference: ' p3 ',
      origin: 'manager',
      receivedOn: '2026-07-01',
      reason: 'canary-manager-note',
    });
    expect(again.already).toBe(true);
    const { items } = await list();
    expect(items.find((item) => item.case === again.case)!.reasons).toContain('New: manager referral');
    for (const wrong of [
      { origin: 'self' },
      { person: 'X', reference: 'Y', origin: 'self' },
      { person: people.get('P3'), origin: 'self', receivedOn: '2027-01-01' },
    ])
      expect((await session.refused('cases.open', wrong)).code).toBe('BAD_INPUT');
    expect((await session.refused('cases.open', { reference: 'P99', origin: 'self' })).code).toBe('NOT_FOUND');
  });

  it('is decided on by whoever has seen all of it, with a day, and against a signal only with why', async () => {
    const id = await openOf('P2');
    const { seen } = await view(id);
    const asked = { case: id, seen, reason: 'looked at everything', overrides: false };
    expect((await session.refused('cases.decide', { ...asked, decision: 'contact' })).message).toMatch(/needs a day/);
    expect((await session.refused('cases.decide', { ...asked, decision: 'close' })).message).toMatch(
      /otherwise, and why/,
    );
    const stale = { ...asked, seen: seen - 1, decision: 'contact', due: '2026-07-09' };
    expect((await session.refused('cases.decide', stale)).message).toMatch(/since you opened it/);
    await session.call('cases.decide', { ...asked, decision: 'contact', due: '2026-07-09' });
    const closing = { ...asked, seen: (await view(id)).seen, decision: 'close' as const };
    await session.call('cases.decide', closing);
    expect((await session.refused('cases.decide', { ...closing, seen: (await view(id)).seen })).message).toMatch(
      /closed/,
    );
    await session.call('cases.reopen', { case: id, reason: 'they came back', due: '2026-08-01' });
    expect(await view(id)).toMatchObject({ state: 'open', decision: null, due: '2026-08-01' });
    withStore(vault, dataKey, (connection) => {
      for (const sql of ['UPDATE case_event SET decision = NULL', 'DELETE FROM case_event', 'DELETE FROM signal'])
        expect(() => connection.exec(sql), sql).toThrow(/append-only|never discarded/);
    });
  });

  it('is reviewed by two who do not see each other’s review until both are in', async () => {
    const id = await openOf('P4');
    expect((await session.refused('cases.review', { case: id, decision: 'monitor', reason: 'none' })).code).toBe(
      'BAD_INPUT',
    );
    await session.call('cases.askReview', { case: id, reason: 'not sure' });
    await session.call('cases.review', { case: id, decision: 'escalate', reason: 'canary-first-review' });
    expect((await session.refused('cases.review', { case: id, decision: 'close', reason: 'twice' })).code).toBe(
      'BAD_INPUT',
    );
    await session.engine.lock('asked');
    const dora = await as('dora');
    const blind = await dora.call('cases.view', { case: id });
    expect(blind.events.at(-1)).toMatchObject({ kind: 'review', hidden: true, decision: null, reason: null });
    expect(JSON.stringify(blind)).not.toContain('canary-first-review');
    await dora.call('cases.review', { case: id, decision: 'monitor', reason: 'second' });
    expect((await dora.call('cases.view', { case: id })).events.at(-2)).toMatchObject({
      hidden: false,
      decision: 'escalate',
      reason: 'canary-first-review',
    });
    await dora.engine.close();
    session = await as(user);
  });

  it('is exported as a marked PDF by pseudonym, and with the identity only after it was revealed', async () => {
    const id = await openOf('P2');
    const file = join(folder, 'case.pdf');
    expect((await session.refused('cases.export', { case: id, file, identity: true })).message).toMatch(/revealed/);
    await session.call('cases.export', { case: id, file, identity: false });
    // All words shown, without the spaces between them.
    const text = (): string => readPdf(readFileSync(file)).text;
    const plain = text();
    expect(plain).toContain('OFFICIAL-SENSITIVE');
    expect(plain).toContain(people.get('P2'));
    expect(plain).toContain(`By${user}`);
    expect(plain).not.toMatch(/Quorn|KOLLAR/);
    await session.call('cases.reveal', { case: id, reason: 'for the specialist; canary-reveal-reason' });
    const written = await session.call('cases.export', { case: id, file, identity: true });
    expect(text()).toContain('ZebediahQuorn1');
    expect(statSync(file).size).toBe(written.bytes);
    nowMs += 2 * hourMs;
    expect((await session.refused('cases.export', { case: id, file, identity: true })).message).toMatch(/hour/);
    expect(
      (await session.refused('cases.export', { case: id, file: join(folder, 'case.txt'), identity: false })).code,
    ).toBe('BAD_INPUT');
    const exported = events().filter(({ action, outcome }) => action === 'case.export' && outcome === 'done');
    expect(exported.map(({ object, details }) => [object, details!['identity']])).toEqual([
      [`case ${id}`, false],
      [`case ${id}`, true],
    ]);
  });
});

describe('the summary of a case', () => {
  const built = join(folder, 'summary');
  const names = [
    'case-summary.pdf',
    'case-summary.docx',
    'case-summary.html',
    'facts.json',
    'signature.json',
    'manifest.json',
  ];
  const textOf = (at: string): string =>
    names
      .slice(2)
      .map((name) => readFileSync(join(at, name), 'utf8'))
      .join('\n');
  const specOf = (id: number, more: object = {}) =>
    ({
      template: 'case-summary',
      case: id,
      reason: 'asked for by the psychologist; canary-summary-reason',
      ...more,
    }) as const;
  let id: number;

  it('is written for a reason, marked and by pseudonym, into the custody of the case and no log of releases', async () => {
    ({ case: id } = await session.call('cases.open', { person: people.get('P2')!, origin: 'self' }));
    const noReason = { template: 'case-summary', case: id };
    expect((await session.refused('reports.build', { spec: noReason, folder: built })).code).toBe('BAD_INPUT');
    const spec = specOf(id);
    const purpose = 'to tell the board';
    expect((await session.refused('reports.build', { spec, folder: built, purpose })).message).toContain('no purpose');
    const { files, title } = await session.call('reports.build', { spec, folder: built });
    expect(files.map(({ name }) => name)).toEqual(names);
    expect(title).toBe(`Case ${id}: summary`);
    const all = textOf(built);
    for (const words of [
      'OFFICIAL-SENSITIVE PERSONAL',
      people.get('P2')!,
      'canary-summary-reason',
      'An offer of support, not a verdict',
      'not for discipline, promotion, vetting or posting',
      'They agree that it goes to those named',
      'Recovered: reliably better',
      'Counselling',
    ]) {
      expect([words, all.includes(words)]).toEqual([words, true]);
    }
    // Nor who it is, nor what was written in another case.
    expect(all.match(/Quorn|KOLLAR|canary-override/g)).toBeNull();
    expect(readPdf(readFileSync(join(built, 'case-summary.pdf'))).text).toContain('OFFICIAL-SENSITIVEPERSONAL');
    const last = events().slice(-2);
    expect(last.map(({ action, object }) => [action, object])).toEqual([
      ['case.export', `case ${id}`],
      ['report.build', expect.stringMatching(/^[0-9a-f]{32}$/)],
    ]);
    expect(last[0]?.details).toEqual({ identity: false, manifest: files.at(-1)?.sha256 });
    expect((await view(id)).summaries).toMatchObject([{ user, reason: spec.reason, identity: false }]);
    // Whoever lists reports and releases sees nothing of a case.
    expect((await session.call('reports.list', {})).reports).toEqual([]);
    expect((await session.call('releases.list', {})).releases).toEqual([]);
  });

  it('holds what was chosen and no more, and a preview of it is a reading of the case', async () => {
    const before = events().length;
    const asked = { spec: specOf(id, { include: ['absence', 'safety'] }) };
    const { document, leaving } = await session.call('reports.preview', asked);
    const headings = (document['sections'] as { heading: string }[]).map(({ heading }) => heading);
    expect(headings.slice(0, 4)).toEqual([
      'Person and case',
      'Safety answers',
      'Absence',
      'Sight and consent, before it is handed to anybody',
    ]);
    expect(leaving).toMatchObject({ twoPeople: false, counts: 0, judgedWith: [] });
    expect(events().slice(before)).toMatchObject([{ action: 'case.read', object: `case ${id}`, outcome: 'done' }]);
    const twice = { spec: specOf(id, { include: ['absence', 'absence'] }) };
    expect((await session.refused('reports.preview', twice)).message).toContain('twice');
  });

  it('is checked by any clinician, who is told what has come since, and by nobody else', async () => {
    await session.engine.lock('asked');
    const dora = await as('dora');
    expect(await dora.call('reports.verify', { folder: built })).toMatchObject({ equal: true, notRerun: [] });
    for (const name of ['reports.preview', 'reports.build'] as const) {
      const input = { spec: { template: 'family-summary' }, ...(name === 'reports.build' ? { folder: built } : {}) };
      expect((await dora.refused(name, input)).code).toBe('FORBIDDEN');
    }
    const { seen } = await dora.call('cases.view', { case: id });
    const decision = {
      case: id,
      seen,
      decision: 'monitor',
      reason: 'wait',
      overrides: false,
      due: '2026-09-01',
    } as const;
    await dora.call('cases.decide', decision);
    const { equal, differences } = await dora.call('reports.verify', { folder: built });
    expect(equal).toBe(false);
    expect(differences.map(({ where }) => where)).toEqual(expect.arrayContaining(['snapshot', 'document']));
    await dora.engine.close();
    for (const name of ['ann', 'eve', 'root']) {
      const other = await as(name);
      const asked = { spec: specOf(id), folder: join(folder, 'stolen') };
      expect((await other.refused('reports.build', asked)).code, name).toBe('FORBIDDEN');
      expect((await other.refused('reports.preview', { spec: specOf(id) })).code, name).toBe('FORBIDDEN');
      expect((await other.refused('reports.verify', { folder: built })).code, name).toBe('FORBIDDEN');
      await other.engine.close();
    }
    session = await as(user);
  });

  it('names the person only where the same clinician revealed who it is within the hour', async () => {
    nowMs += 2 * hourMs;
    const named = { spec: specOf(id, { identity: true, include: ['contacts'] }), folder: join(folder, 'named') };
    expect((await session.refused('reports.build', named)).message).toContain('within the last hour');
    await session.call('cases.reveal', { case: id, reason: 'for the specialist' });
    await session.call('reports.build', named);
    expect(textOf(named.folder)).toContain('Zebediah Quorn1');
    expect(await session.call('reports.verify', { folder: named.folder })).toMatchObject({ equal: true });
    nowMs += 2 * hourMs;
    const { equal, notRerun } = await session.call('reports.verify', { folder: named.folder });
    expect([equal, notRerun[0]?.what]).toEqual([false, expect.stringContaining('Reveal it with a reason')]);
    expect((await view(id)).summaries.map(({ identity }) => identity)).toEqual([false, true]);
  });
});

describe('what is recorded and kept', () => {
  it('names cases by their number, never a pseudonym, a person or a word that was written', () => {
    const log = JSON.stringify(events());
    for (const pseudonym of people.values()) expect(log).not.toContain(pseudonym);
    expect(log).not.toMatch(/canary|Quorn|KOLLAR/);
    const reads = events().filter(({ action }) => action === 'case.read');
    expect(reads.every(({ object }) => /^case \d+$/.test(object ?? ''))).toBe(true);
    expect(
      events()
        .filter(({ action }) => action === 'case.reveal')
        .map(({ object }) => object),
    ).toEqual(expect.arrayContaining(['safety answer', expect.stringMatching(/^case /)]));
  });

  it('opens to a clinician’s key and to no analyst’s, box by box', async () => {
    const clinic = (await keysOf(vault)).clinicPair!;
    const ann = await keysOf(vault, 'ann');
    expect(ann.clinicPair).toBeNull();
    const theirs = { publicKey: ann.clinicPublicKey, privateKey: ann.userPrivateKey };
    const opened = new Map<string, string>();
    withStore(vault, ann.dataKey, (connection) => {
      for (const { table, column, context } of sealedColumns.slice(4)) {
        const boxes = connection.prepare<[], Buffer>(`SELECT ${column} FROM ${table}`).pluck().all();
        expect(boxes.length, table).toBeGreaterThan(0);
        for (const box of boxes) {
          expect(openSealed(theirs, box, context)).toBeNull();
          expect(openSealed({ ...theirs, privateKey: ann.dataKey }, box, context)).toBeNull();
          opened.set(table, `${opened.get(table) ?? ''}${openSealed(clinic, box, context)!.toString('utf8')}`);
          expect(box.length % 512, 'padded').toBe(32 + 12 + 16);
        }
      }
    });
    expect(opened.get('case_event')).toContain('canary-override');
    evidence(
      10,
      'notes, acknowledgements and reveals of cases',
      'none opens with any key of the analyst, all with the clinic key',
    );
    expect(opened.get('safety_acknowledgement')).toContain('canary-acknowledged-note');
    expect(opened.get('identity_reveal')).toContain('canary-reveal-reason');
    expect(opened.get('case_summary')).toContain('canary-summary-reason');
  });

  it('has no written word and no revealed name in any byte of the vault, before and after it is closed', async () => {
    const hits = (): string[] =>
      readdirSync(vault, { recursive: true, encoding: 'utf8' })
        .map((name) => join(vault, name))
        .filter((file) => statSync(file).isFile())
        .filter((file) => /canary|quorn|kollar/i.test(readFileSync(file).toString('latin1')));
    expect(hits()).toEqual([]);
    await session.call('vault.check', { head: null });
    await session.engine.close();
    expect(hits()).toEqual([]);
    evidence(1, 'notes of cases and revealed names', '0 found in any byte of the vault, open or closed');
    session = await as(user);
    // Nor does what stands in clear inside the store hold one.
    withStore(vault, dataKey, (connection) => {
      for (const table of [
        'case_record',
        'case_event',
        'signal',
        'safety_acknowledgement',
        'identity_reveal',
        'case_summary',
      ])
        expect(JSON.stringify(connection.prepare(`SELECT * FROM ${table}`).all()), table).not.toMatch(/canary|Quorn/);
    });
  });
});

describe('the command line', () => {
  it('lists what waits for a clinician, and refuses an analyst with exit code 4', async () => {
    await session.engine.lock('asked');
    const secret = writeText(join(folder, 'passphrase.txt'), `${passphrase}\n`);
    const line = (name: string) => [
      resolve('bin/tidemark.mjs'),
      ...['cases', vault, 'list', '--json', '--user', name, '--passphrase-file', secret],
    ];
    const node = resolve('node_modules/.bin/node');
    const listed = JSON.parse(execFileSync(node, line(user), { encoding: 'utf8' })) as Worklist;
    expect(listed.safety.open).toHaveLength(3);
    expect(listed.items.length).toBeGreaterThan(5);
    expect(spawnSync(node, line('ann'), { encoding: 'utf8' })).toMatchObject({
      status: 4,
      stdout: expect.stringContaining('FORBIDDEN'),
    });
    session = await as(user);
  });
});

describe('a change of keys', () => {
  it('seals every box of a case anew, and each case reads as before', async () => {
    const old = (await keysOf(vault)).clinicPair!;
    const before = (await list()).items.map((item) => JSON.stringify(item));
    const ids = (connection: Connection): number[] =>
      connection.prepare<[], number>('SELECT id FROM case_record ORDER BY id').pluck().all();
    const cases = withStore(vault, dataKey, ids);
    const views = await Promise.all(cases.map(view));
    await session.call('vault.rekey', {});
    const now = await keysOf(vault);
    expect(now.dataKey).not.toEqual(dataKey);
    dataKey = now.dataKey;
    for (const { table, column, context } of sealedColumns) {
      const boxes = withStore(vault, dataKey, (connection) =>
        connection.prepare<[], Buffer>(`SELECT ${column} FROM ${table}`).pluck().all(),
      );
      for (const box of boxes) {
        expect(openSealed(now.clinicPair!, box, context), table).not.toBeNull();
        expect(openSealed(old, box, context), table).toBeNull();
      }
    }
    expect((await list()).items.map((item) => JSON.stringify(item))).toEqual(before);
    expect(await Promise.all(cases.map(view))).toEqual(views);
    await session.call('vault.check', { head: null });
  });
});
