import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PilotTimetableResult } from '#shared/domain/pilot-timetable.ts';
import { csvFile, newVault, passphrase, type Session, temporaryFolder, unlocked } from './test-vault.ts';

const folder = temporaryFolder('pilot-timetable');
const vault = join(folder, 'vault');
const spec = { pilot: 'Brief mindfulness', from: '2026-03-23', to: '2026-04-05', gapDays: 7, sessionsEach: 2 };
let session: Session;

const weekdays = [...'34567'].map((day) => `2026-03-2${day}`).concat('2026-03-30', '2026-03-31', '2026-04-01');

/**
 * Sixteen people of North are enrolled: twelve on early shifts, one of whom withdraws after the first week, and four on nights. Four
 * colleagues there are not. The clocks go forward on 29 March.
 */
beforeAll(async () => {
  session = await newVault(vault, ['administrator', 'analyst']);
  const staff = Array.from({ length: 20 }, (_, at) => `P${String(at).padStart(2, '0')}`);
  const onNights = new Set(staff.slice(12, 16));
  const shift = (ref: string, day: string): string =>
    onNights.has(ref) ? `${ref},${day}T22:00,${nextDay(day)}T07:00,night` : `${ref},${day}T07:00,${day}T16:00,early`;
  const files = {
    people: ['person_ref,role,unit', staff.map((ref) => `${ref},Response,North`)],
    duties: [
      'person_ref,start,end,type',
      staff.flatMap((ref) => [
        ...weekdays.map((day) => shift(ref, day)),
        `${ref},2026-04-02T07:00,2026-04-02T16:00,Leave`,
      ]),
    ],
    pilot_enrolments: [
      'pilot,person_ref,cluster,arm,allocated_on,withdrawn_on',
      staff
        .slice(0, 16)
        .map((ref, at) => `Brief mindfulness,${ref},North,sessions,2026-03-01,${at === 0 ? '2026-03-30' : ''}`),
    ],
  } as const;
  for (const [kind, [header, lines]] of Object.entries(files)) {
    const file = csvFile(folder, `${kind}.csv`, header, lines);
    const { rows } = await session.call('imports.load', { file, kind, mapping: null });
    expect([kind, rows.accepted]).toEqual([kind, lines.length]);
  }
});

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

async function analyse(given: Record<string, unknown> = {}, by = session) {
  const answer = await by.call('analyses.run', { method: 'pilot-timetable', spec: { ...spec, ...given } });
  return { answer, result: answer.result as unknown as PilotTimetableResult };
}

