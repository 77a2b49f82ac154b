import type { DataTable } from '../../data/table.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { endOfScript, rColumn, rNumber, rScript, rVector, scriptOpening } from '../../r/script.ts';
import type { GlmEstimate } from '../../regression/estimate-glm.ts';
import type { RunContext } from '../procedure.ts';
import type { GlmData } from '../shared/glm-data.ts';
import { distributionOf, type GlmFamilyName, type GlmSpec, linkOf, robustOf } from '../shared/glm-spec.ts';

export type ScriptFacts = {
  readonly data: GlmData;
  readonly estimate: GlmEstimate;
  readonly linear: boolean;
  /** The family that was fitted: the Poisson where a negative binomial has no maximum. */
  readonly family: GlmFamilyName;
};

/** R that gives the same numbers: `lm`, `glm`, MASS, sandwich, clubSandwich, brglm2. */
export function glmScript(table: DataTable, spec: GlmSpec, context: RunContext, facts: ScriptFacts): string {
  const used = [
    ...columnsOfFormula(parseFormula(spec.formula)),
    ...[spec.weights, spec.cluster].filter((name) => name !== undefined),
  ];
  return rScript(
    scriptOpening(packagesOf(spec, facts), {
      dataName: context.dataName,
      table,
      columns: used,
      factors: spec.factors,
    }),
    fitLines(spec, facts),
    spec.firth ? firthLines(spec) : [...covarianceLines(spec, facts), ...termLines(spec, facts)],
    undeterminedLines(facts),
    ...(facts.family === 'negative-binomial' ? [thetaLine] : []),
    resultLines(spec, facts),
    endOfScript,
  );
}

function packagesOf(spec: GlmSpec, { family }: ScriptFacts): string[] {
  const robust = robustOf(spec);
  return [
    ...(family === 'negative-binomial' ? ['MASS'] : []),
    ...(spec.firth ? ['brglm2'] : []),
    ...(robust === 'CR2' ? ['clubSandwich'] : robust === null ? [] : ['sandwich']),
  ];
}

/** `glm.nb` keeps the error of theta from before its last step. */
const thetaLine =
  'thetaSe <- attr(theta.ml(fit$y, fitted(fit), weights = fit$prior.weights, limit = 200, eps = 1e-13), "SE")[[1]]';

/** R's `glm` takes a thousandth of epsilon as the tolerance of its ranks: 1e-17 would keep columns that are nothing but rounding. */
function control({ estimate }: ScriptFacts): string {
  return `glm.control(epsilon = ${estimate.aliased.length > 0 ? '1e-11' : '1e-14'}, maxit = 200)`;
}

function fitLines(spec: GlmSpec, facts: ScriptFacts): string[] {
  const weights = spec.weights === undefined ? '' : `, weights = ${rColumn(spec.weights)}`;
  const start = `${spec.formula.trim()}, data = data${weights}`;
  if (facts.linear) return [`fit <- lm(${start}${facts.estimate.leastShare < 1e-6 ? ', tol = 1e-11' : ''})`];
  if (facts.family === 'negative-binomial') {
    return [`fit <- suppressWarnings(glm.nb(${start}, link = ${linkOf(spec)}, control = ${control(facts)}))`];
  }
  const family = `${rFamily(facts.family)}(link = "${linkOf(spec)}")`;
  if (spec.firth) {
    return [
      `fit <- glm(${start}, family = ${family}, method = "brglmFit", type = "AS_mean", control = brglmControl(epsilon = 1e-12, maxit = 1000))`,
    ];
  }
  const given =
    family.includes('"identity"') && facts.family.endsWith('binomial') ? identityBinomial(facts.family) : family;
  return [
    ...(needsStart(spec, facts) ? startLines(spec) : []),
    `fit <- suppressWarnings(glm(${start}, family = ${given}${needsStart(spec, facts) ? ', start = start' : ''}, control = ${control(facts)}))`,
  ];
}

