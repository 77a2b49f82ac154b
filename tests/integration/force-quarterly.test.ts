import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import type { Block, ReportDocument, TableCellValue } from '#shared/report/document.ts';
import { readPdf } from '../unit/report/read-pdf.ts';
import { newVault, type Session, temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('force-quarterly');
let session: Session;

beforeAll(async () => {
  session = await newVault(join(folder, 'vault'));
  const force = await session.call('synthetic.write', {
    folder: join(folder, 'force'),
    ...{ people: 300, years: 2, seed: 7 },
    kinds: ['people', 'exposures', 'screenings', 'absences'],
  });
  for (const { kind, path } of force.files) await session.call('imports.load', { file: path, kind, mapping: null });
}, 60_000);
afterAll(() => session.engine.close());

async function preview(spec: ReportSpec): Promise<ReportDocument> {
  return (await session.call('reports.preview', { spec })).document as unknown as ReportDocument;
}

async function resultOf(
  method: string,
  spec: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  return (await session.call('analyses.run', { method, spec: { ...spec } })).result;
}

function blocksOf({ sections }: ReportDocument, section: string): readonly Block[] {
  return sections.find(({ id }) => id === section)?.blocks ?? [];
}

/** Cells of the row of a table, or of a figure’s numbers, that begins with these words. */
function rowOf(document: ReportDocument, section: string, id: string, label: string): readonly TableCellValue[] {
  const block = blocksOf(document, section).find((one) => 'id' in one && one.id === id);
  const data = block?.kind === 'figure' ? block.data : block?.kind === 'table' ? block : null;
  const row = data?.rows.find(({ cells: [first] }) => first?.kind === 'text' && first.text === label);
  return row?.cells ?? [];
}

const quarter = { from: '2026-01-01', to: '2026-03-31' };
const before = { from: '2025-10-01', to: '2025-12-31' };
const quarterly: ReportSpec = {
  template: 'force-quarterly',
  quarter: '2026-Q1',
  sections: ['indicators', 'exposure', 'wellbeing', 'absence', 'support', 'offers', 'data'],
};

describe('the quarterly report', () => {
  it('prints what the analyses of its quarters find, in its order, and says what to import where nothing is held', async () => {
    const document = await preview(quarterly);
    expect(document.sections.slice(0, 8).map(({ id }) => id)).toEqual(['summary', ...(quarterly.sections ?? [])]);
    const [now, then] = [await resultOf('exposure-period', quarter), await resultOf('exposure-period', before)];
    const [, events, eventsBefore] = rowOf(document, 'exposure', 'kinds', 'All kinds');
    expect(events).toMatchObject({ value: now['events'] });
    expect(eventsBefore).toMatchObject({ value: then['events'] });
    expect(now['events']).toBeGreaterThan(100);
    const figures = blocksOf(document, 'summary').flatMap((block) =>
      block.kind === 'key-figures' ? block.figures : [],
    );
    expect(figures[0]).toMatchObject({ value: (now['events'] as number).toLocaleString('en-GB') });
    const absence = await resultOf('absence', { ...quarter, minimum: 10 });
    const [, rate] = rowOf(document, 'absence', 'absence-table', 'FTE days lost per 100 in post');
    expect(rate).toMatchObject({ value: (absence['all'] as { ratePercent: number }).ratePercent });
    expect(JSON.stringify(blocksOf(document, 'support'))).toContain('names no support');
    expect(JSON.stringify(blocksOf(document, 'offers'))).toContain('No signal was raised');
  });

  it('is written, opened, and made again to the last digit', async () => {
    const built = join(folder, 'quarterly');
    // Two of its sections are enough to be written and read again.
    const spec: ReportSpec = { ...quarterly, sections: ['exposure', 'absence'] };
    await session.call('reports.build', { spec, folder: built });
    const { text } = readPdf(readFileSync(join(built, 'force-quarterly.pdf')));
    for (const words of ['In short', 'Jan to Mar 2026', 'Reporting checklist', 'Analyses in full']) {
      expect(text).toContain(words.replaceAll(' ', ''));
    }
    expect(readFileSync(join(built, 'force-quarterly.html'), 'utf8')).toContain('the quarter before');
    expect(await session.call('reports.verify', { folder: built })).toMatchObject({ equal: true, differences: [] });
  });

  it('is refused for days that are no quarter', async () => {
    const spec = { template: 'force-quarterly', from: '2026-01-01', to: '2026-02-28' };
    expect(await session.refused('reports.preview', { spec })).toMatchObject({ code: 'BAD_SPEC' });
  });
});

describe('the briefing for a unit', () => {
  const year = { from: '2025-04-01', to: '2026-03-31' };
  type Units = { readonly units: string[]; readonly peopleByUnit: number[]; readonly unitMonths: number[][] };
  const unitsOf = async () => (await resultOf('exposure-period', year)) as unknown as Units;

  it('prints the unit beside the force as the analysis counts it, and no other unit', async () => {
    const { units, peopleByUnit, unitMonths } = await unitsOf();
    const row = peopleByUnit.indexOf(Math.max(...peopleByUnit));
    const unit = units[row] ?? '';
    const spec: ReportSpec = { template: 'unit-briefing', unit, ...year };
    const document = await preview(spec);
    const inTime = blocksOf(document, 'in-time').find((block) => block.kind === 'figure');
    if (inTime?.kind !== 'figure') throw new Error('no chart');
    const counts = inTime.data.rows.map(({ cells }) => cells[1]);
    counts.forEach((cell, at) => {
      const count = unitMonths[row]?.[at] ?? 0;
      if (cell?.kind === 'number') expect(cell.value).toBe(count);
      else expect(cell?.kind).toBe('withheld');
    });
    expect(counts.some((cell) => cell?.kind === 'number')).toBe(true);
    const text = JSON.stringify(document);
    const others = units.filter((name) => name !== unit && name !== 'UNKNOWN' && !unit.includes(name));
    expect(others.filter((name) => text.includes(`"${name}"`))).toEqual([]);
    const built = join(folder, 'briefing');
    await session.call('reports.build', { spec, folder: built });
    expect(await session.call('reports.verify', { folder: built })).toMatchObject({ equal: true, differences: [] });
  });

  it('is refused for a unit of few people, with what to do, and for one that nobody is in', async () => {
    const { units, peopleByUnit } = await unitsOf();
    const small = peopleByUnit.findIndex((people, at) => people > 0 && people < 10 && units[at] !== 'UNKNOWN');
    expect(small).toBeGreaterThanOrEqual(0);
    const ask = (unit: string | undefined) =>
      session.refused('reports.build', {
        spec: { template: 'unit-briefing', unit, ...year },
        folder: join(folder, 'none'),
      });
    expect(await ask(units[small])).toMatchObject({
      code: 'DISCLOSURE',
      hint: expect.stringContaining('larger unit') as string,
    });
    expect(await ask('Nowhere')).toMatchObject({ code: 'NOT_FOUND' });
  });
});
