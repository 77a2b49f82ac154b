import { describe, expect, it } from 'vitest';
import { mediationSensitivity } from '#main/analysis/families/sensitivity.ts';
import { familyCounts } from '#main/services/reports/added/families-part.ts';
import { familyImpactReport } from '#main/services/reports/family-impact/family-impact-report.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { composeDocument } from '#shared/report/compose-document.ts';
import type { ReportDocument, TableBlock } from '#shared/report/document.ts';
import { familiesFrom, familyImpactOf } from '../../../fixtures/family-answers.ts';

function resultOf(couples: number): FamilyImpactResult {
  const found = familyImpactOf(familiesFrom(3, couples));
  if (!found.ok) throw new Error(found.error.message);
  return found.value.result;
}

function analysisOf(result: FamilyImpactResult): AnalysisResult {
  return {
    method: 'family-impact',
    version: '2',
    asOf: '2026-02-02',
    spec: { wave: null, samples: 2_000 },
    result: result as unknown as AnalysisResult['result'],
    reading: ['Who answered.', 'All of this is association at one time.'],
    warnings: ['Crossover rests on few couples.'],
    provenance: {
      batches: [{ batch: 3, kind: 'families', fileHash: 'a'.repeat(64), accepted: 7 }],
      snapshot: 'b'.repeat(64),
      scheme: 'count-v1',
      schemeHash: null,
      coverage: 1,
      codeRules: null,
      engine: 'tidemark 0.1.0',
    },
    r: '',
  };
}

function reportOf(result: FamilyImpactResult): ReportDocument {
  const spec = { template: 'family-impact', title: 'Impact on families', marking: 'OFFICIAL', version: '1.0' } as const;
  return familyImpactReport({ spec, result, analysis: analysisOf(result), synthetic: true });
}

function tablesOf(document: ReportDocument): readonly TableBlock[] {
  return document.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? [block] : [])));
}

function tableOf(document: ReportDocument, id: string): TableBlock {
  const table = tablesOf(document).find((one) => one.id === id);
  if (!table) throw new Error(`there is no table ${id}`);
  return table;
}

const result = resultOf(120);
const report = reportOf(result);

describe('the full report on families', () => {
  it('has a path diagram, estimates with intervals, tests and the ways, with every reference leading somewhere', () => {
    const { sections } = composeDocument(report);
    const figures = sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'figure'));
    expect(figures).toHaveLength(3);
    expect(tableOf(report, 'effects').rows).toHaveLength(4);
    expect(tableOf(report, 'tests').rows).toHaveLength(5);
    expect(tableOf(report, 'ways-table').rows.at(-1)).toMatchObject({ role: 'total' });
    expect(sections.map(({ heading }) => heading)).toContain('What this cannot show');
  });

  it('prints no count that the log of releases does not know of', () => {
    const known = new Set(familyCounts(result).map(({ count }) => count));
    const columns = new Set(['Households', 'Answered', 'Couples', 'Rests on']);
    const counts = tablesOf(report).flatMap(({ columns: heads, rows }) =>
      rows.flatMap(({ cells }) =>
        cells.flatMap((cell, at) =>
          cell.kind === 'number' && columns.has(heads[at]?.label ?? '') ? [cell.value] : [],
        ),
      ),
    );
    expect(counts.length).toBeGreaterThan(10);
    for (const count of counts) expect(known).toContain(count);
    expect(JSON.stringify(report)).not.toContain('accepted');
  });

  it('says how strong something unmeasured would have to be, link by link', () => {
    if (result.mediation.refused !== null) throw new Error(result.mediation.refused);
    const found = mediationSensitivity(result.mediation);
    expect(found).toHaveLength(6);
    for (const { arrow, toZero, toUnclear } of found) {
      expect(toZero).toBeGreaterThan(0);
      expect(toZero).toBeLessThan(1);
      // The interval of a link reaches zero exactly where nothing more is needed to make it unclear, but for the df of one more.
      const isClear = arrow.low > 0 || arrow.high < 0;
      if (!isClear) expect(toUnclear).toBe(0);
      else if (Math.min(Math.abs(arrow.low), Math.abs(arrow.high)) > 0.01 * (arrow.high - arrow.low)) {
        expect(toUnclear).toBeGreaterThan(0);
      }
    }
    const strongest = found.reduce((best, one) => (one.toZero > best.toZero ? one : best));
    expect(`${strongest.arrow.from} ${strongest.arrow.to}`).toBe('officer-distress officer-conflict');
  });

  it('claims no cause, and no child or household is told apart', () => {
    const text = JSON.stringify(report.sections);
    expect(text.match(/\b(causes|caused|leads to|effect of|because of)\b/g)).toEqual(['causes']);
    expect(text).toContain('Not a chain of causes');
    expect(text.match(/H0\d{3}|P\d{5}/g)).toBeNull();
    expect(text.match(/Child, /g)).toBeNull();
  });

  it('says why, where too few couples answered, and leaves no reference without its place', () => {
    const few = reportOf(resultOf(20));
    const text = JSON.stringify(composeDocument(few));
    expect(text).toContain('nothing is said of couples');
    expect(text).toContain('not computed');
    expect(tablesOf(few).map(({ id }) => id)).not.toContain('sensitivity');
  });
});
