import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '#shared/contract/index.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import {
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

const folder = temporaryFolder('plan');
const vault = join(folder, 'vault');
const guidance = { review: 'Brief mindfulness', guidance: 'G1' };

type Action = InputOf<'plan.saveAction'>['action'];
const complete = (action: string, more: Partial<Action> = {}): Action => ({
  ...{ action, title: `Action ${action}`, owner: 'Head of Wellbeing', start: '2026-01-01', due: '2026-03-31' },
  ...{ guidance, indicator: { indicator: 'absence-rate' } },
  ...more,
});

/** Something done by somebody else, who has the vault to themselves meanwhile. */
let session: Session;
async function as<T>(name: string, work: (session: Session) => Promise<T>): Promise<T> {
  await session.engine.close();
  const other = await unlocked(vault, name);
  try {
    return await work(other);
  } finally {
    await other.engine.close();
    session = await unlocked(vault);
  }
}

beforeAll(async () => {
  session = await newVault(vault);
  await session.call('users.add', { name: 'bea', roles: ['analyst'], passphrase });
  await session.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
});

describe('the audit of resources', () => {
  it('keeps every rating, and shows the widest gap first', async () => {
    const rate = (resource: string, maturity: number) =>
      session.call('plan.saveResource', {
        resource: {
          ...{ resource, theme: 'Screening', title: `Resource ${resource}`, maturity, target: 4 },
          ...{ evidence: 'Invitations of last year.', assessedOn: '2026-06-30', assessedBy: 'Head of Wellbeing' },
        },
      });
    await rate('R1', 3);
    await rate('R2', 0);
    const { ratings } = await rate('R2', 2);
    expect(ratings.map(({ maturity }) => maturity)).toEqual([0, 2]);
    const { resources } = await session.call('plan.resources', {});
    expect(resources.map(({ resource, gap }) => [resource, gap])).toEqual([
      ['R2', 2],
      ['R1', 1],
    ]);
    expect(await session.refused('plan.saveResource', { resource: { resource: 'R3', theme: 'Data' } })).toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});

describe('an action', () => {
  it('starts from a statement of guidance under the next free code, and says what it lacks', async () => {
    const view = await session.call('plan.startAction', { guidance });
    expect(view).toMatchObject({ action: 'A1', status: 'proposed', guidance, isSigned: false, maySign: false });
    expect(view.gaps).toContain('an owner');
    expect(await session.call('plan.startAction', { resource: 'R2' })).toMatchObject({
      action: 'A2',
      title: 'Close the gap in: Resource R2',
    });
    expect(await session.refused('plan.startAction', { resource: 'R9' })).toMatchObject({ code: 'BAD_INPUT' });
  });

  it('is signed off by somebody who saved none of its versions, and only as it was read', async () => {
    await session.call('plan.saveAction', { action: complete('A1') });
    const sign = { action: 'A1', version: 2, post: 'Assistant Chief Constable' };
    expect(await session.refused('plan.signOff', sign)).toMatchObject({ code: 'FORBIDDEN' });
    await as('bea', async ({ call, refused }) => {
      expect((await call('work.tasks', {})).tasks).toContainEqual(
        expect.objectContaining({ task: 'sign-offs', names: ['Action A1'] }),
      );
      expect(await refused('plan.signOff', { ...sign, version: 1 })).toMatchObject({ code: 'BAD_INPUT' });
      expect(await call('plan.signOff', sign)).toMatchObject({ status: 'agreed', isSigned: true });
    });
  });

  it('is not signed off around the engine by whoever had a hand in it', async () => {
    await session.engine.close();
    const key = await dataKeyOf(vault);
    withStore(vault, key, (connection) => {
      const insert = `INSERT INTO action_event (action, kind, version, value, words, at, user)
        VALUES ('A1', 'sign-off', 2, 'Chief', '', '2026-06-30T12:00:00Z', '${user}')`;
      expect(() => connection.exec(insert)).toThrow('nobody signs off what they had a hand in');
      expect(() => connection.exec("UPDATE plan_version SET body = '{}'")).toThrow('never changed');
      expect(() => connection.exec('DELETE FROM action_event')).toThrow('never changed');
    });
    session = await unlocked(vault);
  });

  it('moves on only as far as its sign-off and what it waits for allow, and tells who waits', async () => {
    const { call, refused } = session;
    await call('plan.saveAction', { action: complete('A3', { dependsOn: ['A1'] }) });
    const circle = { action: complete('A1', { dependsOn: ['A3'] }) };
    expect((await refused('plan.saveAction', circle)).message).toContain('A3 → A1 → A3');
    expect(await refused('plan.saveAction', { action: complete('A4', { dependsOn: ['A9'] }) })).toMatchObject({
      code: 'BAD_INPUT',
    });
    await as('bea', (other) => other.call('plan.signOff', { action: 'A3', version: 1, post: 'Head of People' }));
    const move = (action: string, to: string) => ({ action, to, reason: 'as was agreed' });
    expect((await session.refused('plan.moveAction', move('A3', 'under way'))).message).toBe('A3 waits for A1.');
    expect(await session.refused('plan.moveAction', move('A1', 'done'))).toMatchObject({ code: 'BAD_INPUT' });
    await session.call('plan.moveAction', { action: 'A1', to: 'under way', reason: 'the room is booked' });
    await session.call('plan.saveAction', { action: complete('A1', { title: 'Changed since' }) });
    expect((await session.refused('plan.moveAction', move('A1', 'done'))).message).toContain('changed since');
    await as('bea', (other) => other.call('plan.signOff', { action: 'A1', version: 3, post: 'Head of People' }));
    await session.call('plan.moveAction', { action: 'A1', to: 'done', reason: 'every team was asked' });
    expect(await session.call('plan.action', { action: 'A3' })).toMatchObject({ blockedBy: [], isOverdue: true });
    expect((await session.call('work.tasks', {})).tasks).toContainEqual({
      ...{ task: 'actions', count: 1, names: ['Action A3'], since: '2026-03-31' },
    });
  });

  it('keeps its notes and owners out of the audit log', async () => {
    await session.call('plan.note', { action: 'A1', words: 'PC Harlow has booked the room.' });
    const view = await session.call('plan.action', { action: 'A1' });
    expect(view.warnings).toEqual([expect.stringContaining('PC Harlow')]);
    const log = JSON.stringify(await session.call('audit.list', { offset: 0, limit: 200 }));
    expect(log).toContain('plan.note');
    expect(log).not.toMatch(/Harlow|Head of Wellbeing|Assistant Chief/);
  });
});

describe('the loop', () => {
  it('is closed from guidance by an action to a pilot, and tells what is broken until it is', async () => {
    await as('eva', async ({ call, refused }) => {
      const pilot = 'Brief mindfulness';
      await call('plan.startPilot', { action: 'A1', pilot });
      expect(await refused('plan.startPilot', { action: 'A3', pilot })).toMatchObject({ code: 'BAD_INPUT' });
      expect(await call('pilots.show', { pilot })).toMatchObject({ status: 'idea', plan: { title: 'Changed since' } });
      await call('pilots.save', { plan: pilotPlan({ pilot }) });
      const { turns } = await call('plan.loop', {});
      expect(turns.find(({ action }) => action === 'A1')).toMatchObject({
        guidance,
        pilot: { pilot, status: 'planned' },
        breaks: ['no target'],
      });
      expect(turns.find(({ action }) => action === 'A2')?.breaks).toEqual(['no guidance', 'no indicator']);
    });
  });
});

describe('a review meeting', () => {
  const meeting = { meeting: 'M1', on: '2026-06-30', present: ['Head of Wellbeing'], nextOn: '2026-07-01' };

  it('keeps the indicators as the engine read them, once', async () => {
    const people = Array.from({ length: 30 }, (_, at) => `P${at},Response,North,2020-01-01`);
    const file = csvFile(folder, 'people.csv', 'person_ref,role,unit,service_start', people);
    await session.call('imports.load', { file, kind: 'people', mapping: null });
    const absences = Array.from({ length: 24 }, (_, at) => `P${at},2026-0${1 + (at % 6)}-02,2026-0${1 + (at % 6)}-20`);
    const absent = csvFile(folder, 'absences.csv', 'person_ref,start,end', absences);
    await session.call('imports.load', { file: absent, kind: 'absences', mapping: null });
    const decisions = [{ words: 'Go on with it.', action: 'A3' }];
    const kept = await session.call('plan.holdMeeting', { meeting: { ...meeting, decisions, changed: ['A3'] } });
    const { result } = await session.call('analyses.run', { method: 'indicators', spec: { asOf: meeting.on } });
    const found = (result['indicators'] as { id: string; chart: { points: { value: number | null }[] } }[]).find(
      ({ id }) => id === 'absence-rate',
    );
    const standing = kept.standings.find(({ indicator }) => indicator === 'absence-rate');
    expect(standing?.value ?? null).toBe(found?.chart.points.at(-1)?.value ?? null);
    expect(standing?.value ?? standing?.reason).toBeTruthy();
    expect(await session.refused('plan.holdMeeting', { meeting })).toMatchObject({ code: 'BAD_INPUT' });
    expect(
      await session.refused('plan.holdMeeting', { meeting: { ...meeting, meeting: 'M2', changed: ['A9'] } }),
    ).toMatchObject({ code: 'BAD_INPUT' });
    expect((await session.call('work.tasks', {})).tasks).toContainEqual(
      expect.objectContaining({ task: 'meetings', since: '2026-07-01' }),
    );
  });

  it('shows no standing of what an open pilot measures to an evaluator', async () => {
    await as('eva', async ({ call }) => {
      const { meetings } = await call('plan.meetings', {});
      const caseness = meetings[0]?.standings.filter(({ indicator }) => /caseness|screening/.test(indicator)) ?? [];
      expect(caseness.length).toBeGreaterThan(0);
      for (const { value, reason } of caseness) {
        expect(value).toBeNull();
        expect(reason).toContain('measures screenings');
      }
    });
  });
});
