import type { DataTable } from '../../data/table.ts';
import { mostExactRows } from '../../quasi-experiments/its/durbin-watson.ts';
import type { SeriesErrors } from '../../quasi-experiments/its/fit-series.ts';
import type { TimeAxis } from '../../quasi-experiments/its/time-axis.ts';
import { endOfScript, rColumn, rNumber, rScript, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import { covariateText, responseText } from '../shared/covariate-terms.ts';
import { testedLags } from './diagnostics.ts';

type ItsScriptSpec = {
  readonly confidence: number;
  readonly factors: Readonly<Record<string, readonly string[]>>;
  readonly y: string;
  readonly time?: string | undefined;
  readonly offset?: string | undefined;
  readonly family: 'gaussian' | 'poisson' | 'quasipoisson' | 'negative-binomial';
  readonly seasonality?: { readonly period: number; readonly harmonics?: number | undefined } | undefined;
  readonly covariates: readonly string[];
  readonly horizons?: readonly number[] | undefined;
};

/** A script of base R with sandwich, lmtest, nlme or MASS as the errors and the family ask. */
export function itsScript(
  table: DataTable,
  spec: ItsScriptSpec,
  columns: readonly string[],
  axis: TimeAxis,
  errors: SeriesErrors,
  { dataName }: RunContext,
): string {
  const gaussian = spec.family === 'gaussian';
  return rScript(
    scriptOpening(packagesOf(spec, errors), {
      dataName,
      table,
      columns,
      factors: spec.factors,
      complete: false,
    }),
    timeLines(spec, axis, columns),
    designLines(spec, axis),
    gaussian ? gaussianLines(errors) : countLines(spec, errors),
    termLines(),
    effectLines(spec, axis, gaussian),
    residualLines(
      gaussian && errors.kind !== 'ar1',
      gaussian && errors.kind !== 'ar1' && axis.t.length <= mostExactRows,
      testedLags(axis.t.length, spec.seasonality?.period ?? null),
    ),
    'result <- list(n = nrow(data), terms = terms, effects = effects, counterfactual = points, total = total, fit = fitted, residuals = residual)',
    endOfScript,
  );
}

function packagesOf(spec: ItsScriptSpec, errors: SeriesErrors): string[] {
  return [
    ...(errors.kind === 'newey-west' ? ['sandwich'] : []),
    ...(errors.kind === 'ar1' ? ['nlme'] : []),
    ...(spec.family === 'gaussian' && errors.kind !== 'ar1' ? ['lmtest'] : []),
    ...(spec.family === 'negative-binomial' ? ['MASS'] : []),
  ];
}

function timeLines(spec: ItsScriptSpec, axis: TimeAxis, columns: readonly string[]): string[] {
  const time =
    axis.kind === 'rows'
      ? 'seq_len(nrow(data))'
      : axis.kind === 'ordered'
        ? `as.integer(${rColumn(spec.time as string)})`
        : rColumn(spec.time as string);
  return [
    `time <- ${time}`,
    `complete <- complete.cases(data[, ${rVector(columns)}, drop = FALSE])`,
    'data <- droplevels(data[complete, , drop = FALSE][order(time[complete]), , drop = FALSE])',
    'time <- sort(time[complete])',
  ];
}

function designLines(spec: ItsScriptSpec, axis: TimeAxis): string[] {
  const period = spec.seasonality?.period ?? 1;
  const harmonics = spec.seasonality ? (spec.seasonality.harmonics ?? Math.min(2, Math.floor(period / 2))) : 0;
  return [
    `start <- ${rNumber(axis.start)}`,
    'level <- as.numeric(time >= start)',
    'X <- cbind("(Intercept)" = 1, time = time, level = level, after = level * (time - start + 1))',
    ...Array.from({ length: harmonics }, (_none, index) => {
      const k = index + 1;
      const turn = `${2 * k} * pi * time / ${rNumber(period)}`;
      return `X <- cbind(X, ${2 * k === period ? '' : `sin${k} = sin(${turn}), `}cos${k} = cos(${turn}))`;
    }),
    ...(spec.covariates.length === 0
      ? []
      : [`X <- cbind(X, model.matrix(~ ${covariateText(spec.covariates)}, data)[, -1, drop = FALSE])`]),
    `y <- with(data, ${responseText(spec.y)})`,
    'n <- length(y)',
    '# Columns that depend on those before them are left out first: glm() with a tight epsilon does not see them.',
    'known <- seq_len(ncol(X)) %in% qr(X)$pivot[seq_len(qr(X)$rank)]; all.X <- X; X <- X[, known, drop = FALSE]',
  ];
}

function gaussianLines(errors: SeriesErrors): string[] {
  if (errors.kind === 'ar1') {
    return [
      'place <- round((time - time[1]) / min(diff(time)))',
      'if (max(diff(time)) < 1.2 * min(diff(time)) || any(abs(diff(time) / min(diff(time)) - round(diff(time) / min(diff(time)))) > 0.05)) place <- seq_along(time)',
      'frame <- data.frame(y = y, place = place); frame$X <- X',
      `fit <- gls(y ~ X - 1, frame, correlation = corAR1(form = ~ place), method = "${errors.method}",`,
      '  control = glsControl(tolerance = 1e-12, msTol = 1e-14, maxIter = 500, msMaxIter = 500))',
      'b <- coef(fit); V <- vcov(fit); df <- n - length(b)',
      'phi <- unname(coef(fit$modelStruct$corStruct, unconstrained = FALSE))',
      'fitted <- list(phi = phi, sigma = fit$sigma, dfResidual = df, logLik = as.numeric(logLik(fit)), aic = -2 * as.numeric(logLik(fit)) + 2 * (length(b) + 2))',
      'e <- as.numeric(residuals(fit)); step <- c(1, diff(place))',
      'e[-1] <- (e[-1] - phi^step[-1] * e[-n]) / sqrt(1 - phi^(2 * step[-1]))',
      'eta <- as.numeric(fitted(fit)); mu <- eta',
    ];
  }
  return [
    'fit <- lm(y ~ X - 1)',
    covarianceLine(errors),
    'b <- coef(fit); df <- df.residual(fit); e <- residuals(fit); eta <- fitted(fit); mu <- eta',
    'r2 <- 1 - sum(e^2) / sum((y - mean(y))^2)',
    'fitted <- list(rSquared = r2, adjustedRSquared = 1 - (1 - r2) * (n - 1) / df, sigma = sigma(fit), dfResidual = df,',
    '  logLik = as.numeric(logLik(fit)), aic = AIC(fit))',
  ];
}

function covarianceLine(errors: SeriesErrors, negative = false): string {
  return errors.kind === 'model'
    ? `V <- vcov(fit, complete = FALSE${negative ? ', dispersion = 1' : ''})`
    : `V <- NeweyWest(fit, lag = ${errors.lag}, prewhite = FALSE, adjust = ${errors.adjust ? 'TRUE' : 'FALSE'})`;
}

function countLines(spec: ItsScriptSpec, errors: SeriesErrors): string[] {
  const offset = spec.offset === undefined ? '' : ` + offset(log(${rColumn(spec.offset)}))`;
  const control = 'control = glm.control(epsilon = 1e-14, maxit = 100)';
  const negative = spec.family === 'negative-binomial';
  const t = spec.family === 'quasipoisson' || (errors.kind === 'newey-west' && errors.adjust);
  return [
    negative
      ? [`fit <- glm.nb(y ~ X - 1${offset}, ${control})`, ...negativeBinomialPolish(offset, control)]
      : [`fit <- glm(y ~ X - 1${offset}, family = ${spec.family}, ${control})`],
    covarianceLine(errors, negative),
    `b <- coef(fit); df <- ${t ? 'df.residual(fit)' : 'NA'}; e <- residuals(fit, "pearson")`,
    'eta <- predict(fit); mu <- fitted(fit)',
    'fitted <- list(deviance = deviance(fit), dfResidual = df.residual(fit), dispersion = sum(e^2) / df.residual(fit))',
    ...(spec.family === 'poisson'
      ? ['fitted <- c(fitted, list(logLik = as.numeric(logLik(fit)), aic = AIC(fit)))']
      : negative
        ? [
            'fitted <- c(fitted, list(theta = theta, logLik = as.numeric(logLik(fit)), aic = -2 * as.numeric(logLik(fit)) + 2 * (length(b) + 1)))',
          ]
        : []),
  ].flat();
}

function negativeBinomialPolish(offset: string, control: string): string[] {
  return [
    'theta <- fit$theta',
    'for (round in 1:50) {',
    '  theta <- as.numeric(theta.ml(y, fitted(fit), limit = 200, eps = 1e-13))',
    `  fit <- glm(y ~ X - 1${offset}, family = negative.binomial(theta), start = coef(fit), ${control})`,
    '}',
  ];
}

function termLines(): string[] {
  return [
    'b <- replace(rep(NA, ncol(all.X)), known, b); names(b) <- colnames(all.X); X <- all.X',
    'se <- rep(NA, length(b)); se[known] <- sqrt(diag(V))',
    'tail <- function(s) if (is.na(df)) 2 * pnorm(-abs(s)) else 2 * pt(-abs(s), df)',
  ];
}

function effectLines(spec: ItsScriptSpec, axis: TimeAxis, gaussian: boolean): string[] {
  const upper = `1 - (1 - ${rNumber(spec.confidence)}) / 2`;
  const relative = !gaussian || /^log\(/.test(spec.y);
  return [
    `q <- if (is.na(df)) qnorm(${upper}) else qt(${upper}, df)`,
    'terms <- data.frame(term = names(b), estimate = unname(b), se = se, statistic = unname(b) / se, df = ifelse(known, df, NA), p = tail(unname(b) / se),',
    '  low = unname(b) - q * se, high = unname(b) + q * se)',
    'spread <- function(contrast) sqrt(diag(contrast[, known, drop = FALSE] %*% V %*% t(contrast[, known, drop = FALSE])))',
    `horizon <- ${spec.horizons ? rVector(spec.horizons) : 'c(1, max(time) - start + 1)'}`,
    'contrast <- matrix(0, length(horizon), length(b)); contrast[, 3] <- 1; contrast[, 4] <- horizon',
    'shift <- b[3] + b[4] * horizon; s <- spread(contrast)',
    'effects <- data.frame(horizon = horizon, estimate = shift, se = s, statistic = shift / s, df = df, p = tail(shift / s), low = shift - q * s, high = shift + q * s)',
    ...(relative
      ? [
          'effects <- cbind(effects, percent = 100 * expm1(effects$estimate), percentLow = 100 * expm1(effects$low), percentHigh = 100 * expm1(effects$high))',
        ]
      : []),
    'on <- which(time >= start); without <- X[on, , drop = FALSE]; without[, 3:4] <- 0',
    'shift <- as.numeric(X[on, 3:4, drop = FALSE] %*% b[3:4])',
    gaussian
      ? 'expected <- mu[on] - shift; gradient <- X[on, , drop = FALSE] - without'
      : 'expected <- exp(eta[on] - shift); gradient <- mu[on] * X[on, , drop = FALSE] - expected * without',
    'row <- function(fitted, expected, s) data.frame(fitted = fitted, expected = expected, effect = fitted - expected, se = s,',
    '  low = fitted - expected - q * s, high = fitted - expected + q * s)',
    `points <- cbind(time = ${axis.kind === 'ordered' ? `as.character(${rColumn(spec.time as string)}[on])` : 'time[on]'}, observed = y[on], row(as.numeric(mu[on]), as.numeric(expected), spread(gradient)))`,
    'total <- as.list(row(sum(mu[on]), sum(expected), spread(matrix(colSums(gradient), 1))))',
  ];
}

/** Imhof's integral (1961, Biometrika 48:419), which needs no package; good to about 1e-12. */
const exactDurbinWatson = [
  'A <- diag(2, n); A[1, 1] <- A[n, n] <- 1; A[cbind(1:(n - 1), 2:n)] <- A[cbind(2:n, 1:(n - 1))] <- -1',
  'Q <- qr.Q(qr(X), complete = TRUE)[, -seq_len(fit$rank)]',
  'shifted <- eigen(t(Q) %*% A %*% Q, symmetric = TRUE)$values - durbinWatson$statistic',
  'imhof <- function(u) vapply(u, function(v) sin(sum(atan(shifted * v)) / 2) / v * exp(-sum(log1p((shifted * v)^2)) / 4), 0)',
  'durbinWatson$p <- 0.5 - integrate(imhof, 0, Inf, subdivisions = 5000, rel.tol = 1e-12)$value / pi',
];

function residualLines(plain: boolean, exact: boolean, lags: number): string[] {
  return [
    `lags <- ${lags}`,
    'test <- function(x) list(statistic = unname(x$statistic), df = unname(x$parameter), p = pchisq(unname(x$statistic), unname(x$parameter), lower.tail = FALSE))',
    'durbinWatson <- list(statistic = sum(diff(e)^2) / sum(e^2))',
    ...(exact ? exactDurbinWatson : []),
    'residual <- list(durbinWatson = durbinWatson,',
    '  autocorrelation = acf(e, lag.max = lags, plot = FALSE)$acf[-1], partialAutocorrelation = pacf(e, lag.max = lags, plot = FALSE)$acf[, 1, 1],',
    `  ljungBox = test(Box.test(e, lags, type = "Ljung-Box"))${plain ? ', breuschGodfrey = test(bgtest(fit, order = lags)), breuschPagan = test(bptest(fit))' : ''})`,
  ];
}
