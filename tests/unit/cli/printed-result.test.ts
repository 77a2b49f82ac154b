import { describe, expect, it } from 'vitest';
import { printedResult } from '#main/cli/commands/printed-result.ts';

const common = { procedure: 'glm', n: 12, excluded: 1, warnings: ['Look at this.'], r: 'result <- 1' };

describe('a result for people', () => {
  it('says how many rows were left out, what was found, and the warnings', () => {
    const lines = printedResult({
      ...common,
      family: 'poisson',
      terms: [
        { term: '(Intercept)', estimate: 1.23456789, p: 0.00001234, df: null },
        { term: 'x', estimate: -20, p: 0.5, df: null },
      ],
      fit: { aic: 10.5, converged: true, test: { name: 'F', df: [1, 20] } },
      empty: [],
    });
    expect(lines).toEqual([
      'glm: n = 12, 1 row left out for missing values',
      'family: poisson',
      '',
      'terms',
      '  term         estimate          p  df',
      '  (Intercept)   1.23457  1.2340e-5   –',
      '  x                 -20        0.5   –',
      'fit: aic 10.5, converged yes',
      '  test: name F, df 1, 20',
      'empty: –',
      '',
      'Warning: Look at this.',
      '',
      'All digits, and the script for R that finds the same numbers (under r), are in --json.',
    ]);
  });

  it('puts a list within a list under the name of its row, and cuts long ones', () => {
    const curve = Array.from({ length: 30 }, (_none, time) => ({ time, survival: 1 - time / 100 }));
    const lines = printedResult({ ...common, excluded: 0, warnings: [], strata: [{ name: 'night', n: 30, curve }] });
    expect(lines).toContain('glm: n = 12');
    expect(lines).toContain('strata, night: curve');
    expect(lines).toContain('  … 18 more rows: --json or --out F');
    expect(lines.join('\n')).not.toContain('object');
  });

  it('prints a small matrix and names a large one', () => {
    const square = (size: number) => Array.from({ length: size }, () => Array.from({ length: size }, () => 0.25));
    const lines = printedResult({ ...common, small: square(2), large: square(9) });
    expect(lines).toContain('  0.25  0.25');
    expect(lines).toContain('large: 9 × 9 values, in --json');
  });
});
