import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

/** Answers from 1 to 5 to items that share one factor with the given loadings. */
function answers(seed: number, people: number, loadings: readonly number[]): Record<string, (number | null)[]> {
  const stream = randomStream(seed, 'measurement');
  const factor = normalDraws(stream, people);
  return Object.fromEntries(
    loadings.map((loading, item) => {
      const own = normalDraws(stream, people);
      const values = own.map((value, i) => {
        const answer = Math.round(3 + 1.1 * (loading * factor[i]! + Math.sqrt(1 - loading ** 2) * value));
        return Math.min(5, Math.max(1, answer));
      });
      return [`item ${item + 1}`, values];
    }),
  );
}

const names = (count: number): string[] => Array.from({ length: count }, (_none, i) => `item ${i + 1}`);

const eight = answers(1, 240, [0.8, 0.7, 0.75, -0.6, 0.5, 0.65, -0.7, 0.55]);
const withGaps = { ...eight, 'item 2': eight['item 2']!.map((value, i) => (i % 17 === 3 ? null : value)) };
const two = answers(2, 60, [0.8, 0.7]);
const three = answers(3, 150, [0.8, 0.7, 0.6]);
const measured = normalDraws(randomStream(4, 'measurement, fine'), 5 * 90);
const fine = Object.fromEntries(
  names(5).map((name, item) => [
    name,
    Array.from(
      { length: 90 },
      (_none, i) =>
        1000 * item + 10 ** item * (measured[i]! + (0.4 + 0.3 * item) * measured[((item * 90 + i * 7) % 360) + 90]!),
    ),
  ]),
);

/** Second derivatives by differences in R. */
const likelihood = { ...closedForm, omegaSe: 1e-5, omegaLow: 1e-5, omegaHigh: 1e-5, default: 2e-8 };

function scale(name: string, data: string, spec: Record<string, unknown>): LiveCase {
  return { name, procedure: 'reliability', data, spec, tolerance: likelihood };
}

const scores = normalDraws(randomStream(5, 'reliable change'), 240);
const change = csvOf({
  before: scores.slice(0, 120).map((value, i) => (i % 19 === 4 ? null : Math.round(25 + 8 * value))),
  after: scores.slice(0, 120).map((value, i) => Math.round(20 + 6 * value + 7 * scores[120 + i]!)),
});

function changed(name: string, spec: Record<string, unknown>): LiveCase {
  return {
    name,
    procedure: 'reliable-change',
    data: change,
    spec: { pre: 'before', post: 'after', ...spec },
    tolerance: closedForm,
  };
}

export const measurementCases: readonly LiveCase[] = [
  scale('eight items, two reversed by the range', csvOf(eight), {
    items: names(8),
    reverse: ['item 4', 'item 7'],
    range: [1, 5],
  }),
  scale('gaps, reversed by what was answered', csvOf(withGaps), {
    items: names(8),
    reverse: ['item 4', 'item 7'],
    confidence: 0.9,
  }),
  scale('items that should be reversed', csvOf(eight), { items: names(8) }),
  scale('two items', csvOf(two), { items: names(2) }),
  scale('three items', csvOf(three), { items: names(3) }),
  // Held at its bound, the fit is `factanal`'s own, which stops a little earlier.
  { ...scale('very different units, a Heywood case', csvOf(fine), { items: names(5) }), tolerance: { default: 1e-6 } },
  changed('low is better', { sd: 7.5, reliability: 0.87, cutoff: 17.5 }),
  changed('high is better', { sd: 7.5, reliability: 0.7, cutoff: 22, better: 'high', confidence: 0.9 }),
  changed('the observed standard deviation, no cut-off', { reliability: 0.9 }),
  changed('cut-off b of the norms', {
    sd: 8,
    reliability: 0.9,
    cutoff: 'b',
    clinicalMean: 27,
    clinicalSd: 7,
    normalMean: 9,
    normalSd: 6,
  }),
];
