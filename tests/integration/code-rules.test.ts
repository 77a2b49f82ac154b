import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeRules } from '#shared/contract/code-rules.ts';
import { csvFile, newVault, type Session, temporaryFolder, writeText } from './test-vault.ts';

const folder = temporaryFolder('codes');
let session: Session;
let made = 0;

const kinds = {
  people: 'person_ref,role,unit',
  exposures: 'person_ref,occurred_at,category,incident_ref',
  incidents: 'incident_ref,created_at,opened_code,closed_codes',
  attendances: 'incident_ref,person_ref,arrived_at,cleared_at,role,attribution',
};

async function load(kind: keyof typeof kinds, lines: readonly string[]): Promise<number> {
  made += 1;
  const file = csvFile(folder, `${kind}-${made}.csv`, kinds[kind], lines);
  const { batch, rows } = await session.call('imports.load', { file, kind, mapping: null });
  expect(rows.rejected).toBe(0);
  return batch!;
}

async function save(rules: CodeRules['rules']): Promise<number> {
  made += 1;
  return (await session.call('codes.save', { document: { rules }, reason: `for test ${made}` })).version;
}

async function exposureLoad(asOf = '2026-06-30') {
  const { result, provenance, warnings, reading } = await session.call('analyses.run', {
    method: 'exposure-load',
    spec: { asOf, rows: true },
  });
  return {
    ...(result as { events: number; coverage: number | null; totals: { category: object } }),
    provenance,
    warnings,
    reading,
  };
}

beforeAll(async () => {
  session = await newVault(join(folder, 'vault'), ['analyst']);
  await load('people', ['A,Response,North', 'B,Response,North', 'C,Call handling,South']);
});
afterAll(() => session.engine.close());

