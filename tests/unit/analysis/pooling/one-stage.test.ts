import { describe, expect, it } from 'vitest';
import { numbers, runOn, tableOf } from '#main/analysis/absence/model-table.ts';
import { fitOutcome } from '#main/analysis/exposure/outcome/outcome-model.ts';
import { type PoolAnswer, poolForces } from '#main/analysis/pooling/pool-forces.ts';
import { parsePoolSpec } from '#main/analysis/pooling/pool-spec.ts';
import { lmm } from '#main/stats/procedures/lmm/lmm.ts';
import { bodyOf, type DrawnForce, drawForces, knots } from '../../../fixtures/drawn-forces.ts';

/** Fixed before the first run. */
const seed = 20_261_126;
/** `TIDEMARK_POOLING=1` prints the figures. */
const tells = process.env['TIDEMARK_POOLING'] === '1';

const at = [2, 4, 7, 13, 18];

function pool(forces: readonly DrawnForce[]): PoolAnswer {
  const spec = parsePoolSpec({ at });
  if (!spec.ok) throw new Error(spec.error.message);
  return poolForces(forces.map(bodyOf), spec.value);
}

function joined(forces: readonly DrawnForce[], of: (force: DrawnForce) => Float64Array): Float64Array {
  return Float64Array.from(forces.flatMap((force) => Array.from(of(force))));
}

function within(share: number, what: string, twoStage: number, oneStage: number): void {
  const apart = twoStage / oneStage - 1;
  if (tells) process.stdout.write(`${what}: ${twoStage} and ${oneStage}, ${(100 * apart).toFixed(3)}% apart\n`);
  expect(Math.abs(apart), what).toBeLessThan(share);
}

describe('43 synthetic forces over five years, pooled from their bundles', () => {
  it('have the slope of a mixed model of all their rows together, to within 1%', () => {
    const forces = drawForces(43, seed, { slope: 0.12, between: 0.04, bend: 0 });
    const code = forces.flatMap((force, place) => Array.from(force.score, () => place));
    const table = tableOf(code.length, [
      numbers('force', code),
      numbers('y', Array.from(joined(forces, ({ score }) => score))),
      numbers('x', Array.from(joined(forces, ({ exposure }) => exposure))),
      numbers('prior', Array.from(joined(forces, ({ prior }) => prior))),
      numbers('service', Array.from(joined(forces, ({ service }) => service))),
    ]);
    const spec = { formula: 'y ~ x + prior + service + (x|force)', method: 'REML', df: 'satterthwaite' };
    const one = runOn(lmm, spec, table, 'rows.csv') as unknown as {
      readonly terms: readonly { readonly term: string; readonly estimate: number; readonly se: number }[];
      readonly variance: readonly { readonly name: string; readonly sd: number }[];
    };
    const term = one.terms.find(({ term: name }) => name === 'x')!;
    const { slope } = pool(forces).result.curves[0]!;
    within(0.01, 'slope', slope.estimate, term.estimate);
    // Knapp and Hartung take the error from how the forces lie, the mixed model from its variances.
    within(0.1, 'its standard error', slope.pooled.se!, term.se);
    within(
      0.1,
      'its deviation between forces',
      Math.sqrt(slope.tau2),
      one.variance.find(({ name }) => name === 'x')!.sd,
    );
  });

  it('have the curve of a spline of all their rows together, to within 1%', () => {
    const forces = drawForces(43, seed, { slope: 0.3, between: 0, bend: -0.005 });
    const total = forces.reduce((sum, { score }) => sum + score.length, 0);
    const dummy = (own: number): Float64Array => {
      const values = new Float64Array(total);
      let start = 0;
      forces.forEach(({ score }, place) => {
        if (place === own) values.fill(1, start, start + score.length);
        start += score.length;
      });
      return values;
    };
    let before = 0;
    const codes = forces.flatMap(({ person, people }) => {
      const own = Array.from(person, (code) => code + before);
      before += people;
      return own;
    });
    const data = {
      outcome: joined(forces, ({ score }) => score),
      family: 'gaussian' as const,
      adjusted: [
        ...forces.slice(1).map((force, place) => ({ name: force.name, values: dummy(place + 1) })),
        { name: 'prior', values: joined(forces, ({ prior }) => prior) },
        { name: 'service', values: joined(forces, ({ service }) => service) },
      ],
      clusters: { codes: Int32Array.from(codes), count: before },
    };
    const one = fitOutcome(
      data,
      joined(forces, ({ exposure }) => exposure),
      knots,
    );
    for (const { exposure, estimate } of pool(forces).result.curves[0]!.common.points) {
      within(0.01, `curve at ${exposure}`, estimate, one.contrast(exposure, 0).estimate);
    }
  });

  it('have the indicators of all their months together, to within 1% where small months are withheld', () => {
    const forces = drawForces(43, seed, { slope: 0.12, between: 0.04, bend: 0 });
    const sum = (of: (month: DrawnForce['months'][number]) => number): number =>
      forces.reduce((total, { months }) => total + months.reduce((own, month) => own + of(month), 0), 0);
    const [caseness, rate] = pool(forces).result.indicators;
    within(0.01, 'exposure rate', rate!.all!.value, (1_000 * sum(({ events }) => events)) / sum(({ days }) => days));
    // Months are withheld for few cases, so that what is told of a small force lies high; the sum over all forces hardly moves.
    within(0.03, 'caseness', caseness!.all!.value, (100 * sum(({ cases }) => cases)) / sum(({ screened }) => screened));
    expect(caseness!.forces.some(({ monthsWithheld }) => monthsWithheld > 0)).toBe(true);
  });
});
