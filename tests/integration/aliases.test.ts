import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyVault, csvFile, newVault, type Session, temporaryFolder, unlocked } from './test-vault.ts';

const folder = temporaryFolder('aliases');
let session: Session;
let made = 0;

const headers = {
  people: 'person_ref,role,unit,service_start,service_end',
  aliases: 'person_ref,alias,type,from,to',
  exposures: 'person_ref,occurred_at,category',
  families: 'household_ref,member,person_ref,partner_person_ref,wave,taken_on,consented_on,instrument,score',
};

async function load(kind: keyof typeof headers, lines: readonly string[]) {
  made += 1;
  const file = csvFile(folder, `${made}-${kind}.csv`, headers[kind], lines);
  return session.call('imports.load', { file, kind, mapping: null });
}

/** Exposures of each person, by the unit that stands for them in these tests; UNKNOWN is nobody who is listed. */
async function byPerson(): Promise<Record<string, number>> {
  const { result } = await session.call('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-12-31' } });
  return (result as { totals: { unit: Record<string, number> } }).totals.unit;
}

beforeAll(async () => {
  session = await newVault(join(folder, 'empty'), ['analyst']);
  // Payroll numbers name people; Ann had collar 1234 until March 2025 and 5678 since, Ben has 1234 since May 2025.
  await load('people', ['P1,Response,Ann,2015-01-01,', 'P2,Response,Ben,2025-04-01,', 'P3,Response,Cat,2015-01-01,']);
  await session.engine.close();
});
beforeEach(async () => {
  made += 1;
  session = await unlocked(copyVault(join(folder, 'empty'), join(folder, `vault-${made}`)));
  return () => session.engine.close();
});
afterAll(() => session.engine.close());

const collars = [
  'P1,1234,collar,2015-01-01,2025-03-31',
  'P1,5678,collar,2025-04-01,',
  'P2,1234,collar,2025-05-01,',
  'P3,C3,warrant,,',
];

