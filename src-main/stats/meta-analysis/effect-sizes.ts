import gammaln from '@stdlib/math-base-special-gammaln';

/** Measures of effect by metafor's names: ratios and odds are on the log scale, correlations on Fisher's, proportions on the logit. */
export const measures = ['RR', 'OR', 'RD', 'SMD', 'MD', 'SMCR', 'ZCOR', 'PLO', 'IRR', 'IRLN', 'IR'] as const;
export type Measure = (typeof measures)[number];

/** A study's numbers by role: `ai bi ci di` cells of a 2 × 2 table, `n1i n2i` group sizes and so on. */
export type RoleValues = Readonly<Partial<Record<Role, Float64Array>>>;

export const roles = [
  'ai',
  'bi',
  'ci',
  'di',
  'n1i',
  'n2i',
  'm1i',
  'm2i',
  'sd1i',
  'sd2i',
  'ri',
  'ni',
  'xi',
  'x1i',
  'x2i',
  't1i',
  't2i',
  'ti',
] as const;
export type Role = (typeof roles)[number];

/** What each measure needs; of the roles joined by | one is enough. */
export const rolesOfMeasure: Readonly<Record<Measure, readonly (readonly Role[])[]>> = {
  RR: [['ai'], ['bi', 'n1i'], ['ci'], ['di', 'n2i']],
  OR: [['ai'], ['bi', 'n1i'], ['ci'], ['di', 'n2i']],
  RD: [['ai'], ['bi', 'n1i'], ['ci'], ['di', 'n2i']],
  SMD: [['m1i'], ['sd1i'], ['n1i'], ['m2i'], ['sd2i'], ['n2i']],
  MD: [['m1i'], ['sd1i'], ['n1i'], ['m2i'], ['sd2i'], ['n2i']],
  SMCR: [['m1i'], ['m2i'], ['sd1i'], ['ni'], ['ri']],
  ZCOR: [['ri'], ['ni']],
  PLO: [['xi'], ['ni']],
  IRR: [['x1i'], ['t1i'], ['x2i'], ['t2i']],
  IRLN: [['xi'], ['ti']],
  IR: [['xi'], ['ti']],
};

export type EffectSize = {
  readonly yi: number;
  readonly vi: number;
  /** ½ was added to the study's cells because one of them was 0. */
  readonly corrected: boolean;
};

/** Why a study's numbers cannot be: in words that follow “row 3”. */
export type ImpossibleStudy = { readonly problem: string };

type Formula = (value: (role: Role) => number, has: (role: Role) => boolean) => EffectSize | ImpossibleStudy;

function plain(yi: number, vi: number): EffectSize {
  return { yi, vi, corrected: false };
}

/** The cells of a 2 × 2 table, ½ added to all four where one is 0. */
function cells(
  value: (role: Role) => number,
  has: (role: Role) => boolean,
): (EffectCells & { corrected: boolean }) | ImpossibleStudy {
  let a = value('ai');
  let c = value('ci');
  let b = has('bi') ? value('bi') : value('n1i') - a;
  let d = has('di') ? value('di') : value('n2i') - c;
  if (a < 0 || b < 0 || c < 0 || d < 0) return { problem: 'has a negative count, or more events than people' };
  if (a + b === 0 || c + d === 0) return { problem: 'has a group without people' };
  const corrected = a === 0 || b === 0 || c === 0 || d === 0;
  if (corrected) [a, b, c, d] = [a + 0.5, b + 0.5, c + 0.5, d + 0.5];
  return { a, b, c, d, corrected };
}
type EffectCells = { readonly a: number; readonly b: number; readonly c: number; readonly d: number };

const riskRatio: Formula = (value, has) => {
  const table = cells(value, has);
  if ('problem' in table) return table;
  const { a, b, c, d, corrected } = table;
  return { yi: Math.log(a / (a + b) / (c / (c + d))), vi: 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d), corrected };
};

const oddsRatio: Formula = (value, has) => {
  const table = cells(value, has);
  if ('problem' in table) return table;
  const { a, b, c, d, corrected } = table;
  return { yi: Math.log(a) + Math.log(d) - Math.log(b) - Math.log(c), vi: 1 / a + 1 / b + 1 / c + 1 / d, corrected };
};

const riskDifference: Formula = (value, has) => {
  const table = cells(value, has);
  if ('problem' in table) return table;
  const { a, b, c, d, corrected } = table;
  const n1 = a + b;
  const n2 = c + d;
  return { yi: a / n1 - c / n2, vi: (a * b) / n1 ** 3 + (c * d) / n2 ** 3, corrected };
};

/** Bias of the standardised mean difference (Hedges 1981, J Educ Stat 6:107, eq. 6e): Γ(m/2)/(√(m/2)·Γ((m−1)/2)). */
export function exactBiasCorrection(df: number): number {
  if (df <= 1) return Number.NaN;
  return df > 1e6 ? 1 - 3 / (4 * df - 1) : Math.exp(gammaln(df / 2) - 0.5 * Math.log(df / 2) - gammaln((df - 1) / 2));
}

