import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AuditEvent } from '#main/store/audit-log.ts';
import type { Operation } from '#shared/contract/define.ts';
import { contract, operationNames } from '#shared/contract/index.ts';
import type { Result } from '#shared/domain/result.ts';
import { type Role, roles } from '#shared/domain/roles.ts';
import {
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
} from '../integration/test-vault.ts';
import { evidence } from '../security/evidence.ts';
import { inMonths, ofNothing, ofOnePerson, ofTheSession, soundInputs } from './sound-inputs.ts';

const folder = temporaryFolder('contract');
const vault = join(folder, 'vault');
let dataKey: Buffer;
let pseudonym: string;
let made = 0;
const { inputs, path, people } = soundInputs(folder, vault, () => pseudonym);

const walked = operationNames.filter((name) => !ofTheSession.has(name));
const sessions = new Map<Role, Session & { readonly folder: string }>();

/** Data keys of the vaults that have one of their own: by their folders. */
const ownKeys = new Map<string, Buffer>();

function events(of: string, from = 0): AuditEvent[] {
  return withStore(of, ownKeys.get(of) ?? dataKey, (connection) =>
    connection
      .prepare<[number], string>('SELECT event FROM audit WHERE sequence > ? ORDER BY sequence')
      .pluck()
      .all(from),
  ).map((event) => JSON.parse(event) as AuditEvent);
}

function lastSequence(of: string): number {
  return withStore(
    of,
    ownKeys.get(of) ?? dataKey,
    (connection) => connection.prepare<[], number>('SELECT max(sequence) FROM audit').pluck().get()!,
  );
}

function call(role: Role, operation: string, input: unknown): Promise<Result<unknown>> {
  made += 1;
  return sessions.get(role)!.engine.call({ operation, input, callId: `walk ${made}` });
}

beforeAll(async () => {
  const { call: first, engine } = await newVault(vault, ['analyst']);
  dataKey = await dataKeyOf(vault);
  await first('imports.load', { file: people, kind: 'people', mapping: null });
  await first('codes.save', {
    document: { rules: [{ code: 'SD*', category: 'DEATH_SUDDEN_NONSUS' }] },
    reason: 'to begin with',
  });
  const load = await first('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-06-30', rows: true } });
  pseudonym = (load.result['rows'] as { person: string }[])[0]!.person;
  for (const role of ['analyst', 'clinician', 'evaluator'] as const)
    await first('users.add', { name: role, roles: [role], passphrase });
  await first('exports.permit', { user: 'analyst', until: inMonths(1), reason: 'an audit of the extracts' });
  await engine.close();
  // A clinician of a vault without one stays pending; this one is made in a vault of their own.
  for (const role of roles) {
    const own = role === 'clinician' ? join(folder, 'clinic') : copyVault(vault, join(folder, `vault-${role}`));
    if (role === 'administrator') await onlyAdministrator(own);
    if (role === 'clinician') await clinicVault(own);
    const as = role === 'administrator' ? 'root' : role;
    sessions.set(role, { ...(await unlocked(own, as)), folder: own });
  }
});
afterAll(async () => {
  for (const { engine } of sessions.values()) await engine.close();
});

async function onlyAdministrator(own: string): Promise<void> {
  const { call: ask, engine } = await unlocked(own);
  await ask('users.add', { name: 'root', roles: ['administrator'], passphrase });
  await engine.close();
}

async function clinicVault(own: string): Promise<void> {
  const { call: ask, engine } = await newVault(own, ['clinician', 'analyst']);
  await ask('imports.load', { file: people, kind: 'people', mapping: null });
  await ask('codes.save', {
    document: { rules: [{ code: 'SD*', category: 'DEATH_SUDDEN_NONSUS' }] },
    reason: 'to begin with',
  });
  await ask('users.add', { name: 'clinician', roles: ['clinician'], passphrase });
  await ask('exports.permit', { user: 'clinician', until: inMonths(1), reason: 'an audit of the extracts' });
  await engine.close();
  ownKeys.set(own, await dataKeyOf(own));
}

