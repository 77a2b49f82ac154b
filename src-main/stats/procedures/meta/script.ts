import type { DataTable } from '../../data/table.ts';
import type { Role } from '../../meta-analysis/effect-sizes.ts';
import type { HeterogeneityMethod } from '../../meta-analysis/heterogeneity.ts';
import { isFixed } from '../../meta-analysis/heterogeneity.ts';
import type { TestOfMean } from '../../meta-analysis/random-effects.ts';
import type { Studies } from '../../meta-analysis/read-studies.ts';
import { canTestFunnel } from '../../meta-analysis/small-study-effects.ts';
import type { EffectModel } from '../../meta-analysis/weighted-moments.ts';
import { endOfScript, rColumn, rNumber, rScript, rText, scriptOpening } from '../../r/script.ts';
import { effectSource, type MetaSpec, metaColumns, moderatorFormula } from './spec.ts';

export type MetaScript = {
  readonly table: DataTable;
  readonly spec: MetaSpec;
  readonly method: HeterogeneityMethod;
  readonly test: TestOfMean;
  readonly columns: Readonly<Partial<Record<Role, string>>>;
  readonly studies: Studies;
  readonly model: EffectModel;
  /** Place of the intercept among the coefficients; −1 without one. */
  readonly place: number;
  readonly dataName: string;
};

/** Data, effects and their names in R. */
export function effectLines(
  spec: MetaSpec,
  columns: Readonly<Partial<Record<Role, string>>>,
  table: DataTable,
  dataName: string,
  packages: readonly string[],
): string[] {
  const source = effectSource(spec);
  const roles = Object.entries(columns) as [Role, string][];
  const used =
    source.kind === 'given'
      ? metaColumns(spec)
      : [...roles.map(([, column]) => column), ...metaColumns({ ...spec, measure: undefined }).slice(2)];
  const effects =
    source.kind === 'given'
      ? [`yi <- ${rColumn(source.yi)}; vi <- ${rColumn(source.error)}${source.isVariance ? '' : '^2'}`]
      : [
          `es <- escalc(measure = ${rText(spec.measure ?? '')}, ${roles
            .map(([role, column]) => `${role} = ${rColumn(column)}`)
            .join(', ')}, add = 1/2, to = "only0", vtype = "LS")`,
          'yi <- as.numeric(es$yi); vi <- as.numeric(es$vi)',
        ];
  return [
    ...scriptOpening(packages, { dataName, table, columns: used, factors: spec.factors }),
    ...effects,
    `study <- as.character(${spec.study === undefined ? 'rownames(data)' : rColumn(spec.study)})`,
    `k <- length(yi); confidence <- ${rNumber(spec.confidence)}; upper <- 1 - (1 - confidence) / 2`,
    'row <- function(estimate, se, df = NA) {',
    '  estimate <- as.numeric(estimate); se <- as.numeric(se); s <- estimate / se; w <- se * (if (is.na(df)) qnorm(upper) else qt(upper, df))',
    '  p <- if (is.na(df)) 2 * pnorm(-abs(s)) else 2 * pt(-abs(s), df)',
    '  list(estimate = estimate, se = se, statistic = s, df = df, p = p, low = estimate - w, high = estimate + w)',
    '}',
  ];
}

/** The design with R's names, without the columns that add nothing. */
export function designLines(spec: MetaSpec): string[] {
  return [
    `all <- model.matrix(~ ${moderatorFormula(spec)}, data)`,
    'independent <- sort(qr(all)$pivot[seq_len(qr(all)$rank)]); X <- all[, independent, drop = FALSE]',
  ];
}

const naturalFunctions: Readonly<Partial<Record<NonNullable<MetaSpec['measure']>, string>>> = {
  RR: 'exp',
  OR: 'exp',
  IRR: 'exp',
  IRLN: 'exp',
  ZCOR: 'tanh',
  PLO: 'plogis',
};

/** metafor's `rma` and its companions, converged further than by default; clubSandwich for several effects a study. */
export function metaScript(input: MetaScript): string {
  const { table, spec, method, test, columns, studies, place, dataName } = input;
  const { clusters, design } = studies;
  const robust = clusters !== null && clusters.count > input.model.basis.columns;
  const natural = spec.measure ? naturalFunctions[spec.measure] : undefined;
  const funnel = !design && canTestFunnel(studies.v);
  return rScript(
    effectLines(spec, columns, table, dataName, ['metafor', ...(clusters ? ['clubSandwich'] : [])]),
    design ? designLines(spec) : 'X <- matrix(1, k, 1)',
    'size <- mean(vi) + (if (k > 1) var(yi) else 0)',
    'control <- list(threshold = 1e-13 * size, maxiter = 100000, tol = 1e-14 * size, tau2.max = 1e4 * size + 1e4 * max(vi))',
    `pool <- function(yi, vi, X = matrix(1, length(yi), 1), test = ${rText(test)})`,
    `  suppressWarnings(rma(yi, vi, mods = X, intercept = FALSE, method = ${rText(method)}, test = test, level = 100 * confidence, control = control))`,
    'm <- pool(yi, vi, X)',
    'df <- if (m$test == "knha") m$k - m$p else NA',
    'heterogeneity <- function(m) list(tau2 = m$tau2, i2 = m$I2, h2 = m$H2, q = list(statistic = m$QE, df = m$k - m$p, p = m$QEp))',
    place < 0 ? 'main <- list()' : `main <- row(m$beta[${place + 1}], m$se[${place + 1}], df)`,
    robust ? robustLines(place) : [],
    `result <- c(list(n = k), main, heterogeneity(m), list(logLik = as.numeric(logLik(m, REML = ${method === 'REML' ? 'TRUE' : 'FALSE'})),`,
    '  weights = data.frame(study = study, yi = yi, vi = vi, weight = as.numeric(weights(m)))))',
    isFixed(method) || studies.y.length === 1 ? [] : limitLines(place),
    natural && place >= 0
      ? `result$natural <- lapply(result[c("estimate", "low", "high"${isFixed(method) ? '' : ', "predictionLow", "predictionHigh"'})], ${natural})`
      : [],
    funnel ? funnelLines : [],
    design || studies.y.length < 2 || studies.y.length > 5_000 ? [] : deletionLines(studies.y.length),
    design ? moderatorLines(robust, studies.hasIntercept) : [],
    endOfScript,
  );
}

