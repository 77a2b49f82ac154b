import { correctDigits } from './nist-digits.ts';
import type { RSession } from './r-session.ts';
import { referenceCase, referenceData } from './reference.ts';
import { dataName, type Inputs, runProcedure } from './run-procedure.ts';

/** NIST's Statistical Reference Datasets of linear regression, by rising difficulty. */
export const regressionSets = [
  'norris',
  'pontius',
  'noint1',
  'noint2',
  'filip',
  'longley',
  'wampler1',
  'wampler2',
  'wampler3',
  'wampler4',
  'wampler5',
] as const;
export type RegressionSet = (typeof regressionSets)[number];

/** Correct digits of one quantity of one set; the least over the coefficients where there are several. */
export type NistRow = {
  readonly set: string;
  readonly quantity: string;
  readonly digits: number;
  /** Those of R's `lm` with a tolerance that keeps every column; null where R was not asked. */
  readonly digitsOfR: number | null;
  /** Digits that must be right. */
  readonly required: number;
};

type Certified = { readonly certified: string };
type Reference = {
  readonly coefficients: Readonly<Record<string, { readonly estimate: Certified; readonly se: Certified }>>;
  readonly residual_sd: Certified;
  readonly r_squared: Certified;
  readonly anova: {
    readonly regression: { readonly df: number; readonly ss: Certified };
    readonly residual: { readonly df: number; readonly ss: Certified };
    readonly F: Certified | 'inf' | null;
  };
};
type Options = { readonly intercept: boolean; readonly p: number };

export function regressionInputs(set: RegressionSet): Inputs {
  const { intercept, p } = referenceCase(`01-nist-lls-${set}`).options as Options;
  const count = intercept ? p - 1 : p;
  const powers = Array.from({ length: count }, (_none, k) => (k === 0 ? 'x' : `I(x^${k + 1})`));
  const columns = Array.from({ length: count }, (_none, k) => `x${k + 1}`);
  const right = (set === 'longley' ? columns : powers).join(' + ');
  return {
    procedure: 'glm',
    data: referenceData(`nist_${set}.csv`),
    spec: { formula: `y ~ ${right}${intercept ? '' : ' - 1'}` },
  };
}

type Values = {
  readonly coefficients: readonly (number | null)[];
  readonly se: readonly (number | null)[];
  readonly residualSd: number | null;
  readonly rSquared: number | null;
  readonly regressionSs: number | null;
  readonly residualSs: number | null;
  readonly f: number | null;
};

async function ourValues(inputs: Inputs): Promise<Values> {
  const { terms, fit, anova } = (await runProcedure(inputs)) as unknown as {
    readonly terms: readonly { readonly estimate: number | null; readonly se: number | null }[];
    readonly fit: {
      readonly residualSd: number | null;
      readonly rSquared: number | null;
      readonly fStatistic: { readonly statistic: number | null } | null;
    };
    readonly anova: { readonly regression: { readonly ss: number }; readonly residual: { readonly ss: number } };
  };
  return {
    coefficients: terms.map((term) => term.estimate),
    se: terms.map((term) => term.se),
    residualSd: fit.residualSd,
    rSquared: fit.rSquared,
    regressionSs: anova.regression.ss,
    residualSs: anova.residual.ss,
    f: fit.fStatistic?.statistic ?? null,
  };
}

async function valuesOfR(inputs: Inputs, session: RSession): Promise<Values> {
  const script = `
data <- read.csv("${dataName}")
fit <- lm(${String(inputs.spec.formula)}, data = data, tol = 1e-11)
s <- suppressWarnings(summary(fit))
a <- suppressWarnings(anova(fit)[["Sum Sq"]])
result <- list(coefficients = as.list(unname(coef(fit))), se = as.list(unname(s$coefficients[, 2])), residualSd = s$sigma,
  rSquared = s$r.squared, regressionSs = sum(a[-length(a)]), residualSs = a[length(a)], f = s$fstatistic[[1]])
`;
  return (await session.run(script, { [dataName]: inputs.data ?? '' })) as Values;
}

/** Digits that a double-precision solution of each set can have; Filip's powers are rounded before anything is fitted. */
function requiredDigits(set: RegressionSet): number {
  return set === 'filip' ? 6 : 8;
}

/** What NIST certifies of a set, against what `glm` gives and, where a session of R is there, against R's `lm`. */
export async function regressionRows(set: RegressionSet, session: RSession | null): Promise<readonly NistRow[]> {
  const reference = referenceCase(`01-nist-lls-${set}`).reference as unknown as Reference;
  const inputs = regressionInputs(set);
  const ours = await ourValues(inputs);
  const theirs = session && (await valuesOfR(inputs, session));
  const rows = Object.values(reference.coefficients);
  const least = (values: readonly (number | null)[], certified: readonly Certified[]): number =>
    Math.min(...certified.map((target, k) => correctDigits(values[k] ?? null, target.certified)));
  const { anova } = reference;
  const f = typeof anova.F === 'object' ? anova.F : null;
  const quantities: readonly (readonly [string, (values: Values) => number])[] = [
    [
      'coefficients',
      ({ coefficients }) =>
        least(
          coefficients,
          rows.map((row) => row.estimate),
        ),
    ],
    [
      'standard errors',
      ({ se }) =>
        least(
          se,
          rows.map((row) => row.se),
        ),
    ],
    ['residual standard deviation', ({ residualSd }) => least([residualSd], [reference.residual_sd])],
    ['R squared', ({ rSquared }) => least([rSquared], [reference.r_squared])],
    ['regression sum of squares', ({ regressionSs }) => least([regressionSs], [anova.regression.ss])],
    ['residual sum of squares', ({ residualSs }) => least([residualSs], [anova.residual.ss])],
    ...(f ? [['F', (values: Values) => least([values.f], [f])] as const] : []),
  ];
  return quantities.map(([quantity, digits]) => ({
    set,
    quantity,
    digits: digits(ours),
    digitsOfR: theirs ? digits(theirs) : null,
    required: requiredDigits(set),
  }));
}