/** The audit log of a role's own vault. */
function eventsOf(role: Role, from: number): AuditEvent[] {
  return events(sessions.get(role)!.folder, from);
}

function sequenceOf(role: Role): number {
  return lastSequence(sessions.get(role)!.folder);
}

describe('every call of every role', () => {
  it.each(roles.map((role) => [role] as const))('is answered or refused as the contract says: %s', async (role) => {
    for (const name of walked) {
      const declared: Operation = contract[name];
      const { audit } = declared;
      const input = inputs[name]();
      const allowed = declared.rolesFor?.(input) ?? declared.roles;
      const before = sequenceOf(role);
      const result = await call(role, name, input);
      const own = sessions.get(role)!.folder;
      if (name === 'vault.rekey') ownKeys.set(own, await dataKeyOf(own));
      const after = eventsOf(role, before);
      const may = allowed === 'anyone' || (allowed as readonly Role[]).includes(role);
      const code = result.ok ? null : result.error.code;
      expect(code === 'FORBIDDEN', `${name} as ${role}: ${code}`).toBe(!may);
      if (!may) {
        expect(after, name).toEqual([
          { at: after[0]!.at, user: after[0]!.user, action: name, outcome: 'refused', reason: 'role' },
        ]);
      } else if (name === 'host.refused') {
        expect(after).toMatchObject([{ action: 'host.call', outcome: 'refused', reason: 'rate' }]);
      } else if (audit === null) {
        expect(after, name).toEqual([]);
      } else {
        // One event under the declared name, whatever became of the call; a report is put into the log of releases first.
        const own = after.filter(({ action }) => name !== 'reports.build' || action !== 'release.record');
        expect(own, name).toHaveLength(1);
        expect(own[0], name).toMatchObject({ action: audit, outcome: result.ok ? 'done' : 'failed' });
        if (code !== null) expect(own[0]!.reason).toBe(code);
      }
      if (may && !ofNothing.has(name)) {
        // The only person of the clinician's own vault has another pseudonym.
        const expected = ofOnePerson.has(name) && role === 'clinician' ? 'NOT_FOUND' : null;
        expect(code, `${name} as ${role}`).toBe(expected);
      }
    }
    evidence(
      7,
      `every call as ${role}`,
      `${walked.length} calls answered, or refused and audited, as the contract says`,
    );
  });

  it('gives the summary of a case to clinicians alone, and them no other report', async () => {
    const summary = { template: 'case-summary', case: 999, reason: 'to be handed on' } as const;
    const others = [
      { template: 'exposure-and-wellbeing', from: '2026-01-01', to: '2026-06-30' },
      { template: 'family-impact' },
    ] as const;
    const asked = (role: Role, name: 'reports.preview' | 'reports.build', spec: object) =>
      call(role, name, { spec, ...(name === 'reports.build' ? { folder: join(folder, `summary-${role}`) } : {}) });
    for (const name of ['reports.preview', 'reports.build'] as const) {
      const declared: Operation = contract[name];
      for (const role of roles) {
        const before = sequenceOf(role);
        const result = await asked(role, name, summary);
        // Of a case that is not there, so that a clinician gets as far as that.
        const code = role === 'clinician' ? 'NOT_FOUND' : 'FORBIDDEN';
        expect(result, `${name} as ${role}`).toMatchObject({ ok: false, error: { code } });
        if (role !== 'clinician') {
          expect(eventsOf(role, before)).toMatchObject([{ action: name, outcome: 'refused', reason: 'role' }]);
        }
      }
      for (const spec of others) {
        expect(await asked('clinician', name, spec)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
        expect(declared.rolesFor?.({ spec })).toEqual(['analyst', 'evaluator']);
      }
    }
  });

  it('gives no rows of single people to who may only see totals', async () => {
    const asked = { method: 'exposure-load', spec: { asOf: '2026-06-30', rows: true } };
    expect(await call('evaluator', 'analyses.run', asked)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    expect((await call('analyst', 'analyses.run', asked)).ok).toBe(true);
  });
});

describe('calls that are not of their form', () => {
  const own = (): string => sessions.get('analyst')!.folder;

  it('with a key too many is refused and audited, for every operation', async () => {
    for (const name of operationNames) {
      const before = lastSequence(own());
      const result = await call('analyst', name, { ...inputs[name](), surplus: 1 });
      expect(result, name).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
      expect(events(own(), before), name).toMatchObject([{ action: name, outcome: 'refused', reason: 'malformed' }]);
    }
  });

  it('that are nothing, of another type or endless is refused and audited, for every operation', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const name of operationNames) {
      for (const input of [undefined, null, 7, 'text', [], [{}], circle, { folder: 1n }]) {
        const before = lastSequence(own());
        const result = await call('analyst', name, input);
        expect(result, name).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
        expect(events(own(), before), name).toMatchObject([{ action: name, outcome: 'refused', reason: 'malformed' }]);
      }
    }
  });

  it('that carry too much, or nothing known, are refused and audited', async () => {
    const before = lastSequence(own());
    const large = await call('analyst', 'analyses.run', {
      method: 'exposure-load',
      spec: { asOf: 'x'.repeat(6 * 1024 ** 2) },
    });
    expect(large).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
    for (const name of ['vault.destroy', '', 'toString', '__proto__', 'constructor', 'imports.LOAD']) {
      expect(await call('analyst', name, {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_CALL' } });
    }
    const after = events(own(), before);
    expect(after[0]).toMatchObject({ action: 'analyses.run', outcome: 'refused', reason: 'too large' });
    evidence(
      7,
      'unknown, malformed and oversized calls',
      `${operationNames.length} calls × 9 malformed inputs, 6 unknown names, 6 MiB: refused and audited`,
    );
    expect(after.slice(1).map(({ action, reason }) => `${action}: ${reason}`)).toEqual(
      Array.from({ length: 6 }, () => 'call.unknown: unknown call'),
    );
  });
});

describe('without a vault', () => {
  it('is LOCKED for every operation that needs one, and answers the others', async () => {
    const { engine } = newSession();
    for (const name of walked) {
      const result = await engine.call({ operation: name, input: inputs[name](), callId: name });
      const locked = !result.ok && result.error.code === 'LOCKED';
      expect(locked, name).toBe(contract[name].roles !== 'anyone');
    }
    expect(await engine.call({ operation: 'vault.lock', input: {}, callId: 'lock' })).toMatchObject({
      error: { code: 'LOCKED' },
    });
    await engine.close();
  });

  it('goes on with whatever else was asked where one question is cancelled', async () => {
    const session = await unlocked(copyVault(vault, join(folder, 'cancelled')));
    const ask = (callId: string): Promise<Result<unknown>> =>
      session.engine.call({
        operation: 'analyses.run',
        input: { method: 'exposure-load', spec: { asOf: '2026-06-30' } },
        callId,
      });
    const answers = ['first', 'second', 'third'].map(ask);
    await new Promise((done) => setTimeout(done, 20));
    session.engine.cancel('first');
    const [first, second, third] = await Promise.all(answers);
    expect(first).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect([second!.ok, third!.ok]).toEqual([true, true]);
    await session.engine.close();
  });

  it('opens, locks and makes one at a time, and records each', async () => {
    const session = newSession();
    const own = copyVault(vault, join(folder, 'one-at-a-time'));
    const before = lastSequence(own);
    const unlock = { folder: own, user, passphrase };
    await session.call('vault.unlock', unlock);
    expect((await session.refused('vault.unlock', unlock)).code).toBe('BAD_INPUT');
    expect((await session.refused('vault.create', inputs['vault.create']())).code).toBe('BAD_INPUT');
    await session.call('vault.lock', {});
    expect((await session.refused('overview.get', {})).code).toBe('LOCKED');
    await session.call('vault.unlock', unlock);
    await session.engine.lock('idle');
    expect(events(own, before).map(({ action, reason }) => [action, reason])).toEqual([
      ['vault.unlock', undefined],
      ['vault.lock', 'asked'],
      ['vault.unlock', undefined],
      ['vault.lock', 'idle'],
    ]);
    const created = newSession();
    const fresh = inputs['vault.create']();
    const { session: view, recovery } = await created.call('vault.create', fresh);
    expect(view).toMatchObject({ user: 'maker', roles: ['administrator'], pendingRoles: [] });
    const file = path('keys.txt');
    await created.call('vault.saveRecovery', { file, text: `${recovery.vaultKey}\n${recovery.clinicKey}` });
    expect((await created.refused('vault.saveRecovery', { file, text: recovery.vaultKey })).code).toBe('BAD_INPUT');
    await created.engine.close();
  });

  it('waits for what is at work when it is locked, and takes an import back', async () => {
    const session = newSession();
    const own = copyVault(vault, join(folder, 'locked-at-work'));
    await session.call('vault.unlock', { folder: own, user, passphrase });
    mkdirSync(join(folder, 'big'));
    const lines = Array.from({ length: 60_000 }, (_, at) => `P${at},2026-01-01T00:00:00,RTC_FATAL`);
    const file = csvFile(join(folder, 'big'), 'big.csv', 'person_ref,occurred_at,category', lines);
    const input = { file, kind: 'exposures', mapping: null };
    // Two calls under one name: neither may be forgotten.
    const first = session.engine.call({ operation: 'imports.load', input, callId: 'same' });
    const second = session.engine.call({ operation: 'imports.check', input, callId: 'same' });
    await new Promise((done) => setTimeout(done, 150));
    await session.engine.lock('suspend');
    for (const result of [await first, await second])
      expect(result).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    const again = await unlocked(own);
    expect((await again.call('imports.list', {})).batches).toHaveLength(1);
    await again.call('vault.check', { head: null });
    await again.engine.close();
  });
});

describe('the declarations', () => {
  it('are strict objects throughout, so that nothing unknown passes in or out', () => {
    const loose: string[] = [];
    const walk = (schema: z.ZodType, at: string): void => {
      const { type } = schema.def;
      if (schema instanceof z.ZodObject) {
        if (!(schema.def.catchall instanceof z.ZodNever)) loose.push(at);
        for (const [key, value] of Object.entries(schema.shape)) walk(value as z.ZodType, `${at}.${key}`);
      } else if (schema instanceof z.ZodArray) walk(schema.element as z.ZodType, `${at}[]`);
      else if (schema instanceof z.ZodUnion) for (const option of schema.options) walk(option as z.ZodType, at);
      else if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
        walk(schema.unwrap() as z.ZodType, at);
      else expect(['string', 'number', 'boolean', 'enum', 'literal', 'record'], `${at}: ${type}`).toContain(type);
    };
    for (const name of operationNames) {
      expect(contract[name].input).toBeInstanceOf(z.ZodObject);
      walk(contract[name].input, `${name} in`);
      walk(contract[name].output, `${name} out`);
    }
    expect(loose).toEqual([]);
  });

  it('say in words what each does, and keep administrators from data', () => {
    const data = walked.filter((name) => /^(imports|analyses|exposure|overview)\./.test(name));
    for (const name of operationNames) {
      const { summary, roles: allowed } = contract[name];
      expect(summary, name).toMatch(/^[A-Z].{10,}\.$/);
      if (data.includes(name)) expect(allowed, name).not.toContain('administrator');
    }
    expect(data.length).toBeGreaterThan(8);
  });
});
