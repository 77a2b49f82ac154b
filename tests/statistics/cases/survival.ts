import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, iterative, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

type Cell = number | string | null;

/** People followed up, whole months so that many are tied; three teams, some values missing, two causes, late entries. */
function cohort(seed: number, rows: number, unit: number): Record<string, Cell[]> {
  const stream = randomStream(seed, 'survival');
  const uniform = (): number => stream.nextUniform();
  const age = normalDraws(stream, rows).map((value) => Math.round(40 + 9 * value));
  const dose = normalDraws(stream, rows);
  const team = age.map(() => ['east', 'north', 'west'][stream.nextBelow(3)] as string);
  const trained = age.map(() => (uniform() < 0.45 ? 'yes' : 'no'));
  const station = age.map((_value, row) => `s${row % 17}`);
  const risk = age.map((value, row) =>
    Math.exp(0.03 * (value - 40) + 0.4 * (dose[row] as number) - (trained[row] === 'yes' ? 0.6 : 0)),
  );
  const first = risk.map((value) => (-12 * Math.log(uniform())) / value);
  const second = age.map(() => -20 * Math.log(uniform()));
  const lost = age.map(() => -25 * Math.log(uniform()));
  const end = first.map((value, row) => Math.min(value, second[row] as number, lost[row] as number, 40));
  const months = end.map((value) => Math.max(unit, Math.ceil(value / unit) * unit));
  const cause = end.map((value, row) => (value === first[row] ? 1 : value === second[row] ? 2 : 0));
  const late = months.map((value) => (uniform() < 0.4 ? Math.floor((0.6 * uniform() * value) / unit) * unit : 0));
  return {
    age,
    dose: dose.map((value, row) => (row % 19 === 4 ? null : value)),
    team,
    trained,
    station,
    months,
    late,
    cause,
    left: cause.map((value) => (value === 0 ? 0 : 1)),
  };
}

const whole = csvOf(cohort(1, 150, 1));
const fine = csvOf(cohort(2, 120, 0.1));
const continuous = csvOf(cohort(3, 90, 1e-7));
const small = csvOf({
  t: [1, 2, 2, 3, 4, 5, 6, 7],
  d: [1, 1, 0, 1, 0, 1, 1, 0],
  g: ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'],
});
/** S is exactly ½ from the second event on, and never lower. */
const half = csvOf({ t: [1, 2, 3, 4], d: [1, 1, 0, 0] });
/** 0.1 + 0.2 and 0.3 are one time. */
const nearly = csvOf({ a: [0.1, 0.3, 0.15, 0.7, 0.2], b: [0.2, 0, 0.15, 0, 0.5], d: [1, 1, 1, 1, 0] });

function live(
  procedure: string,
  name: string,
  data: string,
  spec: Readonly<Record<string, unknown>>,
  tolerance = closedForm,
): LiveCase {
  return { procedure, name, data, spec, tolerance };
}

const curves: readonly LiveCase[] = [
  live('survival', 'one curve with everything', whole, {
    formula: 'Surv(months, left) ~ 1',
    quantiles: [0.1, 0.5, 0.9],
    restrictedMean: 24,
    times: [30, 6, 12.5, 1_000],
  }),
  live('survival', 'three groups, many ties', whole, { formula: 'Surv(months, left) ~ team', confidence: 0.9 }),
  live('survival', 'groups of two columns, log–log limits', fine, {
    formula: 'Surv(months, left) ~ team + trained',
    limits: 'log-log',
    times: [3, 10],
  }),
  live('survival', 'levels in an order of one’s own, plain limits, rho', continuous, {
    formula: 'Surv(months, left) ~ trained',
    factors: { trained: ['yes', 'no'] },
    limits: 'plain',
    rho: 1,
    quantiles: [0.25, 0.75],
  }),
  live('survival', 'stratified test with a power', whole, {
    formula: 'Surv(months, left) ~ team + strata(trained, I(age > 40))',
    rho: 0.5,
  }),
  live('survival', 'late entry', whole, {
    formula: 'Surv(late, months, left) ~ trained + strata(team)',
    rho: 1,
    times: [5, 15],
  }),
  live('survival', 'one cause of two, a constructed group', fine, {
    formula: 'Surv(months, cause == 2) ~ I(age > 40)',
    restrictedMean: 10,
  }),
  live('survival', 'a handful', small, { formula: 'Surv(t, d) ~ g', quantiles: [0.25, 0.5] }),
  live('survival', 'everyone had the event', small, { formula: 'Surv(t) ~ g' }),
  live('survival', 'S rests on ½', half, { formula: 'Surv(t, d) ~ 1', quantiles: [0.5, 0.25] }),
  live('survival', 'times equal but for rounding', nearly, { formula: 'Surv(a + b, d) ~ 1' }),
];

