import { afterAll, describe, expect, it } from 'vitest';
import { startNativeR } from './native-r-session.ts';
import { correctDigits } from './nist-digits.ts';
import { anovaRows, anovaSets, univariateRows, univariateSets } from './nist-univariate-anova.ts';
import { hasReference, referenceCase, referenceData } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

const native = startNativeR();
afterAll(async () => native?.close());

/** Sets whose responses keep fewer digits, once they are doubles, than the eight asked for of all others. */
const roundedAway: Readonly<Record<string, number>> = { numacc4: 8, smls07: 4 };

describe('correct digits', () => {
  it('are those of the relative error, or of the absolute one beside 0', () => {
    expect(correctDigits(1.0001, '1')).toBeCloseTo(4, 6);
    expect(correctDigits(1e-9, 0)).toBeCloseTo(9, 6);
    expect(correctDigits(2, 2)).toBe(15);
    expect(correctDigits(-3, 3)).toBe(0);
    expect(correctDigits(null, 1)).toBe(0);
    expect(correctDigits(Number.NaN, 1)).toBe(0);
  });
});

describe.skipIf(!hasReference)('NIST’s certified univariate summaries', () => {
  it.each(univariateSets)('%s', async (set) => {
    const rows = await univariateRows(set, native);
    expect(rows).toHaveLength(3);
    const bar = roundedAway[set] ?? 9;
    expect(rows.filter(({ digits, required }) => digits < Math.max(required, bar))).toEqual([]);
    expect(rows.filter(({ digits, digitsOfR }) => digitsOfR !== null && digits < digitsOfR - 1)).toEqual([]);
  });
});

describe.skipIf(!hasReference)('NIST’s certified analyses of variance', () => {
  it.each(anovaSets)('%s', async (set) => {
    const rows = await anovaRows(set, native);
    expect(rows).toHaveLength(7);
    const bar = roundedAway[set] ?? 8;
    expect(rows.filter(({ digits, required }) => digits < Math.max(required, bar))).toEqual([]);
    expect(rows.filter(({ digits, digitsOfR }) => digitsOfR !== null && digits < digitsOfR - 1)).toEqual([]);
  });

  it.each(['atmwtag', 'smls01', 'smls04'] as const)('%s: degrees of freedom, p, and types that agree', async (set) => {
    const { between, within, p_value } = referenceCase(`01-nist-anova-${set}`).reference as unknown as {
      between: { df: number };
      within: { df: number };
      p_value: number;
    };
    for (const type of [1, 2, 3]) {
      const found = (await runProcedure({
        procedure: 'anova',
        data: referenceData(`nist_${set}.csv`),
        spec: { formula: 'y ~ factor(group)', type },
      })) as unknown as { table: { df: number; p: number }[]; residual: { df: number } };
      expect(found.table[0]?.df).toBe(between.df);
      expect(found.residual.df).toBe(within.df);
      expect(correctDigits(found.table[0]?.p ?? null, p_value)).toBeGreaterThan(7);
    }
  });
});