describe('exposures from incidents and attendances', () => {
  it('are made by the rules in force, once a person, incident and category, at first arrival', async () => {
    await load('incidents', [
      'I1,2026-03-01T10:00:00,CONCERN,SD1;Q9',
      'I2,2026-03-02T10:00:00,RTC-F,',
      'I3,2026-03-03T10:00:00,THEFT,TH1',
      'I4,2026-03-04T10:00:00,XX,YY',
    ]);
    await load('attendances', [
      'I1,A,2026-03-01T23:50:00,2026-03-02T00:20:00,,named',
      'I1,A,2026-03-02T01:00:00,2026-03-02T01:30:00,,named',
      'I1,B,2026-03-02T00:10:00,,,crew_inferred',
      'I2,A,2026-03-02T10:30:00,2026-03-02T11:00:00,,',
      'I3,A,2026-03-03T10:30:00,,,',
      'I4,B,2026-03-04T10:30:00,,,',
      'I9,B,2026-03-05T10:30:00,,,',
    ]);
    const none = await exposureLoad();
    expect(none).toMatchObject({ events: 0, coverage: 0 });
    expect(none.provenance.codeRules).toBeNull();
    await save([
      { code: 'sd*', category: 'DEATH_SUDDEN_NONSUS' },
      { code: 'RTC-F', category: 'RTC_FATAL' },
      { code: 'RTC-F', category: 'RTC_FATAL', from: '2026-01-01', note: 'the same said twice is no contradiction' },
      { code: 'TH1', category: 'NOT_TRAUMATIC' },
    ]);
    const load1 = await exposureLoad();
    expect(load1.totals.category).toEqual({ DEATH_SUDDEN_NONSUS: 2, RTC_FATAL: 1 });
    // Three at I1, one at I2, one at I3 are covered; I4 has no rule and I9 is not imported.
    expect(load1).toMatchObject({ events: 3, coverage: 5 / 7 });
    expect(load1.provenance).toMatchObject({ coverage: 5 / 7, codeRules: { version: 1 } });
    expect(load1.provenance.batches.map(({ kind }) => kind)).toEqual(['people', 'incidents', 'attendances']);
    expect(load1.provenance.snapshot).not.toBe(none.provenance.snapshot);
    expect(load1.warnings.join(' ')).toContain('1 attendance names an incident not imported');
    expect(load1.reading.join(' ')).toContain('3 exposures were made of 7 attendances');
    // On the day of the first arrival only what had been reached by then is counted, and covered.
    expect(await exposureLoad('2026-03-01')).toMatchObject({ events: 1, coverage: 1 });
  });

  it('stand in the overview, the series, the period and the timeline as imported ones do', async () => {
    const overview = await session.call('overview.get', {});
    expect(overview).toMatchObject({ exposures: 3, coverage: 5 / 7, attendances: 7, attendancesNotImported: 1 });
    expect(overview.months).toEqual([{ month: '2026-03', events: 3 }]);
    // Q9 has no rule either, but leaves nothing uncounted.
    expect(overview.unmappedCodes).toEqual([{ code: 'YY', rows: 1 }]);
    const series = await session.call('analyses.run', {
      method: 'exposure-series',
      spec: { from: '2026-03', to: '2026-03', windows: [31] },
    });
    expect(series.provenance.coverage).toBe(5 / 7);
    const months = series.result['months'] as { counts: { '31': number } }[];
    expect(months.reduce((sum, { counts }) => sum + counts['31'], 0)).toBe(3);
    const period = await session.call('analyses.run', {
      method: 'exposure-period',
      spec: { from: '2026-03-02', to: '2026-03-31' },
    });
    // Without the first arrival of A at I1.
    expect(period.result).toMatchObject({ events: 2, coverage: 4 / 6 });
    const { rows } = (
      await session.call('analyses.run', { method: 'exposure-load', spec: { asOf: '2026-03-31', rows: true } })
    ).result as { rows: { person: string }[] };
    const timelines = await Promise.all(rows.map(({ person }) => session.call('exposure.timeline', { person })));
    const events = timelines.map((timeline) =>
      timeline.events.map(({ day, category, minutes }) => `${day} ${category} ${minutes}`),
    );
    expect(events.sort((x, y) => y.length - x.length)).toEqual([
      ['2026-03-02 DEATH_SUDDEN_NONSUS null', '2026-03-04 UNMAPPED null', '2026-03-05 UNMAPPED null'],
      ['2026-03-01 DEATH_SUDDEN_NONSUS 60', '2026-03-02 RTC_FATAL 30'],
      [],
    ]);
  });

  it('count once with an exposure that was imported directly', async () => {
    const batch = await load('exposures', [
      'A,2026-03-02T12:00:00,RTC_FATAL,I2',
      'A,2026-03-02T12:00:00,RTC_SERIOUS,I2',
      'B,2026-03-06T12:00:00,WHAT,I2',
    ]);
    const both = await exposureLoad();
    // RTC_FATAL of A at I2 is the same event; the other is another, and WHAT has no rule.
    expect(both.totals.category).toEqual({ DEATH_SUDDEN_NONSUS: 2, RTC_FATAL: 1, RTC_SERIOUS: 1 });
    expect(both).toMatchObject({ events: 4, coverage: (2 + 5) / (3 + 7) });
    const { coverage } = await session.call('codes.unmapped', {});
    expect(coverage).toMatchObject({ exposures: 2, alreadyDirect: 1, coverage: 5 / 7 });
    await session.call('imports.undo', { batch });
    expect(await exposureLoad()).toMatchObject({ events: 3, coverage: 5 / 7 });
  });

  it('follow incidents that are corrected, taken out and put back', async () => {
    const batch = await load('incidents', ['I4,2026-03-04T10:00:00,XX,SD2']);
    expect(await exposureLoad()).toMatchObject({ events: 4, coverage: 6 / 7 });
    await session.call('imports.undo', { batch });
    expect(await exposureLoad()).toMatchObject({ events: 3, coverage: 5 / 7 });
    const ninth = await load('incidents', ['I9,2026-03-05T10:00:00,,']);
    const unmapped = await session.call('codes.unmapped', {});
    expect(unmapped.withoutCode).toEqual({ incidents: 1, attendances: 1 });
    expect(unmapped.coverage.attendances).toMatchObject({ notImported: 0, unmapped: 2 });
    await session.call('imports.undo', { batch: ninth });
  });
});

describe('the list of codes without a rule', () => {
  it('says what each concerns, when, beside what, and proposes by words', async () => {
    const batch = await load('incidents', [
      'I5,2026-04-01T10:00:00,SUDDEN DEATH,',
      'I6,2026-04-03T10:00:00,sudden  death,',
    ]);
    const { codes, all, version } = await session.call('codes.unmapped', {});
    expect(version).toBe(1);
    expect(all).toBe(3);
    expect(codes.find(({ code }) => code === 'Q9')).toEqual({
      code: 'Q9',
      incidents: 1,
      asOpening: 0,
      asClosing: 1,
      attendances: 3,
      uncovered: 0,
      firstDay: '2026-03-01',
      lastDay: '2026-03-01',
      proposal: null,
      together: ['CONCERN', 'SD1'],
    });
    expect(codes.find(({ code }) => code.toUpperCase() === 'SUDDEN DEATH')).toMatchObject({
      incidents: 2,
      asOpening: 2,
      attendances: 0,
      firstDay: '2026-04-01',
      lastDay: '2026-04-03',
      proposal: { category: 'DEATH_SUDDEN_NONSUS' },
    });
    expect(codes.map(({ attendances }) => attendances)).toEqual([3, 1, 0]);
    await session.call('imports.undo', { batch });
  });
});

