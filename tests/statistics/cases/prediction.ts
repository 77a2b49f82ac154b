import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

type Values = readonly (number | null)[];

/** People with a risk, what happened, and scores that follow the risk more or less. */
function people(n: number, label: string, miscalibrated = 1) {
  const stream = randomStream(17, `prediction-${label}`);
  const logit = normalDraws(stream, n).map((value) => 1.2 * value - 0.4);
  const event = logit.map((value) => (stream.nextUniform() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
  const noisy = (sd: number): number[] =>
    normalDraws(stream, n).map((value, row) => (logit[row] as number) + sd * value);
  return {
    event,
    risk: logit.map((value) => 1 / (1 + Math.exp(-miscalibrated * value - 0.2))),
    other: noisy(0.8).map((value) => 1 / (1 + Math.exp(-value))),
    near: noisy(0.5),
    far: noisy(2),
    grade: noisy(1).map((value) => Math.max(0, Math.min(4, Math.round(value + 2)))),
  };
}

function gaps(values: readonly number[], every: number, from: number): Values {
  return values.map((value, row) => (row % every === from ? null : value));
}

const whole = people(140, 'whole');
const words = ['went off', 'stayed'];
const rocCases = [
  {
    name: 'three scores, ties in one',
    data: csvOf(whole),
    spec: { outcome: 'event', predictors: ['near', 'far', 'grade'] },
  },
  {
    name: 'outcome in words, missing values, a falling score, 90% limits, another partial area',
    data: csvOf({
      state: whole.event.map((value) => words[value] as string),
      near: gaps(whole.near, 9, 2),
      far: gaps(whole.far, 7, 3),
    }),
    spec: { outcome: 'state', predictors: ['near', 'far'], confidence: 0.9, partial: [0.6, 0.85] },
  },
  {
    name: 'order of the outcome given, an ordered category as score',
    data: csvOf({
      state: whole.event.map((value) => words[value] as string),
      level: whole.grade.map((value) => ['none', 'little', 'some', 'much', 'most'][value] as string),
    }),
    spec: {
      outcome: 'state',
      predictors: ['level'],
      factors: { state: ['went off', 'stayed'], level: ['none', 'little', 'some', 'much', 'most'] },
    },
  },
  {
    name: 'groups of different people, outcome 1 and 2',
    data: csvOf({
      outcome: whole.event.map((value) => value + 1),
      near: whole.near,
      far: whole.far,
      team: whole.event.map((_value, row) => ['a', 'b', 'c'][row % 3] as string),
    }),
    spec: { outcome: 'outcome', predictors: ['near', 'far'], by: 'team' },
  },
  {
    name: 'few people, many ties, huge and tiny scores',
    data: csvOf({
      y: [0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
      a: [1e12, 3e12, 2e12, 3e12, 2e12, 1e12, 1e12, 2e12, 2e12, 1e12, 2e12, 3e12],
      b: [1e-9, 2e-9, -1e-9, 4e-9, 2.5e-9, 0, 3e-9, -4e-9, 1e-10, 9e-9, -2e-9, 2e-9],
    }),
    spec: { outcome: 'y', predictors: ['a', 'b'] },
  },
];

const calibrationCases = [
  { name: 'overconfident', data: csvOf(people(250, 'over', 1.8)), spec: { outcome: 'event', probability: 'risk' } },
  {
    name: 'external, 5 groups, a narrower span, 99% limits, missing values',
    data: csvOf({ event: gaps(whole.event, 11, 4), risk: gaps(whole.risk, 13, 5) }),
    spec: { outcome: 'event', probability: 'risk', external: true, groups: 5, span: 0.5, confidence: 0.99 },
  },
  {
    name: 'rounded probabilities, so that quantiles coincide',
    data: csvOf({ ...whole, risk: whole.risk.map((value) => Math.round(5 * value) / 5 || 0.01) }),
    spec: { outcome: 'event', probability: 'risk' },
  },
  {
    name: 'some probabilities of 0 and 1',
    data: csvOf({ ...whole, risk: whole.risk.map((value) => (value < 0.2 ? 0 : value > 0.97 ? 1 : value)) }),
    spec: { outcome: 'event', probability: 'risk' },
    // Errors are those of the last step but one, and R has to be started elsewhere.
    tolerance: { ...closedForm, default: 1e-6 },
  },
  {
    name: 'a rare event, outcome in words',
    data: csvOf(
      (() => {
        const stream = randomStream(4, 'rare');
        const risk = Array.from({ length: 900 }, () => 0.1 * stream.nextUniform() ** 3 + 0.001);
        return { risk, sick: risk.map((value) => (stream.nextUniform() < value ? 'yes' : 'no')) };
      })(),
    ),
    spec: { outcome: 'sick', probability: 'risk' },
  },
];

const decisionCases = [
  { name: 'the usual thresholds', data: csvOf(whole), spec: { outcome: 'event', probability: 'risk' } },
  {
    name: 'thresholds on the probabilities themselves, another model, missing values',
    data: csvOf({
      event: whole.event,
      risk: gaps(
        whole.risk.map((value) => Math.round(10 * value) / 10),
        8,
        1,
      ),
      other: whole.other,
    }),
    spec: {
      outcome: 'event',
      probability: 'risk',
      comparator: 'other',
      thresholds: [0.5, 0, 0.1, 0.3, 0.9],
      confidence: 0.8,
    },
  },
];

const of =
  (procedure: string) =>
  (one: Omit<LiveCase, 'procedure' | 'tolerance'> & Partial<LiveCase>): LiveCase => ({
    tolerance: closedForm,
    ...one,
    procedure,
  });

export const predictionCases: readonly LiveCase[] = [
  ...rocCases.map(of('roc')),
  ...calibrationCases.map(of('calibration')),
  ...decisionCases.map(of('decision-curve')),
];
