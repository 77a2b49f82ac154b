import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { iterative, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

/** People seen one to six times, rows shuffled, occasions missed here and there. */
function panel(seed: number, people: number): string {
  const stream = randomStream(seed, 'gee');
  const rows: {
    id: string;
    month: number;
    x: number | null;
    arm: string;
    y: number;
    z: number;
    count: number;
    cost: number;
    hours: number;
  }[] = [];
  for (let person = 0; person < people; person += 1) {
    const own = (normalDraws(stream, 1)[0] as number) * 0.8;
    const arm = ['control', 'low', 'high'][stream.nextBelow(3)] as string;
    for (let month = 1; month <= 6; month += 1) {
      if (stream.nextUniform() < 0.25 && month > 1) continue;
      const [x, noise] = normalDraws(stream, 2) as [number, number];
      const mean = 0.3 + 0.5 * x + (arm === 'high' ? 0.6 : 0) + own;
      const hours = 10 + stream.nextBelow(30);
      rows.push({
        id: `p${person}`,
        month: month * 3,
        x: stream.nextUniform() < 0.05 ? null : x,
        arm,
        y: 5 + 2 * mean + noise,
        z: stream.nextUniform() < 1 / (1 + Math.exp(-mean)) ? 1 : 0,
        count: Math.floor(Math.exp(mean + 0.3 * noise) * (hours / 20) * (0.5 + stream.nextUniform())),
        cost: Math.exp(1 + mean / 2) * -Math.log(stream.nextUniform()) + 0.1,
        hours,
      });
    }
  }
  const order = rows.map((_row, i) => [stream.nextUniform(), i] as const).sort((a, b) => a[0] - b[0]);
  const names = ['id', 'month', 'x', 'arm', 'y', 'z', 'count', 'cost', 'hours'] as const;
  return csvOf(
    Object.fromEntries(
      names.map((name) => [
        name,
        order.map(([, i]) => (rows[i] as (typeof rows)[number])[name] as number | string | null),
      ]),
    ),
  );
}

const many = panel(1, 60);
const few = panel(2, 14);

function live(name: string, data: string, spec: Readonly<Record<string, unknown>>): LiveCase {
  return { procedure: 'gee', name, data, spec: { id: 'id', ...spec }, tolerance: iterative };
}

export const geeCases: readonly LiveCase[] = [
  live('gaussian, exchangeable', many, { formula: 'y ~ x + arm' }),
  live('gaussian, ar1 in the order of rows', many, { formula: 'y ~ x * arm', correlation: 'ar1' }),
  live('gaussian, ar1 by occasion, all corrections: Mancl–DeRouen', few, {
    formula: 'y ~ x',
    correlation: 'ar1',
    waves: 'month',
    smallSample: true,
  }),
  live('binomial, exchangeable, Kauermann–Carroll', few, {
    formula: 'z ~ x',
    family: 'binomial',
    smallSample: 'kauermann-carroll',
    confidence: 0.9,
  }),
  live('binomial, independence, Fay–Graubard', few, {
    formula: 'z ~ x',
    family: 'binomial',
    correlation: 'independence',
    smallSample: 'fay-graubard',
  }),
  live('binomial, probit, an order of levels', many, {
    formula: 'z ~ x + arm',
    family: 'binomial',
    link: 'probit',
    factors: { arm: ['high'] },
  }),
  live('poisson with hours of exposure', many, {
    formula: 'count ~ x + arm + offset(log(hours))',
    family: 'poisson',
    smallSample: 'mancl-derouen',
  }),
  live('poisson, ar1', many, {
    formula: 'count ~ x + factor(month)',
    family: 'poisson',
    correlation: 'ar1',
    waves: 'month',
  }),
  live('gamma with a log link', many, { formula: 'cost ~ x + arm', family: 'gamma', link: 'log' }),
  live('no intercept', many, { formula: 'y ~ 0 + arm + x', correlation: 'independence' }),
];
