import { afterAll, describe, expect, it } from 'vitest';
import { startNativeR } from './native-r-session.ts';
import { regressionInputs, regressionRows, regressionSets } from './nist-table.ts';
import { hasReference } from './reference.ts';
import { runProcedure } from './run-procedure.ts';

const native = startNativeR();
afterAll(async () => native?.close());

describe.skipIf(!hasReference)('NIST’s certified linear regressions', () => {
  it.each(regressionSets)('%s', async (set) => {
    const rows = await regressionRows(set, native);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((row) => row.digits < row.required)).toEqual([]);
    // Never two digits fewer than R has.
    expect(rows.filter((row) => row.digitsOfR !== null && row.digits < row.digitsOfR - 2)).toEqual([]);
  });

  it('says that R’s usual tolerance would leave a column of Filip out', async () => {
    const result = await runProcedure(regressionInputs('filip'));
    expect(result.warnings.join()).toMatch(/nearly collinear.*1e-7/);
  });

  it.each(['wampler1', 'wampler2'] as const)('says that %s is fitted exactly', async (set) => {
    const result = await runProcedure(regressionInputs(set));
    expect(result.warnings.join()).toMatch(/exactly/);
  });
});
