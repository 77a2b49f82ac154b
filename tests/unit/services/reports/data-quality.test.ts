import { describe, expect, it } from 'vitest';
import { methods } from '#main/services/analyses/methods.ts';
import { countName, countsToJudge, namedCodes } from '#main/services/reports/data-quality/counts-to-judge.ts';
import { coverageLines } from '#main/services/reports/data-quality/coverage-section.ts';
import { dataQualityReport } from '#main/services/reports/data-quality/data-quality-report.ts';
import { faultsOf } from '#main/services/reports/data-quality/faults.ts';
import { answerable, questions, touchedBy } from '#main/services/reports/data-quality/questions.ts';
import type { StatementFacts } from '#main/services/reports/data-quality/statement-facts.ts';
import { judgeTogether } from '#main/services/reports/judge-counts.ts';
import type { KindFreshness, QualityResult } from '#shared/contract/quality.ts';
import { documentFacts } from '#shared/report/document-facts.ts';

const months = ['2026-01', '2026-02', '2026-03'];

function fresh(kind: string, label: string, more: Partial<KindFreshness> = {}): KindFreshness {
  return {
    ...{ kind, label, rows: 900, batches: 2, lastImport: '2026-04-01T09:00:00.000Z', importedBy: 'ana' },
    ...{ from: '2026-01-01', to: '2026-03-31', daysSince: 0, cadenceDays: 30, lateDays: 0, rowsAhead: 0 },
    ...{ unknownPeople: 0, unknownRows: 0 },
    ...more,
  };
}

const quality: QualityResult = {
  ...{ asOf: '2026-03-31', findings: [], codesSeen: 9, codesTested: 4, volumes: [] },
  freshness: [
    fresh('people', 'People'),
    fresh('exposures', 'Exposures', { unknownPeople: 3, unknownRows: 40, lateDays: 40 }),
    fresh('screenings', 'Screenings', { rowsAhead: 7 }),
  ],
  coverage: [
    {
      ...{ kind: 'exposures', label: 'Exposures', basis: 'people', months, lastIsWhole: true },
      units: [
        { unit: 'North', people: [40, 40, 40], covered: [20, 0, 38], usual: 0.5, gaps: [null, 'none', null] },
        { unit: 'South', people: [8, 8, 8], covered: [4, 4, 8], usual: 0.5, gaps: [null, null, null] },
      ],
    },
  ],
  missing: [],
  codes: ['RTC-NEW', 'P. Smith'].map((code, at) => ({
    ...{ kind: 'incidents', label: 'Incidents', column: 'opened_code', code, change: 'appeared' as const },
    ...{ from: '2026-03-01', to: '2026-03-30', rows: at === 0 ? 60 : 2, shareBefore: 0, shareNow: 0.1, q: null },
  })),
  duplicates: {
    batches: [],
    near: [
      { kind: 'exposures', label: 'Exposures', what: 'one person twice', cases: 2, rows: 4, from: null, to: null },
    ],
  },
  notes: [],
};

function batch(number: number, kind: string, accepted: number, rejected = 0) {
  return {
    ...{ batch: number, kind, fileName: 'a.csv', fileHash: String(number).repeat(64), by: 'analyst' },
    ...{ importedAt: `2026-04-0${number}T09:00:00.000Z`, importedBy: 'ana', from: null, to: null },
    rows: { read: accepted + rejected + 1, accepted, superseded: 0, rejected, duplicate: 1 },
  };
}

const facts: StatementFacts = {
  spec: {
    ...{ template: 'data-quality', from: '2025-12-01', to: '2026-03-31', undone: 0 },
    ...{ title: 'Data-quality statement', marking: 'OFFICIAL-SENSITIVE', version: '1.0' },
  },
  synthetic: false,
  analysis: {
    ...{
      method: 'data-quality',
      version: '1',
      asOf: '2026-03-31',
      spec: {},
      result: {},
      reading: [],
      warnings: [],
      r: '',
    },
    provenance: {
      ...{ batches: [], snapshot: 'a'.repeat(64), scheme: null, schemeHash: null, coverage: null, codeRules: null },
      engine: 'tidemark 0',
    },
  },
  quality,
  codes: {
    ...{ all: 900, covered: 840, notImported: 0 },
    unmapped: [
      { code: 'LOC-1', rows: 57 },
      { code: 'K. Jones', rows: 3 },
    ],
  },
  batches: [
    batch(1, 'people', 300, 12),
    batch(2, 'exposures', 880, 6),
    batch(3, 'exposures', 20),
    batch(4, 'exposures', 3),
  ],
  undone: [],
};

