import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

function joint(n: number, slope: number, digits: number): Record<string, (number | null)[]> {
  const stream = randomStream(41, `joint ${n} ${slope} ${digits}`);
  const x = normalDraws(stream, n);
  const noise = normalDraws(stream, n);
  const round = (value: number): number => Number(value.toFixed(digits));
  return { x: x.map(round), y: x.map((value, row) => round(slope * value + noise[row]!)) };
}

const gaps = (columns: Record<string, (number | null)[]>): Record<string, (number | null)[]> => ({
  x: columns['x']!.map((value, row) => (row % 9 === 2 ? null : value)),
  y: columns['y']!.map((value, row) => (row % 11 === 5 ? null : value)),
});

const designs: readonly (readonly [string, Record<string, (number | null)[]>])[] = [
  ['three rows', joint(3, 0.5, 8)],
  ['seven rows', joint(7, -0.7, 8)],
  ['nine rows', joint(9, 0.9, 8)],
  ['ten rows', joint(10, -0.4, 8)],
  ['forty-nine rows', joint(49, 0.2, 8)],
  ['fifty rows', joint(50, -0.2, 8)],
  ['gaps', gaps(joint(120, 0.3, 8))],
  ['ties', joint(40, 0.5, 0)],
  ['ties, falling', joint(90, -0.4, 1)],
  ['more rows than are counted exactly', joint(1_400, -0.05, 8)],
];

const correlations: readonly LiveCase[] = ['pearson', 'spearman', 'kendall'].flatMap((method) =>
  designs.map(([name, columns], place) => ({
    name: `${method}, ${name}`,
    procedure: 'correlation',
    data: csvOf(columns),
    spec: { x: 'x', y: 'y', method, confidence: place % 2 === 0 ? 0.95 : 0.9 },
    tolerance: closedForm,
  })),
);

const distant = joint(60, 0.4, 8);

export const correlationCases: readonly LiveCase[] = [
  ...correlations,
  {
    name: 'pearson, a distant origin and a small unit',
    procedure: 'correlation',
    data: csvOf({
      x: distant['x']!.map((value) => 1e6 + (value ?? 0)),
      y: distant['y']!.map((value) => 1e-90 * (value ?? 0)),
    }),
    spec: { x: 'x', y: 'y' },
    tolerance: closedForm,
  },
];