/** From R's own start the first step often leads to probabilities beyond 1. */
function needsStart(spec: GlmSpec, { data, family }: ScriptFacts): boolean {
  const link = linkOf(spec);
  return distributionOf(family) === 'binomial' && (link === 'log' || link === 'identity') && data.intercept;
}

function startLines(spec: GlmSpec): string[] {
  const weights = spec.weights === undefined ? '' : `, weights = ${rColumn(spec.weights)}`;
  return [
    `flat <- suppressWarnings(glm(${spec.formula.trim()}, data = data${weights}, family = quasibinomial, control = glm.control(maxit = 1)))`,
    `start <- replace(0 * coef(flat), 1, ${linkOf(spec) === 'log' ? 'log' : ''}(weighted.mean(flat$y, flat$prior.weights)))`,
  ];
}

function rFamily(family: GlmFamilyName): string {
  return family === 'gamma' ? 'Gamma' : family;
}

function identityBinomial(family: GlmFamilyName): string {
  return `${family}(link = make.link("identity"))`;
}

function covarianceLines(spec: GlmSpec, { estimate, family }: ScriptFacts): string[] {
  const robust = robustOf(spec);
  const free = estimate.df !== null;
  const residual = free ? 'df.residual(fit)' : 'Inf';
  if (robust === null) {
    return family === 'negative-binomial' || !free
      ? ['V <- summary(fit)$cov.scaled', `df <- ${residual}`]
      : ['V <- vcov(fit)', `df <- ${residual}`];
  }
  if (robust === 'CR2') {
    return [
      `V <- vcovCR(fit, cluster = ${rColumn(spec.cluster as string)}, type = "CR2")`,
      'satterthwaite <- coef_test(fit, vcov = V, test = "Satterthwaite")',
      'df <- setNames(if ("df_Satt" %in% names(satterthwaite)) satterthwaite$df_Satt else satterthwaite$df, rownames(V))[names(coef(fit))]',
      'V <- as.matrix(V)',
    ];
  }
  if (robust === 'CR1') {
    const cluster = rColumn(spec.cluster as string);
    return [`V <- vcovCL(fit, cluster = ${cluster}, type = "HC1")`, `df <- length(unique(${cluster})) - 1`];
  }
  return [`V <- vcovHC(fit, type = "${robust}")`, `df <- ${residual}`];
}

function termLines(spec: GlmSpec, facts: ScriptFacts): string[] {
  const upper = rNumber(1 - (1 - spec.confidence) / 2);
  return [
    'b <- coef(fit)',
    'se <- setNames(sqrt(diag(V)), rownames(V))[names(b)]',
    'statistic <- b / se',
    `limit <- qt(${upper}, df) * se`,
    'terms <- data.frame(term = names(b), estimate = b, se = se, statistic = statistic, df = ifelse(is.finite(df), df, NA), p = 2 * pt(-abs(statistic), df), low = b - limit, high = b + limit)',
    'terms$df[is.na(b)] <- NA',
    ...(spec.interval === 'profile' && !facts.linear ? profileLines(spec, facts) : []),
  ];
}

/** The deviance with one coefficient held, the others refitted. */
function profileLines(spec: GlmSpec, { estimate }: ScriptFacts): string[] {
  const upper = rNumber(1 - (1 - spec.confidence) / 2);
  const free = estimate.df !== null;
  return [
    'kept <- names(b)[!is.na(b)]',
    'X <- model.matrix(fit)[, kept, drop = FALSE]',
    'offset <- if (is.null(fit$offset)) rep(0, nrow(X)) else fit$offset',
    `cutoff <- ${free ? `qt(${upper}, df)` : `qnorm(${upper})`}^2`,
    `dispersion <- ${free ? 'summary(fit)$dispersion' : '1'}`,
    'for (j in seq_along(kept)) {',
    '  fall <- function(v) (suppressWarnings(glm.fit(X[, -j, drop = FALSE], fit$y, fit$prior.weights, offset = offset + X[, j] * v,',
    '    family = fit$family, intercept = FALSE, control = glm.control(1e-14, 200)))$deviance - deviance(fit)) / dispersion - cutoff',
    '  width <- 2 * sqrt(cutoff) * se[kept[j]]',
    '  terms[terms$term == kept[j], "low"] <- uniroot(fall, c(b[kept[j]] - width, b[kept[j]]), extendInt = "downX", tol = 1e-13)$root',
    '  terms[terms$term == kept[j], "high"] <- uniroot(fall, c(b[kept[j]], b[kept[j]] + width), extendInt = "upX", tol = 1e-13)$root',
    '}',
  ];
}