describe('other references of people', () => {
  it('lead to whose they were on the day, ends included, and a person’s own reference to that person', async () => {
    await load('aliases', collars);
    const { rows, warnings, notes } = await load('exposures', [
      '1234,2015-01-01T00:00:00,RTC_FATAL',
      '1234,2025-03-31T23:59:00,RTC_FATAL',
      '5678,2025-04-01T00:00:00,RTC_FATAL',
      'P1,2025-06-01T10:00:00,RTC_FATAL',
      '1234,2025-05-01T00:00:00,RTC_FATAL',
      'P2,2025-05-02T00:00:00,RTC_FATAL',
      'C3,1999-01-01T00:00:00,RTC_FATAL',
      // Between the two it was nobody’s.
      '1234,2025-04-15T10:00:00,RTC_FATAL',
    ]);
    expect(rows).toMatchObject({ accepted: 8, rejected: 0 });
    expect(await byPerson()).toEqual({ Ann: 4, Ben: 2, Cat: 1, UNKNOWN: 1 });
    expect(notes.filter(({ code }) => code === 'ALIAS_NOT_VALID')).toMatchObject([{ row: 8, column: 'person_ref' }]);
    expect(warnings.find(({ code }) => code === 'ALIAS_NOT_VALID')!.count).toBe(1);
  });

  it('that belong to several people on a day reject the row, and no other day’s', async () => {
    await load('aliases', ['P1,77,collar,2025-01-01,2025-06-30', 'P2,77,collar,2025-06-30,']);
    const { rows, rejects } = await load('exposures', [
      '77,2025-06-29T10:00:00,RTC_FATAL',
      '77,2025-06-30T10:00:00,RTC_FATAL',
      '77,2025-07-01T10:00:00,RTC_FATAL',
    ]);
    expect(rows).toMatchObject({ accepted: 2, rejected: 1 });
    expect(rejects).toMatchObject([{ row: 2, column: 'person_ref', code: 'ALIAS_AMBIGUOUS' }]);
    expect(await byPerson()).toEqual({ Ann: 1, Ben: 1 });
  });

  it('that came after rows leave them as they are, say so, and say what to do; doing it mends them', async () => {
    const lines = ['5678,2025-06-01T10:00:00,RTC_FATAL', 'P2,2025-06-01T10:00:00,RTC_FATAL'];
    const before = await load('exposures', lines);
    expect(before.warnings.map(({ code }) => code)).toEqual(['UNKNOWN_PERSON']);
    expect((await session.call('overview.get', {})).underAliases).toBeNull();
    const aliases = await load('aliases', collars);
    expect(aliases.notes).toEqual([
      expect.objectContaining({
        row: 2,
        column: 'alias',
        code: 'ALIAS_IN_USE',
        message: expect.stringContaining('Undo'),
      }),
    ]);
    expect(aliases.warnings.find(({ code }) => code === 'ALIAS_IN_USE')!.count).toBe(1);
    expect(await byPerson()).toEqual({ Ben: 1, UNKNOWN: 1 });
    expect(await session.call('overview.get', {})).toMatchObject({
      unknownPeople: 1,
      underAliases: { people: 1, batches: [before.batch] },
    });
    // Loaded a second time without undoing: the row goes to Ann, and the old one still says what to do.
    const again = await load('exposures', lines);
    expect(again.rows).toMatchObject({ accepted: 1, duplicate: 1 });
    expect((await session.call('overview.get', {})).underAliases).toEqual({ people: 1, batches: [before.batch] });
    await session.call('imports.undo', { batch: before.batch! });
    expect(await byPerson()).toEqual({ Ann: 1, Ben: 1 });
    expect(await session.call('overview.get', {})).toMatchObject({ unknownPeople: 0, underAliases: null });
  });

  it('that are undone lead nowhere from then on, and rows that they led stay', async () => {
    const { batch } = await load('aliases', collars);
    await load('exposures', ['5678,2025-06-01T10:00:00,RTC_FATAL']);
    await session.call('imports.undo', { batch: batch! });
    const after = await load('exposures', ['5678,2025-06-02T10:00:00,RTC_FATAL']);
    expect(after.warnings.map(({ code }) => code)).toEqual(['UNKNOWN_PERSON']);
    expect(await byPerson()).toEqual({ Ann: 1, UNKNOWN: 1 });
  });

  it('never put a newcomer’s people row in the place of whoever had the number before', async () => {
    await load('aliases', ['P1,900,collar,2015-01-01,2025-03-31', 'P3,901,collar,2015-01-01,']);
    // A people extract by collar number: 900 is somebody new, 901 is still Cat.
    const { warnings } = await load('people', ['900,Response,Dan,2025-04-01,', '901,Custody,Cat,2015-01-01,']);
    expect(warnings).toEqual([]);
    const overview = await session.call('overview.get', {});
    expect(overview.people).toBe(4);
    const { warnings: after } = await load('exposures', [
      '900,2025-03-31T10:00:00,RTC_FATAL',
      '900,2025-04-01T10:00:00,RTC_FATAL',
    ]);
    // From April on the number is Dan’s own: nothing is wrong with it.
    expect(after).toEqual([]);
    expect(await byPerson()).toEqual({ Ann: 1, Dan: 1 });
    const late = await load('aliases', ['P1,900,collar,2014-01-01,2014-12-31']);
    expect(late.notes.map(({ code }) => code)).toEqual(['ALIAS_IS_PERSON']);
  });

  it('lead a partner who serves too to that person', async () => {
    await load('aliases', collars);
    const { rows, notes } = await load('families', [
      'H1,officer,P1,1234,W1,2025-06-01,2025-05-01,WEMWBS,50',
      'H2,officer,P2,1234,W1,2025-04-15,2025-04-01,WEMWBS,50',
    ]);
    expect(rows).toMatchObject({ accepted: 2 });
    expect(notes.filter(({ code }) => code === 'ALIAS_NOT_VALID')).toMatchObject([
      { row: 2, column: 'partner_person_ref' },
    ]);
    expect((await session.call('overview.get', {})).underAliases).toMatchObject({ people: 1 });
  });
});
