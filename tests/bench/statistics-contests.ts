import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../statistics/draws.ts';

export type Contest = {
  readonly name: string;
  /** What grows in the test of linearity. */
  readonly unit: string;
  readonly size: number;
  readonly columns: (size: number) => Readonly<Record<string, readonly (number | string)[]>>;
  readonly procedure: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** The same work in R, on a data frame `data`. */
  readonly r: string;
  readonly packages: readonly string[];
  /** Times that the procedure is run in one timing. */
  readonly repeats?: number;
  /** Power of the size with which the work must grow: 1 unless said otherwise. */
  readonly grows?: number;
  /** R does the work once, not `repeats` times, and its time counts so many times: it would take minutes. */
  readonly onceInR?: true;
};

function columnsNamed(prefix: string, count: number, rows: number, label: string): Record<string, number[]> {
  const stream = randomStream(11, label);
  return Object.fromEntries(
    Array.from({ length: count }, (_none, j) => [`${prefix}${j + 1}`, normalDraws(stream, rows)]),
  );
}

function logistic(rows: number): Record<string, number[]> {
  const x = columnsNamed('x', 10, rows, 'logistic');
  const stream = randomStream(12, 'logistic outcome');
  const predictors = Object.values(x);
  const y = Array.from({ length: rows }, (_none, row) => {
    const eta = predictors.reduce(
      (total, column, j) => total + (column[row] as number) * (j % 2 === 0 ? 0.3 : -0.2),
      -0.5,
    );
    return stream.nextUniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
  });
  return { y, ...x };
}

function mixed(rows: number): Record<string, number[]> {
  const groups = rows / 20;
  const stream = randomStream(13, 'mixed');
  const level = normalDraws(stream, groups);
  const x = normalDraws(stream, rows);
  const noise = normalDraws(stream, rows);
  const id = x.map((_value, row) => row % groups);
  return {
    id,
    x,
    y: x.map((value, row) => 2 + 0.5 * value + 0.8 * (level[id[row] as number] as number) + (noise[row] as number)),
  };
}

function survivalTimes(rows: number): Record<string, number[]> {
  const x = columnsNamed('x', 4, rows, 'survival');
  const stream = randomStream(14, 'survival times');
  const time: number[] = [];
  const status: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    const eta = 0.4 * (x['x1']?.[row] as number) - 0.3 * (x['x2']?.[row] as number);
    const event = -Math.log(1 - stream.nextUniform()) / (0.1 * Math.exp(eta));
    const censored = 15 * stream.nextUniform();
    time.push(Math.ceil(Math.min(event, censored) * 100) / 100);
    status.push(event <= censored ? 1 : 0);
  }
  return { time, status, ...x };
}

function mediated(rows: number): Record<string, number[]> {
  const stream = randomStream(15, 'mediation');
  const x = normalDraws(stream, rows);
  const e = normalDraws(stream, rows);
  const u = normalDraws(stream, rows);
  const m = x.map((value, row) => 0.4 * value + (e[row] as number));
  return { x, m, y: x.map((value, row) => 0.2 * value + 0.5 * (m[row] as number) + (u[row] as number)) };
}

function studies(count: number): Record<string, number[]> {
  const stream = randomStream(16, 'studies');
  const vi = Array.from({ length: count }, () => 0.01 + 0.2 * stream.nextUniform());
  const z = normalDraws(stream, count);
  return { yi: vi.map((variance, k) => 0.3 + Math.sqrt(variance + 0.05) * (z[k] as number)), vi };
}

/** The five contests that the statistics are asked to win. */
export const contests: readonly Contest[] = [
  {
    name: 'logistic regression, 50,000 × 10',
    unit: 'rows',
    size: 50_000,
    columns: logistic,
    procedure: 'glm',
    spec: { formula: 'y ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10', family: 'binomial' },
    r: 'summary(glm(y ~ ., data = data, family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100)))',
    packages: [],
  },
  {
    name: 'linear mixed model, 20,000 rows × 1,000 groups',
    unit: 'rows',
    size: 20_000,
    columns: mixed,
    procedure: 'lmm',
    spec: { formula: 'y ~ x + (1|id)', method: 'REML', df: 'satterthwaite' },
    r: 'summary(lmerTest::lmer(y ~ x + (1 | id), data = data))',
    packages: ['lme4', 'lmerTest'],
  },
  {
    name: 'Cox regression, 50,000 rows',
    unit: 'rows',
    size: 50_000,
    columns: survivalTimes,
    procedure: 'cox',
    spec: { formula: 'Surv(time, status) ~ x1 + x2 + x3 + x4' },
    r: '{ fit <- coxph(Surv(time, status) ~ x1 + x2 + x3 + x4, data = data, control = coxph.control(eps = 1e-12)); summary(fit); cox.zph(fit, "km") }',
    packages: ['survival'],
  },
  {
    name: '5,000 bootstrap mediations on 2,000 rows',
    unit: 'rows',
    size: 2_000,
    columns: mediated,
    procedure: 'mediation',
    spec: { x: 'x', m: ['m'], y: 'y', method: 'bootstrap', samples: 5_000, seed: 1 },
    r: '{ set.seed(1); X <- cbind(1, data$x, data$m); replicate(5000, { i <- sample.int(nrow(data), replace = TRUE); a <- .lm.fit(X[i, 1:2], data$m[i])$coefficients[2]; b <- .lm.fit(X[i, ], data$y[i])$coefficients[3]; a * b }) }',
    packages: [],
  },
  {
    name: '10 meta-analyses of 1,000 studies',
    unit: 'studies',
    size: 1_000,
    columns: studies,
    procedure: 'meta',
    spec: { yi: 'yi', vi: 'vi', method: 'REML', test: 'knha' },
    // Without the leaving out of each study, which ours does: R would fit the model a thousand times more.
    r: '{ fit <- rma(yi, vi, data = data, method = "REML", test = "knha"); confint(fit); predict(fit); regtest(fit, model = "lm"); trimfill(fit) }',
    packages: ['metafor'],
    repeats: 10,
    onceInR: true,
    // Each study is left out once, and each time the others are fitted anew.
    grows: 2,
  },
];
