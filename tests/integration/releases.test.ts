import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { csvFile, newVault, type Session, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('releases');
const wholeQuarter: ReportSpec = { template: 'exposure-and-wellbeing', from: '2026-01-01', to: '2026-03-31' };
let session: Session;

/** Sixty people in two units; kinds of exposure on days that two periods part. */
function rows(): string[] {
  const of = (code: string, day: string, count: number): string[] =>
    Array.from({ length: count }, (_, at) => `P${at % 60},${day}T10:00,${code},I-${code}-${day}-${at}`);
  return [
    ...of('RTC_FATAL', '2026-01-10', 40),
    ...of('RTC_FATAL', '2026-02-10', 30),
    // Three in March: a report to the end of February and one to the end of March differ by them.
    ...of('RTC_FATAL', '2026-03-10', 3),
    ...of('HOMICIDE_SCENE', '2026-01-11', 25),
    ...of('HOMICIDE_SCENE', '2026-03-11', 35),
    ...of('SUICIDE_COMPLETED', '2026-02-12', 30),
    ...of('SUICIDE_COMPLETED', '2026-03-12', 45),
  ];
}

beforeAll(async () => {
  session = await newVault(join(folder, 'vault'));
  const people = csvFile(
    folder,
    'people.csv',
    'person_ref,role,unit',
    Array.from(
      { length: 60 },
      (_, at) => `P${at},${at % 3 === 0 ? 'Sergeant' : 'Constable'},${at % 2 === 0 ? 'North' : 'South'}`,
    ),
  );
  const exposures = csvFile(folder, 'exposures.csv', 'person_ref,occurred_at,category,incident_ref', rows());
  await session.call('imports.load', { file: people, kind: 'people', mapping: null });
  await session.call('imports.load', { file: exposures, kind: 'exposures', mapping: null });
});

async function kinds(spec: ReportSpec): Promise<Record<string, number | null>> {
  const document = (await session.call('reports.preview', { spec })).document as unknown as ReportDocument;
  const blocks = document.sections.flatMap((section) => [...section.blocks]);
  const table = blocks.flatMap((block) =>
    block.kind === 'figure' && block.data.columns[0]?.label === 'Kind' ? [block.data] : [],
  )[0];
  return Object.fromEntries(
    (table?.rows ?? []).map(({ cells: [name, count] }) => [
      name?.kind === 'text' ? name.text : '',
      count?.kind === 'number' ? count.value : null,
    ]),
  );
}

describe('the log of releases', () => {
  it('makes a later report withhold what only comparing it with an earlier one would show', async () => {
    const alone = await kinds(wholeQuarter);
    expect(Object.values(alone)).not.toContain(null);
    await session.call('reports.build', {
      spec: { ...wholeQuarter, to: '2026-02-28' },
      folder: join(folder, 'to-february'),
      purpose: 'Chief officers, monthly review',
    });
    const after = await kinds(wholeQuarter);
    const hidden = Object.entries(after).filter(([, count]) => count === null);
    // 73 with 70 already out would give the 3 of March away; a second kind goes with it, or the total would give it back.
    expect(hidden.length).toBeGreaterThanOrEqual(2);
    expect(hidden.some(([name]) => alone[name] === 73)).toBe(true);
    expect(after['All kinds']).toBe(alone['All kinds']);
  });

  it('says what was let out, when, by whom, why and how much was withheld, and is in the audit log', async () => {
    await session.call('reports.build', { spec: wholeQuarter, folder: join(folder, 'quarter') });
    const { releases } = await session.call('releases.list', {});
    expect(releases.map(({ purpose, marking }) => [purpose, marking])).toEqual([
      ['', 'OFFICIAL-SENSITIVE'],
      ['Chief officers, monthly review', 'OFFICIAL-SENSITIVE'],
    ]);
    expect(releases[0]!.withheld).toBeGreaterThan(0);
    expect(releases[0]!.counts).toBeGreaterThan(releases[0]!.withheld);
    const verified = await session.call('reports.verify', { folder: join(folder, 'to-february') });
    expect(verified.differences).toEqual([]);
    expect((await session.call('reports.verify', { folder: join(folder, 'quarter') })).equal).toBe(true);
  });
});
