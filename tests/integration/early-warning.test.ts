import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayOfIso, isoOfDay, londonDay } from '#shared/domain/dates.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { randomStream } from '#shared/domain/random.ts';
import { copyVault, csvFile, newVault, passphrase, type Session, temporaryFolder, unlocked } from './test-vault.ts';

const folder = temporaryFolder('early-warning');
const vault = join(folder, 'vault');
const first = dayOfIso('2023-01-09')!;
const asOf = isoOfDay(first + 1_000);
const people = Array.from({ length: 60 }, (_, at) => `P${at}`);
const waves = [0, 180, 360, 540, 720, 900];
const spec = { asOf, folds: 2, resamples: 20 };

/** Scores of the personal scale; the first fourteen people score 75 from the fourth wave on, the last two leave. */
const scoreOf = (at: number, wave: number): number => (at < 14 && wave >= 3 ? 75 : 20 + ((at * 7 + wave * 11) % 25));

async function load(session: Session, files: Readonly<Record<string, readonly [string, readonly string[]]>>) {
  for (const [kind, [header, lines]] of Object.entries(files)) {
    const file = csvFile(folder, `${kind}.csv`, header, lines);
    await session.call('imports.load', { file, kind, mapping: null });
  }
}

async function run(session: Session, given: object = spec) {
  const answer = await session.call('analyses.run', { method: 'early-warning', spec: { ...given } });
  return { ...answer, result: answer.result as unknown as EarlyWarningResult };
}

beforeAll(async () => {
  const stream = randomStream(20_261_126, 'early warning vault');
  const session = await newVault(vault, ['analyst', 'clinician']);
  await load(session, {
    people: [
      'person_ref,role,unit,sex,birth_year,fte,service_start,service_end',
      people.map(
        (ref, at) =>
          `${ref},Response,${at % 2 ? 'North' : 'South'},${at % 3 ? 'F' : 'M'},${1965 + (at % 35)},${at % 5 ? 1 : 0.6},2015-01-01,${at >= 58 ? isoOfDay(first + 700) : ''}`,
      ),
    ],
    screenings: [
      'person_ref,instrument,scale,taken_on,score,wave',
      waves.flatMap((offset, wave) =>
        people.map(
          (ref, at) =>
            `${ref},CBI,personal,${isoOfDay(first + offset + (at % 5))},${scoreOf(at, wave)},Wave ${wave + 1}`,
        ),
      ),
    ],
    absences: [
      'person_ref,start,end,reason_code',
      [
        `P10,${isoOfDay(first + 30)},${isoOfDay(first + 70)},Stress`,
        `P11,${isoOfDay(first + 30)},${isoOfDay(first + 70)},Back pain`,
        `P50,${isoOfDay(first + 990)},,Flu`,
      ],
    ],
    exposures: [
      'person_ref,occurred_at,category,incident_ref,recorded_at',
      people.flatMap((ref, at) =>
        Array.from({ length: 6 }, (_, one) => {
          const day = isoOfDay(first + stream.nextBelow(900));
          return `${ref},${day}T10:00:00,DEATH_SUDDEN_NONSUS,I${at}-${one},${day}T12:00:00`;
        }),
      ),
    ],
  });
  await session.call('users.add', { name: 'ana', roles: ['analyst'], passphrase });
  await session.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  await session.engine.close();
});