function groupProblem(value: (role: Role) => number): string | null {
  if (!(value('n1i') >= 1 && value('n2i') >= 1)) return 'has a group without people';
  if (value('sd1i') < 0 || value('sd2i') < 0) return 'has a negative standard deviation';
  return null;
}

const standardisedDifference: Formula = (value) => {
  const problem = groupProblem(value);
  if (problem) return { problem };
  const n1 = value('n1i');
  const n2 = value('n2i');
  const df = n1 + n2 - 2;
  if (!(df > 1)) return { problem: 'has too few people for a standardised difference (4 at least)' };
  const pooled = Math.sqrt(((n1 - 1) * value('sd1i') ** 2 + (n2 - 1) * value('sd2i') ** 2) / df);
  if (!(pooled > 0)) return { problem: 'has a pooled standard deviation of 0' };
  const g = (exactBiasCorrection(df) * (value('m1i') - value('m2i'))) / pooled;
  return plain(g, 1 / n1 + 1 / n2 + g ** 2 / (2 * (n1 + n2)));
};

const meanDifference: Formula = (value) => {
  const problem = groupProblem(value);
  if (problem) return { problem };
  return plain(value('m1i') - value('m2i'), value('sd1i') ** 2 / value('n1i') + value('sd2i') ** 2 / value('n2i'));
};

/** Standardised mean change by the raw SD at the first occasion (Becker 1988, Br J Math Stat Psychol 41:257). */
const standardisedChange: Formula = (value) => {
  const n = value('ni');
  if (!(n > 2)) return { problem: 'has too few people for a standardised change (3 at least)' };
  if (!(value('sd1i') > 0)) return { problem: 'has no standard deviation above 0' };
  if (!(Math.abs(value('ri')) <= 1)) return { problem: 'has a correlation outside −1 to 1' };
  const g = (exactBiasCorrection(n - 1) * (value('m1i') - value('m2i'))) / value('sd1i');
  return plain(g, (2 * (1 - value('ri'))) / n + g ** 2 / (2 * n));
};

const fisherZ: Formula = (value) => {
  if (!(Math.abs(value('ri')) < 1)) return { problem: 'has a correlation of 1 or beyond' };
  if (!(value('ni') > 3)) return { problem: 'has too few people for a correlation (4 at least)' };
  return plain(Math.atanh(value('ri')), 1 / (value('ni') - 3));
};

const logitProportion: Formula = (value) => {
  let x = value('xi');
  let m = value('ni') - x;
  if (x < 0 || m < 0) return { problem: 'has a negative count, or more events than people' };
  if (x + m === 0) return { problem: 'has nobody' };
  const corrected = x === 0 || m === 0;
  if (corrected) [x, m] = [x + 0.5, m + 0.5];
  return { yi: Math.log(x / m), vi: 1 / x + 1 / m, corrected };
};

const incidenceRatio: Formula = (value) => {
  let x1 = value('x1i');
  let x2 = value('x2i');
  if (x1 < 0 || x2 < 0) return { problem: 'has a negative count' };
  if (!(value('t1i') > 0 && value('t2i') > 0)) return { problem: 'has no time at risk' };
  const corrected = x1 === 0 || x2 === 0;
  if (corrected) [x1, x2] = [x1 + 0.5, x2 + 0.5];
  return { yi: Math.log(x1 / value('t1i')) - Math.log(x2 / value('t2i')), vi: 1 / x1 + 1 / x2, corrected };
};

function rate(log: boolean): Formula {
  return (value) => {
    let x = value('xi');
    if (x < 0) return { problem: 'has a negative count' };
    if (!(value('ti') > 0)) return { problem: 'has no time at risk' };
    const corrected = x === 0;
    if (corrected) x += 0.5;
    const t = value('ti');
    return log ? { yi: Math.log(x / t), vi: 1 / x, corrected } : { yi: x / t, vi: x / t ** 2, corrected };
  };
}

const formulas: Readonly<Record<Measure, Formula>> = {
  RR: riskRatio,
  OR: oddsRatio,
  RD: riskDifference,
  SMD: standardisedDifference,
  MD: meanDifference,
  SMCR: standardisedChange,
  ZCOR: fisherZ,
  PLO: logitProportion,
  IRR: incidenceRatio,
  IRLN: rate(true),
  IR: rate(false),
};

/**
 * The effect and its sampling variance in one study, as metafor's `escalc(measure, add = 1/2, to = "only0", vtype = "LS")`
 * (Viechtbauer 2010, Journal of Statistical Software 36(3)).
 * @param values arrays of one length, by role
 */
export function effectSize(measure: Measure, values: RoleValues, study: number): EffectSize | ImpossibleStudy {
  return formulas[measure](
    (role) => values[role]?.[study] ?? Number.NaN,
    (role) => values[role] !== undefined,
  );
}

/** From the scale that is pooled to the one that is read; null where they are the same. */
export function naturalScale(measure: Measure | null): ((value: number) => number) | null {
  if (measure === 'RR' || measure === 'OR' || measure === 'IRR' || measure === 'IRLN') return Math.exp;
  if (measure === 'ZCOR') return Math.tanh;
  if (measure === 'PLO') return (value) => 1 / (1 + Math.exp(-value));
  return null;
}
