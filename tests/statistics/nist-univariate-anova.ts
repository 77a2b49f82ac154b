import { correctDigits } from './nist-digits.ts';
import type { NistRow } from './nist-table.ts';
import type { RSession } from './r-session.ts';
import { referenceCase, referenceData } from './reference.ts';
import { dataName, type Inputs, runProcedure } from './run-procedure.ts';

/** NIST's Statistical Reference Datasets of univariate summaries and of one-way analysis of variance, by rising difficulty. */
export const univariateSets = [
  'lottery',
  'lew',
  'mavro',
  'michelso',
  'numacc1',
  'numacc2',
  'numacc3',
  'numacc4',
] as const;
export type UnivariateSet = (typeof univariateSets)[number];

export const anovaSets = ['atmwtag', 'smls01', 'smls02', 'smls03', 'smls04', 'smls05', 'smls07'] as const;
export type AnovaSet = (typeof anovaSets)[number];

type Values = Readonly<Record<string, number | null>>;
type Quantity = { readonly name: string; readonly key: string; readonly certified: string | number };
type Certified = { readonly certified: string };

type Asked = {
  readonly id: string;
  readonly inputs: Inputs;
  readonly ours: (result: Record<string, unknown>) => Values;
  /** R that leaves `result` from the data frame `data`. */
  readonly r: string;
  readonly quantities: readonly Quantity[];
};

/** Digits of each quantity: ours, those of R where a session is given, and those that rounding the data to doubles leaves. */
async function rowsOf(set: string, asked: Asked, session: RSession | null): Promise<readonly NistRow[]> {
  const { min_correct_digits: required } = referenceCase(asked.id).suggested_tolerance as unknown as {
    readonly min_correct_digits: number;
  };
  const ours = asked.ours((await runProcedure(asked.inputs)) as unknown as Record<string, unknown>);
  const script = `data <- read.csv("${dataName}")\n${asked.r}`;
  const theirs = session ? ((await session.run(script, { [dataName]: asked.inputs.data ?? '' })) as Values) : null;
  return asked.quantities.map(({ name, key, certified }) => ({
    set,
    quantity: name,
    digits: correctDigits(ours[key] ?? null, certified),
    digitsOfR: theirs ? correctDigits(theirs[key] ?? null, certified) : null,
    required,
  }));
}

/** Mean, standard deviation and lag-1 autocorrelation by `describe`, and by R's `mean` and `sd`. */
export function univariateRows(set: UnivariateSet, session: RSession | null): Promise<readonly NistRow[]> {
  const id = `01-nist-univ-${set}`;
  const reference = referenceCase(id).reference as Record<'mean' | 'sd' | 'lag1_autocorrelation', Certified>;
  return rowsOf(
    set,
    {
      id,
      inputs: { procedure: 'describe', data: referenceData(`nist_${set}.csv`), spec: { columns: ['y'] } },
      ours: ({ columns }) => (columns as readonly Values[])[0] as Values,
      r: 'y <- data$y; d <- y - mean(y); n <- length(y)\nresult <- list(mean = mean(y), sd = sd(y), autocorrelation1 = sum(d[-1] * d[-n]) / sum(d^2))',
      quantities: [
        { name: 'mean', key: 'mean', certified: reference.mean.certified },
        { name: 'standard deviation', key: 'sd', certified: reference.sd.certified },
        { name: 'autocorrelation', key: 'autocorrelation1', certified: reference.lag1_autocorrelation.certified },
      ],
    },
    session,
  );
}

/** The one-way table by `anova`, and by R's `aov`. */
export function anovaRows(set: AnovaSet, session: RSession | null): Promise<readonly NistRow[]> {
  const id = `01-nist-anova-${set}`;
  const reference = referenceCase(id).reference as {
    readonly between: { readonly ss: Certified; readonly ms: Certified };
    readonly within: { readonly ss: Certified; readonly ms: Certified };
    readonly F: Certified;
    readonly r_squared: Certified;
    readonly residual_sd: Certified;
    readonly p_value: number;
  };
  const { between, within } = reference;
  return rowsOf(
    set,
    {
      id,
      inputs: { procedure: 'anova', data: referenceData(`nist_${set}.csv`), spec: { formula: 'y ~ factor(group)' } },
      ours: ({ table, residual, etaSquared }) => {
        const [row] = table as unknown as [Record<'ss' | 'ms' | 'f' | 'p', number>];
        const rest = residual as Record<'ss' | 'ms' | 'sd', number>;
        return { ...row, within: rest.ss, withinMs: rest.ms, residualSd: rest.sd, etaSquared: etaSquared as number };
      },
      r: [
        'a <- summary(aov(y ~ factor(group), data))[[1]]; ss <- a[["Sum Sq"]]; ms <- a[["Mean Sq"]]',
        'result <- list(ss = ss[1], ms = ms[1], within = ss[2], withinMs = ms[2], f = a[["F value"]][1], p = a[["Pr(>F)"]][1],',
        '  residualSd = sqrt(ms[2]), etaSquared = ss[1] / sum(ss))',
      ].join('\n'),
      quantities: [
        { name: 'sum of squares between', key: 'ss', certified: between.ss.certified },
        { name: 'mean square between', key: 'ms', certified: between.ms.certified },
        { name: 'sum of squares within', key: 'within', certified: within.ss.certified },
        { name: 'mean square within', key: 'withinMs', certified: within.ms.certified },
        { name: 'F', key: 'f', certified: reference.F.certified },
        { name: 'R squared', key: 'etaSquared', certified: reference.r_squared.certified },
        { name: 'residual standard deviation', key: 'residualSd', certified: reference.residual_sd.certified },
      ],
    },
    session,
  );
}
