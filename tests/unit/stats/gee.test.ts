import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyInverseCorrelation } from '#main/stats/gee/working-correlation.ts';
import { csvOf, runProcedure } from '#tests/statistics/run-procedure.ts';

type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;
type Terms = { term: string; estimate: number | null; se: number | null; df: number | null }[];

async function run(columns: Columns, spec: Readonly<Record<string, unknown>>) {
  return runProcedure({ procedure: 'gee', data: csvOf(columns), spec });
}

const data = {
  id: [1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 7, 7, 8, 8, 8],
  x: [0.1, 1.2, -0.4, 0.6, 2, -1, 0.3, 0.8, 1.1, -0.2, 0.5, 0.9, -1.5, 0.2, 0.7, 1.4, -0.6, 0.05, 1.7, -0.9],
  y: [1.2, 2.9, 0.1, 2.2, 4.1, -0.3, 1.4, 1.9, 3.6, 1.1, 2.4, 2.2, -1.1, 0.8, 2.7, 3.9, 0.2, 1.5, 3.1, 0.4],
};

describe('gee', () => {
  it('does not depend on the order of the rows, which need not stand by cluster', async () => {
    const order = data.id.map((_id, i) => (i * 7) % data.id.length);
    const shuffled = Object.fromEntries(
      Object.entries(data).map(([name, values]) => [name, order.map((i) => values[i] as number)]),
    );
    for (const correlation of ['exchangeable', 'independence']) {
      const spec = { formula: 'y ~ x', id: 'id', correlation, smallSample: true };
      const [one, two] = [await run(data, spec), await run(shuffled, spec)];
      for (const [j, term] of (one['terms'] as Terms).entries()) {
        expect((two['terms'] as Terms)[j]?.se).toBeCloseTo(term.se as number, 10);
      }
      expect(two['alpha'] ?? 0).toBeCloseTo((one['alpha'] as number | null) ?? 0, 10);
    }
  });

  it('the corrected errors are larger, Kauermann and Carroll’s between', async () => {
    const spec = { formula: 'y ~ x', id: 'id' };
    const errors = async (smallSample: string): Promise<number[]> =>
      ((await run(data, { ...spec, smallSample }))['smallSample'] as { terms: Terms }).terms.map(
        ({ se }) => se as number,
      );
    const robust = ((await run(data, spec))['terms'] as Terms).map(({ se }) => se as number);
    const less = await errors('kauermann-carroll');
    const more = await errors('mancl-derouen');
    robust.forEach((se, j) => {
      expect(less[j]).toBeGreaterThan(se);
      expect(more[j]).toBeGreaterThan(less[j] as number);
    });
  });

  it('warns of few clusters, and gives t limits with the correction', async () => {
    const plain = await run(data, { formula: 'y ~ x', id: 'id' });
    expect(plain.warnings.join(' ')).toContain('8 clusters only');
    expect(plain['smallSample']).toBeUndefined();
    const corrected = await run(data, { formula: 'y ~ x', id: 'id', smallSample: true });
    expect(corrected['smallSample']).toMatchObject({ method: 'mancl-derouen', df: 6 });
  });

  it('with one row a cluster uses independence, and says so', async () => {
    const alone = { ...data, id: data.id.map((_id, i) => i) };
    const result = await run(alone, { formula: 'y ~ x', id: 'id' });
    expect(result['alpha']).toBeNull();
    expect(result.warnings.join(' ')).toContain('no correlation to estimate');
  });

  const binary = { id: data.id, z: data.x.map((x) => (x > 0.4 ? 1 : 0)), x: data.x };
  it.each([
    [{ ...data, id: data.id.map(() => 1) }, { formula: 'y ~ x', id: 'id' }, 'one cluster only'],
    [{ ...data, w: data.id.map(() => 1) }, { formula: 'y ~ x', id: 'id', waves: 'w', correlation: 'ar1' }, 'same “w”'],
    [binary, { formula: 'z ~ x', id: 'id', family: 'binomial' }, 'separation'],
    [data, { formula: 'y ~ x', id: 'id', family: 'poisson' }, 'not be negative'],
    [data, { formula: 'y ~ (1 | id)', id: 'id' }, 'lmm'],
    [data, { formula: 'y ~ x + cluster(id)', id: 'id' }, '“id”'],
    [{ ...data, y: data.id }, { formula: 'y ~ x', id: 'id' }, 'repeat one another'],
  ])('refuses what cannot be (%#)', async (columns, spec, words) => {
    await expect(run(columns as Columns, spec)).rejects.toThrow(words);
  });

  it('solves with its working correlations', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('exchangeable' as const, 'ar1' as const),
        fc.double({ min: -0.15, max: 0.9, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 6 }),
        (name, alpha, gaps) => {
          const waves = Int32Array.from(gaps.map((_gap, i) => gaps.slice(0, i + 1).reduce((a, b) => a + b, 0)));
          const n = waves.length;
          const b = Float64Array.from({ length: n }, (_none, i) => Math.sin(i + 1));
          const x = new Float64Array(n);
          applyInverseCorrelation(name, alpha, waves, 0, n, b, x);
          for (let i = 0; i < n; i += 1) {
            let product = 0;
            for (let j = 0; j < n; j += 1) {
              const lag = Math.abs((waves[i] as number) - (waves[j] as number));
              product += (i === j ? 1 : name === 'ar1' ? alpha ** lag : alpha) * (x[j] as number);
            }
            expect(product).toBeCloseTo(b[i] as number, 9);
          }
        },
      ),
    );
  });
});