function robustLines(place: number): string[] {
  return [
    'robust <- coef_test(m, vcov = "CR2", cluster = study, test = "Satterthwaite")',
    'robustDf <- if ("df_Satt" %in% names(robust)) robust$df_Satt else robust$df',
    ...(place < 0
      ? []
      : [`modelBased <- main; main <- row(m$beta[${place + 1}], robust$SE[${place + 1}], robustDf[${place + 1}])`]),
  ];
}

function limitLines(place: number): string[] {
  return [
    'limits <- confint(m, level = 100 * confidence, control = control)$random',
    'if (!anyNA(limits[1, 2:3])) result <- c(result, list(tau2Low = limits[1, 2], tau2High = limits[1, 3], i2Low = limits[3, 2], i2High = limits[3, 3],',
    '  h2Low = limits[4, 2], h2High = limits[4, 3]))',
    'result$tau2Se <- m$se.tau2',
    ...(place < 0
      ? []
      : [
          'q <- if (is.na(main$df)) qnorm(upper) else qt(upper, main$df)',
          'result <- c(result, list(predictionLow = main$estimate - q * sqrt(m$tau2 + main$se^2), predictionHigh = main$estimate + q * sqrt(m$tau2 + main$se^2)))',
        ]),
  ];
}

const funnelLines: readonly string[] = [
  'e <- summary(lm(yi ~ sqrt(vi), weights = 1 / vi))$coefficients',
  'result$egger <- list(intercept = e[2, 1], se = e[2, 2], statistic = e[2, 3], df = k - 2, p = e[2, 4], slope = e[1, 1])',
  'filled <- try(suppressWarnings(trimfill(rma(yi, vi, method = m$method, test = m$test, level = 100 * confidence, control = control), control = control, test = m$test)), silent = TRUE)',
  'if (!inherits(filled, "try-error")) result$trimFill <- c(list(side = filled$side, missing = filled$k0, missingSe = filled$se.k0),',
  '  row(filled$beta, filled$se, if (filled$test == "knha") filled$k - 1 else NA), heterogeneity(filled))',
];

function deletionLines(k: number): string[] {
  return [
    `others <- lapply(seq_len(k), function(i) pool(yi[-i], vi[-i]${k === 2 ? ', test = "z"' : ''}))`,
    'effect <- function(o) row(o$beta, o$se, if (o$test == "knha") o$k - 1 else NA)',
    ...(k > 2 ? ['deleted <- influence(m)$inf'] : []),
    'result$leaveOneOut <- lapply(seq_len(k), function(i) c(list(study = study[i]), effect(others[[i]]), heterogeneity(others[[i]])',
    k > 2
      ? '  , list(hat = deleted$hat[i], rstudent = deleted$rstudent[i], cook = deleted$cook.d[i], dffits = deleted$dffits[i])))'
      : '  ))',
  ];
}

function moderatorLines(robust: boolean, hasIntercept: boolean): string[] {
  return [
    'term <- function(j) if (j %in% independent) { i <- match(j, independent)',
    robust ? '  row(m$beta[i], robust$SE[i], robustDf[i]) } else' : '  row(m$beta[i], m$se[i], df) } else',
    '  lapply(row(1, 1), function(value) NA)',
    'result$terms <- lapply(seq_len(ncol(all)), function(j) c(list(term = gsub("`", "", colnames(all)[j])), term(j)))',
    `tested <- seq_len(m$p)${hasIntercept ? '[-1]' : ''}`,
    ...(robust
      ? [
          'w <- Wald_test(m, constraints = constrain_zero(tested, coef(m)), vcov = vcovCR(m, cluster = study, type = "CR2"), test = "HTZ")',
          'result$moderatorTest <- list(statistic = w$Fstat, df = c(length(tested), if ("df_denom" %in% names(w)) w$df_denom else w$df), p = w$p_val)',
        ]
      : [
          'wald <- sum(m$beta[tested] * solve(m$vb[tested, tested], m$beta[tested])); q <- length(tested)',
          'result$moderatorTest <- if (is.na(df)) list(statistic = wald, df = q, p = pchisq(wald, q, lower.tail = FALSE)) else',
          '  list(statistic = wald / q, df = c(q, df), p = pf(wald / q, q, df, lower.tail = FALSE))',
        ]),
    ...(hasIntercept ? ['result$rSquared <- m$R2'] : []),
    'o <- pool(yi, vi); result$overall <- c(row(o$beta, o$se, if (is.na(df)) NA else k - 1), heterogeneity(o))',
  ];
}