describe('versions of the rules', () => {
  it('are previewed, saved with a reason, kept as they were, written and read', async () => {
    const before = await exposureLoad();
    const document = {
      name: 'Second',
      rules: [
        { code: 'SD1', category: 'SUICIDE_COMPLETED' },
        { code: 'YY', category: 'NOT_TRAUMATIC' },
      ],
    };
    const preview = await session.call('codes.preview', { document });
    expect(preview).toMatchObject({
      rules: { added: 2, removed: 4, kept: 0 },
      before: { exposures: 3, coverage: 5 / 7 },
      after: { exposures: 2, coverage: 4 / 7 },
      unmappedCodes: { before: 2, after: 3 },
      categories: [
        { category: 'DEATH_SUDDEN_NONSUS', before: 2, after: 0 },
        { category: 'SUICIDE_COMPLETED', before: 0, after: 2 },
        { category: 'RTC_FATAL', before: 1, after: 0 },
      ],
    });
    expect(await exposureLoad()).toEqual(before);
    const saved = await session.call('codes.save', { document, reason: 'The coroner’s findings' });
    expect(saved).toMatchObject({ version: 2, rules: 2, reason: 'The coroner’s findings' });
    const after = await exposureLoad();
    expect(after.totals.category).toEqual({ SUICIDE_COMPLETED: 2 });
    expect(after.provenance.codeRules).toEqual({ version: 2, hash: saved.hash });
    expect(after.provenance.snapshot).not.toBe(before.provenance.snapshot);
    const first = await session.call('codes.rules', { version: 1 });
    expect(first.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(first.shown!.document.rules).toHaveLength(4);
    const file = join(folder, 'written.json');
    await session.call('codes.export', { file });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
    expect((await session.call('codes.read', { file })).document).toEqual(document);
    // The same rules again give the same numbers under a new version.
    await session.call('codes.save', { document: first.shown!.document, reason: 'Back again' });
    const back = await exposureLoad();
    expect(back.provenance).toMatchObject({ snapshot: before.provenance.snapshot, codeRules: { version: 3 } });
    expect(back.totals).toEqual(before.totals);
  });

  it('that contradict themselves, are in force already or cannot be read are refused', async () => {
    const rules = [
      { code: 'X1', category: 'RTC_FATAL', to: '2026-01-31' },
      { code: ' x1 ', category: 'NOT_TRAUMATIC', from: '2026-01-31' },
    ];
    const error = await session.refused('codes.save', { document: { rules }, reason: 'to try' });
    expect(error.code).toBe('BAD_SPEC');
    expect(error.message).toContain('rule 1 (X1 → RTC_FATAL to 2026-01-31)');
    expect(error.message).toContain('rule 2 (x1 → NOT_TRAUMATIC from 2026-01-31)');
    const { shown } = await session.call('codes.rules', {});
    expect(await session.refused('codes.save', { document: shown!.document, reason: 'again' })).toMatchObject({
      message: 'These are the rules in force already: version 3.',
    });
    const bad = writeText(join(folder, 'bad.json'), '{"rules":[{"code":"A","category":"FLOOD"}]}');
    expect((await session.refused('codes.read', { file: bad })).message).toContain('number 1, category');
    expect((await session.refused('codes.read', { file: writeText(join(folder, 'no.json'), 'rules') })).code).toBe(
      'BAD_SPEC',
    );
    expect((await session.refused('codes.read', { file: join(folder, 'none.json') })).code).toBe('NO_SUCH_FILE');
    expect((await session.refused('codes.rules', { version: 99 })).code).toBe('NOT_FOUND');
    for (const code of ['*', ' ', '']) {
      const document = { rules: [{ code, category: 'NOT_TRAUMATIC' }] };
      expect((await session.refused('codes.save', { document, reason: 'to try' })).code).toBe('BAD_INPUT');
    }
  });
});