/** brglm2 gives the estimates; limits and tests by maximising the penalised likelihood with a coefficient held. */
function firthLines(spec: GlmSpec): string[] {
  const upper = rNumber(1 - (1 - spec.confidence) / 2);
  const wald = spec.interval === 'wald';
  return [
    'b <- coef(fit); kept <- names(b)[!is.na(b)]',
    'X <- model.matrix(fit)[, kept, drop = FALSE]; y <- fit$y; m <- fit$prior.weights',
    'offset <- if (is.null(fit$offset)) rep(0, nrow(X)) else fit$offset',
    'information <- function(b) { p <- plogis(drop(X %*% b) + offset); crossprod(X * sqrt(m * p * (1 - p))) }',
    'kernel <- function(b) { eta <- drop(X %*% b) + offset; sum(m * (y * plogis(eta, log.p = TRUE) + (1 - y) * plogis(-eta, log.p = TRUE))) }',
    'penalised <- function(b) kernel(b) + determinant(information(b))$modulus[1] / 2',
    'maximise <- function(b, free) {',
    '  for (step in 1:500) {',
    '    if (length(free) == 0) break',
    '    p <- plogis(drop(X %*% b) + offset); w <- m * p * (1 - p); A <- solve(crossprod(X * sqrt(w)))',
    '    h <- w * rowSums((X %*% A) * X); U <- crossprod(X, m * (y - p) + h * (0.5 - p))[free]',
    '    d <- drop(solve(information(b)[free, free], U)); d <- d * min(1, 5 / max(abs(d)))',
    '    now <- penalised(b); s <- 1',
    '    repeat { t <- b; t[free] <- b[free] + s * d; if (penalised(t) >= now - 1e-9 || s < 1e-6) break; s <- s / 2 }',
    '    b <- t; if (max(abs(d)) < 1e-12) break',
    '  }',
    '  b',
    '}',
    'top <- maximise(b[kept], seq_along(kept)); best <- penalised(top)',
    'V <- solve(information(top)); dimnames(V) <- list(kept, kept)',
    'se <- setNames(sqrt(diag(V)), kept)[names(b)]',
    'held <- function(j, v) { t <- top; t[j] <- v; 2 * (best - penalised(maximise(t, setdiff(seq_along(kept), j)))) }',
    `limit <- qnorm(${upper}) * se`,
    'terms <- data.frame(term = names(b), estimate = b, se = se, statistic = b / se, df = NA, p = 2 * pnorm(-abs(b / se)), low = b - limit, high = b + limit)',
    ...(wald
      ? []
      : [
          `cutoff <- qchisq(${rNumber(spec.confidence)}, 1)`,
          'for (j in seq_along(kept)) {',
          '  row <- which(terms$term == kept[j]); width <- sqrt(cutoff) * se[kept[j]]',
          '  terms$statistic[row] <- held(j, 0); terms$df[row] <- 1; terms$p[row] <- pchisq(held(j, 0), 1, lower.tail = FALSE)',
          '  terms$low[row] <- uniroot(function(v) held(j, v) - cutoff, c(top[j] - 2 * width, top[j]), extendInt = "downX", tol = 1e-12)$root',
          '  terms$high[row] <- uniroot(function(v) held(j, v) - cutoff, c(top[j], top[j] + 2 * width), extendInt = "upX", tol = 1e-12)$root',
          '}',
        ]),
  ];
}

/** Terms without a finite estimate: R's are as large as its iterations went. */
function undeterminedLines({ data, estimate }: ScriptFacts): string[] {
  if (!estimate.separation) return [];
  const names = data.design.names.filter((_name, j) => Number.isNaN(estimate.coefficients[j] as number));
  return [
    '# The predictors tell some responses for certain: these terms have no finite estimate.',
    `terms[terms$term %in% ${rVector(names)}, -1] <- NA`,
  ];
}

