import { describe, expect, it } from 'vitest';
import { writePdf } from '#main/report/write-pdf.ts';
import { familySheet } from '#main/services/reports/family-summary/family-sheet.ts';
import { usualSignposting } from '#main/services/signposting/index.ts';
import type { FamilyArrow, FamilyImpactResult } from '#shared/domain/family-impact.ts';
import type { Block, ReportDocument } from '#shared/report/document.ts';
import { plainText } from '#shared/report/format.ts';
import { familiesFrom, familyImpactOf } from '../../../fixtures/family-answers.ts';
import { readPdf } from '../../report/read-pdf.ts';

const found = familyImpactOf(familiesFrom(3, 120));
if (!found.ok) throw new Error(found.error.message);
const { result } = found.value;

function sheetOf(of: FamilyImpactResult, told: { families: number | null; couples: number | null }): ReportDocument {
  return familySheet({
    ...told,
    spec: { title: 'Police families: what you told us', marking: 'OFFICIAL', signposting: usualSignposting },
    synthetic: true,
    result: of,
    lastDay: '2026-02-02',
    engine: 'tidemark 0.1.0',
  });
}

type Sign = 1 | -1;

/** The result with every link as sure as told, each in the direction told. */
function withLinks(signOf: Sign | ((from: string) => Sign), isSure: boolean): FamilyImpactResult {
  const turned = (arrow: FamilyArrow): FamilyArrow => {
    const sign = typeof signOf === 'number' ? signOf : signOf(arrow.from);
    const [low, high] = sign > 0 ? [0.5, 1.5] : [-1.5, -0.5];
    return { ...arrow, estimate: sign, low: isSure ? low : -1, high: isSure ? high : 1 };
  };
  const part = <Part extends FamilyImpactResult['spillover'] | FamilyImpactResult['crossover']>(of: Part): Part =>
    of.refused === null ? { ...of, diagram: { ...of.diagram, arrows: of.diagram.arrows.map(turned) } } : of;
  return { ...result, spillover: part(result.spillover), crossover: part(result.crossover) };
}

function sentencesOf(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [plainText(block.text)];
    case 'list':
      return block.items.map(plainText);
    case 'definitions':
      return block.items.map(({ meaning }) => (typeof meaning === 'string' ? meaning : String(meaning[0])));
    case 'callout':
      return [block.title, ...block.text.map(plainText)];
    default:
      throw new Error(`a sheet has no ${block.kind}`);
  }
}

function textOf(document: ReportDocument): string {
  return [plainText(document.about), ...document.sections.flatMap(({ blocks }) => blocks.flatMap(sentencesOf))].join(
    ' ',
  );
}

function syllables(word: string): number {
  const sounded = word
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, (end) => end[0] ?? '');
  return Math.max(1, (sounded.match(/[aeiouy]+/g) ?? []).length);
}

/** School grade of a text by Flesch and Kincaid (1975); a reading age is five years more. */
function readingGrade(text: string): number {
  const sentences = text.split(/[.!?]+(?:\s|$)/).filter((sentence) => /[a-z]/i.test(sentence)).length;
  const words = text.match(/[A-Za-z’]+/g) ?? [];
  const sounds = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (sounds / words.length) - 15.59;
}

const variants: readonly (readonly [string, FamilyImpactResult, number | null])[] = [
  ['as drawn', result, 120],
  ['all links one way', withLinks(1, true), 120],
  ['all links the other way', withLinks(-1, true), 1_200],
  ['every link by itself', withLinks((from) => (from === 'officer-distress' ? 1 : -1), true), 1_200],
  ['nothing clear', withLinks(1, false), null],
  ['couples refused', { ...result, crossover: { refused: 'Too few.' }, differences: [] }, null],
];

describe('the words of the sheet for families', () => {
  it.each(variants)('can be read at twelve: %s', (_name, of, families) => {
    const text = textOf(sheetOf(of, { families, couples: families }));
    expect(readingGrade(text)).toBeLessThan(7);
    expect(text).not.toMatch(/caus|because|leads? to|due to|risk|score|significan/i);
  });

  it.each(variants)('fit on one page, made-up data and all: %s', async (_name, of, families) => {
    const { pages } = readPdf(await writePdf(sheetOf(of, { families, couples: families })));
    expect(pages).toHaveLength(1);
  });

  it('are measured by a formula that tells hard words from easy ones', () => {
    expect(readingGrade('The cat sat on the mat. It was a warm day.')).toBeLessThan(2);
    expect(
      readingGrade(
        'Interdependence of psychological distress between cohabiting partners necessitates multidisciplinary consideration.',
      ),
    ).toBeGreaterThan(15);
  });

  it('say which way a link goes, whatever way the measure is scored', () => {
    // RAS is better when higher, GHQ-12 worse: where the one goes down as the other goes up, both get worse.
    const worse = textOf(sheetOf(withLinks(-1, true), { families: null, couples: null }));
    expect(worse).toContain(
      'Officers and partners who felt more strain were less happy with how things were as a couple.',
    );
    expect(worse).toContain(
      'Officers who felt more strain, or had been to more hard events, said less often that work got in the way',
    );
    const better = textOf(sheetOf(withLinks(1, true), { families: null, couples: null }));
    expect(better).toContain('Where one of the two felt more strain, the other one was happier');
    const unclear = textOf(sheetOf(withLinks(1, false), { families: null, couples: null }));
    expect(unclear).toContain('None was clear this time.');
    expect(unclear).not.toMatch(/felt more strain (were|said)/);
  });

  it('leave a number out that is withheld, without a word of how large it is', () => {
    const text = textOf(sheetOf(result, { families: null, couples: null }));
    expect(text).toContain('Families took part.');
    expect(text).not.toMatch(/\d+ (families|of them)/);
  });
});
