import { describe, expect, it } from 'vitest';
import { changeRuleOf, scoresInWords, speaksForItself } from '#main/analysis/cases/score-words.ts';
import { allInstruments, instrumentNamed } from '#main/analysis/instruments/registry.ts';
import type { InstrumentDefinition } from '#shared/domain/instrument.ts';

const words = (instrument: string, scores: readonly (number | null)[], scale = 'total', find = instrumentNamed) =>
  [
    ...scoresInWords(
      scores.map((score, at) => ({ day: `2026-0${at + 1}-01`, instrument, scale, score })),
      find,
    ),
  ].reverse();

describe('scores in words', () => {
  it('are never a bare number: range, direction, band and cut-off stand with each', () => {
    const [line] = words('PHQ-9', [14]);
    expect(line).toEqual({
      day: '2026-01-01',
      instrument: 'PHQ-9',
      scale: 'PHQ-9 total',
      score: '14 on 0 to 27, where higher is worse',
      band: 'moderate',
      caseness: 'Meets the cut-off for caseness (at least 10)',
      sinceFirst: 'First score',
      sincePrevious: 'First score',
      assessable: true,
    });
  });

  it('call a change reliable from the published points on, and recovered only past the cut-off', () => {
    const lines = words('PHQ-9', [16, 11, 10, 9, 4, 10]);
    expect(lines.map(({ sinceFirst }) => sinceFirst.split(' (')[0])).toEqual([
      'First score',
      'No reliable change',
      'Reliably better',
      'Recovered: reliably better, and past the cut-off',
      'Recovered: reliably better, and past the cut-off',
      'Reliably better',
    ]);
    expect(lines.map(({ sincePrevious }) => sincePrevious.split(' (')[0])).toEqual([
      'First score',
      'No reliable change',
      'No reliable change',
      'No reliable change',
      'No reliable change',
      'Reliably worse',
    ]);
    expect(lines[1]!.sinceFirst).toBe('No reliable change (5 lower; reliable from 6 points, NHS Talking Therapies)');
  });

  it('say “not assessable” where answers are missing, and skip such a score as a baseline', () => {
    const [first, second, third] = words('PHQ-9', [null, 12, 4]);
    expect(first).toMatchObject({ score: 'Not assessable: too few answers for a score', assessable: false });
    expect(first!.caseness).toBe('Not assessable');
    expect(second!.sinceFirst).toBe('First score');
    expect(third!.sinceFirst).toMatch(/^Recovered/);
  });

  it('say “not assessable” of instruments and scales that are not known, and of rules that are not confirmed', () => {
    expect(words('HOME-MADE', [3])[0]).toMatchObject({ assessable: false });
    expect(words('PHQ-9', [3], 'no such scale')[0]).toMatchObject({ assessable: false });
    const without = allInstruments().find(
      (entry) =>
        entry.reliableChange.every(({ enabled }) => !enabled) && changeRuleOf(entry, entry.scales[0]!) === null,
    )!;
    const scale = without.scales[0]!;
    expect(words(without.code, [scale.min, scale.max], scale.scale)[1]!.sinceFirst).toBe(
      'Not assessable: no confirmed rule of reliable change',
    );
  });

  it('leave out parts of an instrument that nothing confirmed speaks of, and keep those that stand alone', () => {
    const pcl = instrumentNamed('PCL-5')!;
    expect(pcl.scales.map(({ scale }) => speaksForItself(pcl, scale))).toEqual(
      pcl.scales.map(({ scale }) => scale === pcl.mainScale),
    );
    const itq = instrumentNamed('ITQ')!;
    expect(itq.scales.every(({ scale }) => speaksForItself(itq, scale))).toBe(true);
    expect(words('ITQ', [3], itq.scales[0]!.scale)[0]!.scale).toMatch(/^ITQ: /);
  });

  it('use Jacobson and Truax from the norms where no points are published: 1.96·√2·SD·√(1 − r)', () => {
    const phq = instrumentNamed('PHQ-9')!;
    const norm = phq.norms[0]!;
    const made: InstrumentDefinition = {
      ...phq,
      reliableChange: [],
      norms: [{ ...norm, enabled: true, standardDeviation: 5, reliability: { value: 0.84, type: 'test-retest' } }],
    };
    // 1.959964 · √2 · 5 · 0.4 = 5.5437
    const states = (to: number): string => words('PHQ-9', [15, to], 'total', () => made)[1]!.sinceFirst;
    expect(states(10)).toMatch(/^No reliable change/);
    expect(states(9)).toMatch(/^Recovered/);
    expect(states(20)).toMatch(/^No reliable change/);
    expect(states(21)).toBe(
      'Reliably worse (6 higher; reliable from 5.54 points, from SD 5 and test-retest reliability 0.84)',
    );
  });

  it('turn round where higher is better', () => {
    const phq = instrumentNamed('PHQ-9')!;
    const made: InstrumentDefinition = {
      ...phq,
      higherIs: 'better',
      cutOffs: [{ ...phq.cutOffs[0]!, atLeast: null, atMost: 10 }],
      reliableChange: [{ ...phq.reliableChange[0]!, recoveryBelow: null }],
    };
    const lines = words('PHQ-9', [8, 14, 10, 2], 'total', () => made);
    expect(lines.map(({ sinceFirst }) => sinceFirst.split(' (')[0])).toEqual([
      'First score',
      'Recovered: reliably better, and past the cut-off',
      'No reliable change',
      'Reliably worse',
    ]);
    expect(lines[0]!.caseness).toBe('Meets the cut-off for caseness (at most 10)');
  });
});