const risks: readonly LiveCase[] = [
  live('competing-risks', 'all causes of three teams', whole, { formula: 'Surv(months, cause) ~ team' }),
  live('competing-risks', 'one cause at given times', fine, {
    formula: 'Surv(months, cause) ~ trained',
    cause: 2,
    times: [5, 0.01, 12, 100],
    confidence: 0.9,
  }),
  live('competing-risks', 'stratified, weighted', whole, {
    formula: 'Surv(months, cause) ~ trained + strata(team)',
    rho: 1,
  }),
  live('competing-risks', 'late entry', whole, { formula: 'Surv(late, months, cause) ~ trained' }),
  live('competing-risks', 'late entry at given times', fine, {
    formula: 'Surv(late, months, cause) ~ team',
    times: [3, 9.5, 20],
  }),
  live(
    'competing-risks',
    'regression on numbers and groups',
    whole,
    { formula: 'Surv(months, cause) ~ age + dose + team' },
    iterative,
  ),
  live(
    'competing-risks',
    'regression with an interaction, second cause',
    continuous,
    { formula: 'Surv(months, cause) ~ dose * trained + I(age / 10)', cause: 2, times: [12] },
    iterative,
  ),
  live(
    'competing-risks',
    'regression on a single factor',
    fine,
    { formula: 'Surv(months, cause) ~ team', cause: 1, regression: true, factors: { team: ['west'] } },
    iterative,
  ),
];

const cox: readonly LiveCase[] = [
  live('cox', 'numbers and factors, Efron', whole, {
    formula: 'Surv(months, left) ~ age + dose + team',
    baseline: true,
    residuals: true,
    newData: [
      { age: 35, dose: 0.3, team: 'west' },
      { age: 60, dose: -1, team: 'east' },
    ],
    times: [12, 3, 24],
  }),
  live('cox', 'Breslow with an interaction', whole, {
    formula: 'Surv(months, left) ~ age * trained + I(dose^2)',
    ties: 'breslow',
    transform: 'rank',
    residuals: true,
    newData: [{ age: 50, trained: 'yes', dose: 2 }],
    times: [6],
  }),
  live('cox', 'clusters and strata', whole, {
    formula: 'Surv(months, left) ~ dose + trained + strata(team)',
    cluster: 'station',
    transform: 'log',
    baseline: true,
  }),
  live('cox', 'late entry, cluster() in the formula', whole, {
    formula: 'Surv(late, months, left) ~ age + dose + trained + cluster(station)',
    transform: 'identity',
    residuals: true,
    baseline: true,
  }),
  live('cox', 'late entry, Breslow, strata, each row robust', fine, {
    formula: 'Surv(late, months, left) ~ dose + trained + strata(team)',
    ties: 'breslow',
    robust: true,
    confidence: 0.9,
    newData: [{ dose: 1, trained: 'no', team: 'north' }],
    times: [4],
  }),
  live('cox', 'an offset', fine, { formula: 'Surv(months, cause == 1) ~ dose + team + offset(age / 20)' }),
  live('cox', 'no ties', continuous, { formula: 'Surv(months, left) ~ log(age) + dose:trained' }),
  live('cox', 'collinear columns', whole, { formula: 'Surv(months, left) ~ age + I(2 * age + 1) + dose' }),
  live('cox', 'exact ties', whole, {
    formula: 'Surv(months, left) ~ age + dose + trained + strata(team)',
    ties: 'exact',
  }),
  live('cox', 'exact ties, late entry', fine, { formula: 'Surv(late, months, left) ~ dose + team', ties: 'exact' }),
  live('cox', 'no covariate', whole, { formula: 'Surv(months, left) ~ strata(team)' }),
  live('cox', 'levels in an order of one’s own', whole, {
    formula: 'Surv(months, left) ~ team',
    factors: { team: ['north', 'west'] },
  }),
  live('cox', 'large numbers', whole, { formula: 'Surv(months, left) ~ I(1e6 * age + 1e9) + dose' }),
];

export const survivalCases: readonly LiveCase[] = [...curves, ...risks, ...cox];