describe('tidemark analyse DIR early-warning', () => {
  it('follows people from each screening, and says how many can be assessed now and why the others cannot', async () => {
    const session = await unlocked(vault);
    const { result, reading, warnings, spec: filled, provenance } = await run(session);
    expect(filled).toMatchObject({ instrument: 'CBI', scale: 'personal', horizonDays: 180, cutOff: { score: 50 } });
    expect(result.caseWords).toBe('Personal burnout of 50 or more');
    expect(result.waves.map(({ wave }) => wave)).toEqual(waves.map((_, at) => `Wave ${at + 1}`));
    // Wave 3 is followed by a score of 75 of the first fourteen; those are no longer at risk after it.
    expect(result.landmarks).toMatchObject({
      screenings: 314,
      people: 60,
      cases: 15,
      spell: { cases: null },
    });
    expect(result.waves[4]).toMatchObject({ cases: 0, nonCases: 44, unknown: 0 });
    // One of the first wave was away for the mind for six weeks, another for the back: too few to be told, and no difference tells it.
    expect(result.waves[0]).toMatchObject({ cases: null, unknown: 0 });
    expect(result.waves.filter(({ cases }) => cases === null).length).toBeGreaterThan(1);
    expect(result.assessable).toEqual({
      inPost: 58,
      assessable: 43,
      reasons: [
        { reason: 'case', words: expect.stringContaining('care now'), people: null },
        { reason: 'absent', words: 'Absent now', people: null },
      ],
    });
    expect(reading.join(' ')).toMatch(/43 of 58 people in post can be assessed.*\(\[withheld\]\)/);
    expect(warnings.join(' ')).toMatch(/not confirmed.*No duties are held/);
    expect(provenance.batches.map(({ kind }) => kind)).toEqual(['people', 'screenings', 'absences', 'exposures']);
    expect(JSON.stringify(result)).not.toMatch(/P1\d/);
    await session.engine.close();
  });

  it('gives the same result every time', async () => {
    const session = await unlocked(vault);
    expect(JSON.stringify(await run(session))).toBe(JSON.stringify(await run(session)));
    await session.engine.close();
  });

  it('raises nothing from so few, whoever asks, and gives nobody rows', async () => {
    const session = await unlocked(vault);
    const { result } = await run(session, { ...spec, rows: true });
    expect(result.gate.fit).toBe(false);
    expect(result.signals).toBe(0);
    expect(result.rows).toBeUndefined();
    await session.engine.close();
  });

  it('refuses rows of single people to everybody but a clinician', async () => {
    for (const who of ['ana', 'eva']) {
      const session = await unlocked(vault, who);
      const error = await session.refused('analyses.run', { method: 'early-warning', spec: { ...spec, rows: true } });
      expect(error).toMatchObject({ code: 'FORBIDDEN', hint: expect.stringContaining('a clinician') });
      await session.engine.close();
    }
  });

  it('is another snapshot once a case is open, because whoever has one is not at risk', async () => {
    const session = await unlocked(copyVault(vault, join(folder, 'with a case')));
    const before = await run(session);
    const { result } = await session.call('analyses.run', { method: 'exposure-load', spec: { asOf, rows: true } });
    const { person } = (result['rows'] as { person: string }[])[0]!;
    await session.call('cases.open', { person, origin: 'clinician' });
    const after = await run(session, { ...spec, asOf: isoOfDay(londonDay(Date.now() / 1_000)) });
    expect(after.provenance.snapshot).not.toBe(before.provenance.snapshot);
    await session.engine.close();
  });

  it('says what is wrong with a spec, and runs nothing', async () => {
    const session = await unlocked(vault);
    for (const [given, word] of [
      [{}, '"asOf"'],
      [{ asOf, from: isoOfDay(first + 1_001) }, 'ends before it begins'],
      [{ asOf, instrument: 'XYZ' }, 'no instrument “XYZ”'],
      [{ asOf, instrument: 'OLBI', scale: 'exhaustion' }, 'no confirmed cut-off'],
      [{ asOf, instrument: 'OLBI', scale: 'exhaustion', cutOff: 'exhaustion' }, 'no confirmed cut-off “exhaustion”'],
      [{ asOf, cutOff: { score: 101, source: 'ours' } }, 'goes from 0 to 100'],
      [{ asOf, cutOff: { score: 50 } }, '"cutOff"'],
      [{ asOf, horizon: 90 }, 'horizon'],
    ] as const) {
      const error = await session.refused('analyses.run', { method: 'early-warning', spec: given });
      expect(error).toMatchObject({ code: 'BAD_SPEC', message: expect.stringContaining(word) });
      expect(error.hint).toMatch(/^Nothing was run/);
    }
    await session.engine.close();
  });

  it('takes a confirmed cut-off by its name, and says that nobody was asked with that instrument', async () => {
    const session = await unlocked(vault);
    const { result, warnings, spec: filled } = await run(session, { asOf, instrument: 'phq9' });
    expect(filled).toMatchObject({ instrument: 'PHQ-9', scale: 'total', cutOff: 'caseness' });
    expect(result.assessable).toEqual({
      inPost: 58,
      assessable: 0,
      reasons: [{ reason: 'no-screening', words: 'No screening within the last 365 days', people: 58 }],
    });
    expect(warnings.join(' ')).toMatch(/No completed screenings with PHQ-9 are held/);
    expect(warnings.join(' ')).not.toMatch(/not confirmed/);
    await session.engine.close();
  });

  it('answers honestly from an empty vault', async () => {
    const session = await newVault(join(folder, 'empty'), ['analyst']);
    const { result, warnings } = await run(session);
    expect(result).toMatchObject({ assessable: { inPost: 0, assessable: 0, reasons: [] }, signals: 0 });
    expect(result.gate.fit).toBe(false);
    expect(warnings.join(' ')).toMatch(/No completed screenings.*No absences.*No countable exposures.*No duties/);
    await session.engine.close();
  });
});