async function shownOf(measures: 'workforce' | 'clinical') {
  const counts = countsToJudge(facts, measures);
  const { shown } = await judgeTogether(counts, [], new AbortController().signal);
  return (name: string) => {
    const cell = counts.cells.find(({ group }) => group === name);
    if (!cell) throw new Error(`nothing counts ${name}`);
    return shown.get(`${cell.group}|${cell.from}|${cell.to}`) ?? { value: null, reason: 'primary' as const };
  };
}

describe('the questions that data can answer', () => {
  it('name analyses that there are, and of each only extracts that it reads', () => {
    for (const { asks, methods: names, needs, better } of questions) {
      const read = new Set(names.flatMap((name) => methods[name]?.kinds ?? []));
      for (const kind of [...needs.flat(), ...better.map((one) => one.kind)])
        expect(read, `${asks}: ${kind}`).toContain(kind);
      for (const name of names) expect(Object.keys(methods)).toContain(name);
    }
  });

  it('cannot be answered without what they need, and only in part without the rest', () => {
    const found = answerable(new Set(['people', 'attendances', 'screenings']));
    const of = (method: string) => found.find(({ question }) => question.methods.includes(method));
    expect(of('exposure-trend')).toMatchObject({ lacking: [], without: ['no rate for each 100 duty days'] });
    expect(of('absence')?.lacking).toEqual([['absences']]);
    expect(of('exposure-load')?.lacking).toEqual([]);
    expect(touchedBy('families')).toEqual(['family-impact']);
  });
});

describe('a data-quality statement', () => {
  it('withholds a small batch and what would give it away, and names no rare code', async () => {
    const shown = await shownOf('workforce');
    expect(shown(countName.extract('exposures', 'accepted')).value).toBe(903);
    const batches = facts.batches
      .filter(({ kind }) => kind === 'exposures')
      .map((one) => shown(countName.batch(one)).value);
    expect(batches[2]).toBeNull();
    expect(batches.filter((value) => value === null)).toHaveLength(2);
    expect(namedCodes(facts)).toEqual({ named: [{ code: 'LOC-1', rows: 57 }], others: { codes: 1, rows: 3 } });
    expect(shown(countName.codes('of other codes')).value).toBeNull();
    expect(shown(countName.code('LOC-1')).value).toBeNull();
    expect(shown(countName.unknownPeople('exposures')).value).toBeNull();
  });

  it('says what was found with what it does, and no count that is withheld', async () => {
    const [work, health] = [await shownOf('workforce'), await shownOf('clinical')];
    const judged = (name: string) => (name.includes('screenings') ? health(name) : work(name));
    const words = documentFacts(dataQualityReport(facts, judged))
      .map(({ where, says }) => `${where}: ${says}`)
      .join('\n');
    expect(words).toContain('Exposures: no rows of North, Feb 2026');
    expect(words).toContain(
      'Touches: exposure-load, exposure-series, exposure-period, signals, exposure-trend, exposure-outcome.',
    );
    expect(words).toContain('Exposures: people who are not among the imported people › How many: [c]');
    expect(words).toContain('Screenings: rows of days after they were imported › How many: [c]');
    expect(words).not.toMatch(/Smith|Jones/);
    expect(words).toContain('Cannot be answered: no absences held.');
    expect(words).toContain('6.2 › Where it is answered, or why not: Not answered: nobody has compared');
    expect(faultsOf(facts).map(({ severity }) => severity)).toEqual(
      [...faultsOf(facts).map(({ severity }) => severity)].sort(),
    );
  });

  it('draws the share of those with a row by month, and withholds it where few have one or few have none', () => {
    const { months: drawn, lines } = coverageLines(quality, { from: '2026-01-15', to: '2026-03-31' });
    expect(drawn).toEqual(months);
    // 24 of 48, 4 of 48, 46 of 48.
    expect(lines).toEqual([{ label: 'Exposures', percent: [50, 'withheld', 'withheld'] }]);
  });
});
