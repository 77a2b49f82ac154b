import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import { main } from '#main/cli/main.ts';
import { csvFile, newVault, passphrase, temporaryFolder, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('indicators');
const vault = join(folder, 'vault');
const who = ['--user', user, '--passphrase-file', writeText(join(folder, 'passphrase.txt'), passphrase)];

async function analyse(spec: unknown) {
  const lines: string[] = [];
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      if (stream === 'stdout') lines.push(String(text));
      return true;
    }),
  );
  const file = writeText(join(folder, 'spec.json'), JSON.stringify(spec));
  try {
    const exit = await main(['analyse', vault, 'indicators', '--spec', file, '--json', ...who]);
    return { exit, out: lines.join(''), json: JSON.parse(lines.join('')) };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Forty people; in each month of 2024 the same things happen, but for what a test is about. */
const months = Array.from({ length: 12 }, (_, at) => `2024-${String(at + 1).padStart(2, '0')}`);
const people = Array.from({ length: 40 }, (_, at) => `P${at}`);
const each = (line: (month: string, ref: string, at: number) => string | null): string[] =>
  months.flatMap((month) => people.flatMap((ref, at) => line(month, ref, at) ?? []));

beforeAll(async () => {
  const session = await newVault(vault, ['analyst']);
  const files = {
    people: csvFile(
      folder,
      'people.csv',
      'person_ref,role,unit',
      people.map((ref) => `${ref},Response,North`),
    ),
    exposures: csvFile(
      folder,
      'exposures.csv',
      'person_ref,occurred_at,category,recorded_at',
      each((month, ref, at) =>
        at < 30
          ? `${ref},${month}-${at < 15 ? '03' : 26}T10:00:00Z,${at < 24 ? 'RTC_FATAL' : 'Local code'},${at < 15 ? `${month}-05` : '2025-01-10'}T10:00:00Z`
          : null,
      ),
    ),
    absences: csvFile(
      folder,
      'absences.csv',
      'person_ref,start,end,reason_code',
      each((month, ref, at) =>
        at < 12
          ? `${ref},${month}-${at < 6 ? '03' : 26},${month}-${at < 6 ? '05' : 28},${at < 11 ? 'Stress' : 'Flu'}`
          : null,
      ),
    ),
    screenings: csvFile(
      folder,
      'screenings.csv',
      'person_ref,instrument,scale,status,invited_on,taken_on,score',
      each((month, ref, at) =>
        month < '2024-07'
          ? at < 20
            ? `${ref},PHQ-9,total,completed,${month}-01,${month}-08,${at < 10 ? 14 : 4}`
            : `${ref},PHQ-9,total,invited,${month}-01,,`
          : null,
      ),
    ),
    support: csvFile(
      folder,
      'support.csv',
      'person_ref,service,step,at,episode_ref',
      each((month, ref, at) =>
        at < 20
          ? `${ref},OH,referred,${month}-02T09:00:00Z,${month}`
          : `P${at - 20},OH,contacted,${month}-12T09:00:00Z,${month}`,
      ),
    ),
    peer_requests: csvFile(
      folder,
      'requests.csv',
      'request_ref,requester_token,requested_at,responded_at',
      each((month, ref, at) => `${month}-${at},T${ref},${month}-02T09:00:00Z,${month}-0${at < 30 ? 3 : 8}T09:00:00Z`),
    ),
  };
  for (const [kind, file] of Object.entries(files)) {
    const { rows } = await session.call('imports.load', { file, kind, mapping: null });
    expect([kind, rows.rejected]).toEqual([kind, 0]);
  }
  await session.engine.close();
});

describe('tidemark analyse DIR indicators', () => {
  it('works out each month from the extracts, and says what cannot be measured', async () => {
    const run = await analyse({ asOf: '2025-01-15', months: 12 });
    expect(run.exit).toBe(0);
    const { result, reading, provenance, r } = run.json;
    expect(result.months).toEqual(months);
    const named = new Map<string, Indicator>(result.indicators.map((one: Indicator) => [one.id, one]));
    const valuesOf = (id: string) => named.get(id)!.chart.points.map(({ value, state }) => value ?? state);
    const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    const perDay = (id: string, daily: number): void => {
      for (const [at, value] of valuesOf(id).entries()) expect(value).toBeCloseTo(daily / days[at]!, 9);
    };
    perDay('exposure-rate', (1_000 * 24) / 40);
    perDay('absence-rate', (100 * 36) / 40);
    perDay('psychological-absence-rate', (100 * 33) / 40);
    expect(valuesOf('exposure-coverage')).toEqual(months.map(() => 80));
    expect(valuesOf('exposure-recording')).toEqual(months.map(() => 50));
    expect(valuesOf('screening-uptake')).toEqual(months.map((month) => (month < '2024-07' ? 50 : 'not measurable')));
    expect(valuesOf('caseness-phq-9')).toEqual(months.map((month) => (month < '2024-07' ? 50 : 'not measurable')));
    expect(valuesOf('referral-to-contact')).toEqual(months.map(() => 10));
    expect(valuesOf('peer-response')).toEqual(months.map(() => 75));
    expect(valuesOf('long-term-absence')).toEqual(months.map(() => 0));
    expect(named.get('peer-contacts')).toMatchObject({ notMeasurable: 'No contacts with peers are imported.' });
    expect(named.get('offer-uptake')!.notMeasurable).toMatch(/names no offers/);
    expect(named.get('exposure-coverage')).toMatchObject({
      howWorkedOut: expect.stringContaining('divided by'),
      chart: { assurance: expect.any(String) },
    });
    expect(reading.join(' ')).toMatch(
      /Coverage of exposure tracking: 80 per cent in Dec 2024.*target of 95 is not met/,
    );
    expect(provenance).toMatchObject({ scheme: 'count-v1' });
    expect(r).toContain('results[["absence-rate"]] <- result');
    expect(r).not.toContain('.csv"');
    expect(run.out).not.toMatch(/P3[0-9]/);
    // Small numbers stay inside: a month of which only some rows are known has none of them.
    expect(named.get('caseness-phq-9')!.chart.points[0]).toMatchObject({ numerator: 10, denominator: 20 });
  });

  it('counts no month as 0 that an extract does not reach, and says where it ends', async () => {
    const run = await analyse({ asOf: '2025-03-31', months: 14 });
    const points = new Map<string, Indicator['chart']['points']>(
      run.json.result.indicators.map(({ id, chart }: Indicator) => [id, chart.points]),
    );
    for (const [id, words] of [
      ['exposure-rate', 'The exposures that are held end on 26 Dec 2024.'],
      ['over-threshold', 'The exposures that are held end on 26 Dec 2024.'],
      ['absence-rate', 'The absences that are held end on 26 Dec 2024.'],
      ['long-term-absence', 'The absences that are held end on 26 Dec 2024.'],
      ['peer-response', 'The requests for peer support that are held end on 2 Dec 2024.'],
    ] as const) {
      const after = points.get(id)!.slice(-3);
      expect(points.get(id)!.at(-4)!.state, id).not.toBe('not measurable');
      expect(after.map(({ value, reason }) => [value, reason])).toEqual(Array.from({ length: 3 }, () => [null, words]));
    }
    const before = (await analyse({ asOf: '2024-02-29', months: 4, indicators: ['absence-rate'] })).json;
    expect(before.result.indicators[0].chart.points[1].reason).toBe('The absences that are held begin on 3 Jan 2024.');
  });

  it('gives the same bytes every time, and only what was asked for', async () => {
    const spec = { asOf: '2024-12-31', months: 6, indicators: ['absence-rate', 'over-threshold'] };
    const [one, two] = [await analyse(spec), await analyse(spec)];
    expect(one.out).toBe(two.out);
    expect(one.json.result.indicators.map(({ id }: Indicator) => id)).toEqual(['over-threshold', 'absence-rate']);
  });

  it('says what is wrong with a spec, with exit 3', async () => {
    for (const [spec, word] of [
      [{ months: 12 }, '"asOf"'],
      [{ asOf: '2024-12-31', indicators: ['morale'] }, 'no indicator “morale”'],
      [{ asOf: '2024-12-31', months: 1_000 }, '"months"'],
    ] as const) {
      const run = await analyse(spec);
      expect([run.exit, run.json.error.code]).toEqual([3, 'BAD_SPEC']);
      expect(run.json.error.message).toContain(word);
    }
  });
});