function resultLines(spec: GlmSpec, facts: ScriptFacts): string[] {
  const { estimate, linear, family } = facts;
  if (linear) return linearResult();
  const separated = estimate.separation !== null;
  const known = estimate.logLik !== null && Number.isFinite(estimate.logLik) && !separated;
  const free = estimate.df !== null;
  const pieces = [
    ...(separated ? [] : ['deviance = deviance(fit)']),
    ...(spec.firth ? [] : ['nullDeviance = fit$null.deviance']),
    ...(known ? ['logLik = as.numeric(logLik(fit))', 'aic = AIC(fit)', 'bic = BIC(fit)'] : []),
    'dfResidual = df.residual(fit)',
    'dfNull = fit$df.null',
    ...(free || separated ? [] : ['dispersion = 1']),
    ...(free && !separated ? ['dispersion = summary(fit)$dispersion'] : []),
    ...(family === 'negative-binomial' ? ['theta = fit$theta', 'thetaSe = thetaSe'] : []),
    ...(spec.firth ? ['penalisedLogLik = as.numeric(logLik(fit)) + determinant(information(top))$modulus[1] / 2'] : []),
  ];
  return [
    `result <- list(n = sum(fit$prior.weights > 0), terms = terms, fit = list(${pieces.join(', ')}))`,
    ...ratioLines(spec, facts),
    ...(known && !free && !spec.firth && estimate.theta === null && estimate.dfResidual < estimate.fitted.length - 1
      ? [
          'statistic <- fit$null.deviance - deviance(fit); df0 <- fit$df.null - df.residual(fit)',
          'if (df0 > 0) result$likelihoodRatio <- list(statistic = statistic, df = df0, p = pchisq(statistic, df0, lower.tail = FALSE))',
        ]
      : []),
    ...overdispersionLines(spec, facts, known),
  ];
}

function ratioLines(spec: GlmSpec, { estimate }: ScriptFacts): string[] {
  const link = linkOf(spec);
  if ((link !== 'logit' && link !== 'log') || estimate.separation) return [];
  return [
    'result$ratios <- data.frame(term = terms$term, estimate = exp(terms$estimate), low = exp(terms$low), high = exp(terms$high))',
  ];
}

function overdispersionLines(spec: GlmSpec, facts: ScriptFacts, known: boolean): string[] {
  if (facts.family !== 'negative-binomial' || !known || !facts.data.y.every(Number.isInteger)) return [];
  const weights = spec.weights === undefined ? '' : `, weights = ${rColumn(spec.weights)}`;
  return [
    `plain <- glm(${spec.formula.trim()}, data = data${weights}, family = poisson(link = "${linkOf(spec)}"), control = ${control(facts)})`,
    'gain <- max(0, 2 * as.numeric(logLik(fit) - logLik(plain)))',
    'result$overdispersion <- list(statistic = gain, df = 1, p = pchisq(gain, 1, lower.tail = FALSE) / 2)',
  ];
}

function linearResult(): string[] {
  return [
    's <- summary(fit)',
    'f <- if (is.null(s$fstatistic)) NULL else list(statistic = s$fstatistic[[1]], df = c(s$fstatistic[[2]], s$fstatistic[[3]]), p = pf(s$fstatistic[[1]], s$fstatistic[[2]], s$fstatistic[[3]], lower.tail = FALSE))',
    'result <- list(n = nobs(fit), terms = terms, fit = list(deviance = deviance(fit), logLik = as.numeric(logLik(fit)), aic = AIC(fit), bic = BIC(fit),',
    '  dfResidual = df.residual(fit), dispersion = s$sigma^2, residualSd = s$sigma, rSquared = s$r.squared, adjustedRSquared = s$adj.r.squared, fStatistic = f))',
    'if (is.null(f)) result$fit$fStatistic <- NULL',
  ];
}
