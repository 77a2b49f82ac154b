import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredUpperTail } from '#main/stats/distributions/chi-squared.ts';
import { fQuantile, fUpperTail } from '#main/stats/distributions/f.ts';
import { noncentralTCdf, noncentralTUpperTail } from '#main/stats/distributions/noncentral-t.ts';
import { normalCdf, normalQuantile, normalUpperTail } from '#main/stats/distributions/normal.ts';
import { tQuantile, tUpperTail } from '#main/stats/distributions/student-t.ts';
import type { RSession } from './r-session.ts';
import { startWebR } from './webr-session.ts';

let web: RSession;
beforeAll(async () => {
  web = await startWebR();
});
afterAll(() => web.close());

type Probe = { readonly r: string; readonly ours: (...given: number[]) => number; readonly given: readonly number[][] };

/** Every combination of the lists. */
function grid(...lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>((done, list) => done.flatMap((row) => list.map((value) => [...row, value])), [[]]);
}

const probabilities = [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.025, 0.2, 0.5, 0.7, 0.9, 0.975, 0.999, 1 - 1e-9];
const degrees = [0.5, 1, 2, 3.7, 5, 10, 29, 100, 1_234.5, 1e6];
const probes: Readonly<Record<string, Probe>> = {
  'normal, lower tail': { r: 'pnorm(a)', ours: normalCdf, given: grid([-37, -20, -8, -1, -0.1, 0, 0.3, 2, 8]) },
  'normal, upper tail': {
    r: 'pnorm(a, lower = FALSE)',
    ours: normalUpperTail,
    given: grid([-8, -1, 0, 0.1, 2, 8, 20, 37]),
  },
  'normal quantile': { r: 'qnorm(a)', ours: normalQuantile, given: grid(probabilities) },
  't, upper tail': {
    r: 'pt(a, b, lower = FALSE)',
    ours: tUpperTail,
    given: grid([-30, -2, -0.01, 0, 1e-8, 0.5, 1.96, 5, 40, 1e3, 1e6], degrees),
  },
  't quantile': {
    r: 'qt(a, b)',
    ours: tQuantile,
    given: grid([1e-12, 0.001, 0.025, 0.2, 0.4999, 0.7, 0.975, 0.9999], degrees),
  },
  'chi-squared, upper tail': {
    r: 'pchisq(a, b, lower = FALSE)',
    ours: chiSquaredUpperTail,
    given: [
      ...grid([1e-10, 0.01, 0.5, 1, 3.84, 10, 50, 300, 1_300], degrees),
      [900, 1_000],
      [1_000, 1_000],
      [1_200, 1_000],
      [5_100, 5_000],
      [1.001e6, 1e6],
      [401, 400],
      [390, 400],
    ],
  },
  'chi-squared, lower tail': {
    r: 'pchisq(a, b)',
    ours: chiSquaredCdf,
    given: grid([1e-6, 0.01, 0.5, 1, 3.84, 10, 50, 300], degrees),
  },
  'chi-squared quantile': {
    r: 'qchisq(a, b)',
    ours: chiSquaredQuantile,
    given: grid([1e-6, 0.025, 0.5, 0.9, 0.975, 0.9999], degrees),
  },
  'F, upper tail': {
    r: 'pf(a, b, c, lower = FALSE)',
    ours: fUpperTail,
    given: grid([1e-6, 0.1, 1, 2.5, 10, 200, 1e4], [1, 2.5, 7, 60], [1, 3, 12.3, 500, 1e6]),
  },
  'F quantile': { r: 'qf(a, b, c)', ours: fQuantile, given: grid([0.01, 0.5, 0.95, 0.999], [1, 3, 40], [2, 17, 300]) },
  'noncentral t': {
    r: 'pt(a, b, c)',
    ours: noncentralTCdf,
    given: grid([-3, -0.5, 0, 0.4, 2, 6], [3, 12.5, 58, 400], [-2, 0, 0.3, 1.5, 4, 10]),
  },
};

describe('tail probabilities and quantiles', () => {
  for (const [name, { r, ours, given }] of Object.entries(probes)) {
    it(`${name} as R has them`, async () => {
      const columns = ['a', 'b', 'c'].map(
        (letter, place) => `${letter} <- c(${given.map((row) => row[place] ?? 'NA').join(', ')})`,
      );
      const theirs = (await web.run(`${columns.join('\n')}\nresult <- list(p = suppressWarnings(${r}))`, {})) as {
        readonly p: number[];
      };
      // R reaches noncentral tails by a difference, to about 1e-12 absolutely; the others keep their relative accuracy.
      const least = name.startsWith('noncentral') ? 1e-10 : 1e-300;
      const worst = given.map((row, index) => {
        const value = ours(...row);
        const wanted = theirs.p[index] as number;
        const gap = Math.abs(value - wanted);
        return {
          row,
          value,
          wanted,
          relative: gap <= (name.startsWith('noncentral') ? 1e-11 : 0) ? 0 : gap / Math.max(Math.abs(wanted), least),
        };
      });
      expect(worst.filter(({ relative }) => !(relative < 1e-9))).toEqual([]);
    });
  }

  it('the upper tail of the noncentral t completes the lower', () => {
    for (const [t, df, ncp] of grid([-1, 0.5, 3], [4, 30], [-1, 2]) as [number, number, number][]) {
      expect(noncentralTCdf(t, df, ncp) + noncentralTUpperTail(t, df, ncp)).toBeCloseTo(1, 14);
    }
  });
});