describe('pilot-timetable', () => {
  it('puts sessions into shifts, by the clock in London and with enough who stay', async () => {
    const { result, answer } = await analyse({ rows: true });
    expect(result.coverage).toMatchObject({ people: 16, dose: (11 * 2 + 1) / 32 });
    expect(result.atLeast).toBe(1);
    for (const { at, place } of result.sessions) {
      const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit' }).format(
        new Date(at),
      );
      expect(Number(local)).toBeGreaterThanOrEqual(7);
      expect(Number(local)).toBeLessThan(16);
      expect([place, at.slice(0, 10)]).not.toContain('2026-04-02');
    }
    // Sixteen are on duty by day, so that four may be away at once.
    const seats = result.sessions.map((_, index) => result.rows?.filter((row) => row.sessions.includes(index)).length);
    expect(Math.max(...seats.map(Number))).toBeLessThanOrEqual(4);
    expect(result.rows?.filter(({ shortfall }) => shortfall?.includes('nights'))).toHaveLength(4);
    expect(answer.reading).toContain('No timetable within these rules reaches more.');
  });

  it('withholds the four on nights and the one who withdraws, and names nobody without rows', async () => {
    const { result, answer } = await analyse();
    expect(result.coverage.none).toBeNull();
    expect(result.coverage.shortfalls.every(({ people }) => people === null)).toBe(true);
    expect(result).not.toHaveProperty('rows');
    expect(Object.keys(answer.provenance)).toContain('snapshot');
  });

  it('asks people on nights where told to, and says how far duties are held', async () => {
    const { result, answer } = await analyse({ nights: true, to: '2026-04-30' });
    expect(result.coverage.dose).toBe((15 * 2 + 1) / 32);
    expect(answer.warnings[0]).toBe('Duties are held until 1 Apr 2026 alone: nothing is proposed after that.');
  });

  it('checks a timetable that was changed by hand, and says who cannot come and why', async () => {
    const { result } = await analyse({ rows: true });
    const asGiven = result.sessions.map((one, index) => ({
      ...one,
      people: result.rows!.filter(({ sessions }) => sessions.includes(index)).map(({ person }) => person),
    }));
    const kept = await analyse({ rows: true, check: asGiven });
    expect(kept.result).toMatchObject({ broken: [], coverage: result.coverage, rows: result.rows, atLeast: null });
    expect(kept.answer.reading).toContain('It breaks no rule.');
    const onNight = result.rows!.find(({ shortfall }) => shortfall?.includes('nights'))!.person;
    const [first, ...others] = asGiven;
    const changed = [{ ...first!, people: [...first!.people.slice(1), onNight, 'nobody', 'nor this one'] }, ...others];
    const { broken } = (await analyse({ rows: true, check: changed })).result;
    expect(broken).toContainEqual({
      session: 0,
      person: onNight,
      rule: 'on duty there',
      words: 'is not on duty there',
    });
    expect(broken?.filter(({ rule }) => rule === 'enrolled')).toHaveLength(2);
    expect(broken?.map(({ rule }) => rule)).not.toContain('once in a session');
  });

  it('says what is lacking where nobody is enrolled', async () => {
    const { result, answer } = await analyse({ pilot: 'Another' });
    expect(result.sessions).toEqual([]);
    expect(answer.warnings[0]).toContain('Nobody is enrolled');
  });

  it('writes the sessions as a plan that can be imported, and nobody with them', async () => {
    const file = join(folder, 'plan.csv');
    const reason = 'agreed with the sergeants';
    const { sessions, sha256 } = await session.call('exports.sessionPlan', { spec, reason, file });
    const [header, first] = readFileSync(file, 'utf8').split('\r\n');
    expect([header, first?.slice(0, 28)]).toEqual(['pilot,cluster,at,minutes', 'Brief mindfulness,North,2026']);
    const manifest = readFileSync(`${file}.manifest.json`, 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ marking: 'OFFICIAL-SENSITIVE', rows: sessions, sha256, reason });
    const { rows } = await session.call('imports.load', { file, kind: 'pilot_session_plan', mapping: null });
    expect(rows).toMatchObject({ read: sessions, accepted: sessions });
    const { entries } = await session.call('audit.list', { offset: 0, limit: 5, action: 'export.sessionPlan' });
    expect(entries).toHaveLength(1);
    const again = await session.refused('exports.sessionPlan', { spec, reason, file });
    expect(again.message).toContain('file of that name already');
  });

  it('gives the seats of a session that was put in by hand, and writes it with the others and nobody in the manifest', async () => {
    const { result } = await analyse({ rows: true });
    const asGiven = result.sessions.map((one, index) => ({
      ...one,
      people: result.rows!.filter(({ sessions }) => sessions.includes(index)).map(({ person }) => person),
    }));
    const check = [{ ...asGiven[0]!, people: [] }, ...asGiven.slice(1, -1)];
    const seated = (await analyse({ rows: true, check, seat: true })).result;
    expect(seated.broken).toEqual([]);
    expect(seated.rows?.filter(({ sessions }) => sessions.includes(0)).length).toBeGreaterThan(0);
    const file = join(folder, 'by hand.csv');
    const given = { spec: { ...spec, check: asGiven.slice(1) }, reason: 'the first one fell out', file };
    expect(await session.call('exports.sessionPlan', given)).toMatchObject({ sessions: asGiven.length - 1, broken: 0 });
    const manifest = readFileSync(`${file}.manifest.json`, 'utf8');
    expect(result.rows!.filter(({ person }) => manifest.includes(person))).toEqual([]);
  });

  it('lets an evaluator see who is to come when', async () => {
    await session.call('users.add', { name: 'eve', roles: ['evaluator'], passphrase });
    await session.engine.close();
    const eve = await unlocked(vault, 'eve');
    const { result } = await analyse({ rows: true }, eve);
    expect(result).toMatchObject({ reach: 'offered' });
    expect(result.rows).toHaveLength(16);
    await eve.engine.close();
  });

  it('is for who has consented once anybody has, unless everybody is asked for', async () => {
    session = await unlocked(vault);
    const { people } = await session.call('pilots.people', { pilot: spec.pilot });
    const consenting = people.filter(({ withdrawnOn }) => withdrawnOn === null).slice(0, 11);
    for (const { person } of consenting) {
      await session.call('pilots.consent', { pilot: spec.pilot, person, on: '2026-03-01' });
    }
    const { result, answer } = await analyse();
    expect([result.reach, result.coverage.people]).toEqual(['consented', 11]);
    expect(answer.warnings).toContain('5 people have not consented: no session is planned for them.');
    const offered = await analyse({ reach: 'offered' });
    expect([offered.result.reach, offered.result.coverage.people]).toEqual(['offered', 16]);
    await session.engine.close();
  });
});
