import { rNumber, rVector } from '#main/stats/r/script.ts';
import type { FamilyImpactFound } from './family-impact.ts';
import type { FamilyImpactSpec } from './spec.ts';

/** R that makes the paths again from means and covariances, in base R: nothing in it is of one couple. */
export function familyImpactScript(found: FamilyImpactFound, spec: FamilyImpactSpec): string {
  const { wave, measures } = found.result;
  return [
    `# Family impact, wave ${JSON.stringify(wave)}: ${measures.distress.name}, ${measures.conflict.name}, ${measures.outcome.name}.`,
    '# Made from means and covariances alone: no answer of a household stands here.',
    'result <- list()',
    '',
    ...crossoverLines(found),
    '',
    ...mediationLines(found, spec),
    '',
    ...spilloverLines(spec),
    'print(result, digits = 15)',
    '',
  ].join('\n');
}

function matrix(rows: readonly (readonly number[])[], names: readonly string[]): string {
  return `matrix(${rVector(rows.flat())}, ${rows.length}, byrow = TRUE, dimnames = list(${rVector(names)}, ${rVector(names)}))`;
}

function crossoverLines({ result, crossover: moments }: FamilyImpactFound): string[] {
  const { crossover } = result;
  if (crossover.refused !== null || moments === null)
    return [`# ${crossover.refused ?? 'Crossover was not computed.'}`];
  return [
    '# Crossover: the actor-partner model is saturated, so that its maximum likelihood estimates follow from the moments (divisor n).',
    `n <- ${rNumber(crossover.couples)}`,
    `S <- ${matrix(moments.covariance, ['x1', 'x2', 'y1', 'y2'])}`,
    `centre <- ${rVector(moments.means)} # 1 officer, 2 partner; x distress, y outcome`,
    'x <- 1:2; y <- 3:4',
    'B <- t(solve(S[x, x], S[x, y])) # row y1: actor 1, partner 2->1; row y2: partner 1->2, actor 2',
    'E <- S[y, y] - B %*% S[x, y]',
    'se <- sqrt(outer(diag(E), diag(solve(S[x, x]))) / n) # of complete couples; wider where values are missing',
    'crossover <- data.frame(path = c("officer-officer", "partner-partner", "officer-partner", "partner-officer"),',
    '  estimate = c(B[1, 1], B[2, 2], B[2, 1], B[1, 2]), se = c(se[1, 1], se[2, 2], se[2, 1], se[1, 2]))',
    'crossover$low <- crossover$estimate - qnorm(0.975) * crossover$se',
    'crossover$high <- crossover$estimate + qnorm(0.975) * crossover$se',
    'crossover$p <- 2 * pnorm(-abs(crossover$estimate / crossover$se))',
    'result$crossover <- crossover',
    'result$rSquared <- unname(1 - diag(E) / diag(S[y, y]))',
    '# With lavaan: sem("y1 ~ x1 + x2; y2 ~ x2 + x1; y1 ~~ y2; x1 ~~ x2", sample.cov = S, sample.mean = setNames(centre, colnames(S)),',
    '#   sample.nobs = n, sample.cov.rescale = FALSE, fixed.x = FALSE)',
  ];
}

function mediationLines(
  { result, mediation: moments }: FamilyImpactFound,
  { samples, seed }: FamilyImpactSpec,
): string[] {
  const { mediation } = result;
  if (mediation.refused !== null || moments === null)
    return [`# ${mediation.refused ?? 'Mediation was not computed.'}`];
  return [
    '# Serial mediation: least squares from the covariances (divisor m - 1).',
    `m <- ${rNumber(mediation.complete)}`,
    `V <- ${matrix(moments.covariance, ['exposure', 'distress', 'conflict', 'partner'])}`,
    'ols <- function(to, from) {',
    '  A <- solve(V[from, from, drop = FALSE]); b <- drop(A %*% V[from, to]); df <- m - 1 - length(from)',
    '  se <- sqrt(diag(A) * (V[to, to] - sum(b * V[from, to])) / df)',
    '  data.frame(from = from, to = to, estimate = b, low = b - qt(0.975, df) * se, high = b + qt(0.975, df) * se, p = 2 * pt(-abs(b / se), df))',
    '}',
    'steps <- rbind(ols("distress", "exposure"), ols("conflict", c("exposure", "distress")), ols("partner", c("exposure", "distress", "conflict")))',
    'path <- function(from, to) steps$estimate[steps$from == from & steps$to == to]',
    'result$steps <- steps',
    'result$total <- ols("partner", "exposure")',
    `# Intervals of these are percentiles of ${samples} resamples of couples (seed ${seed}), which need the couples themselves.`,
    'result$indirect <- c(path("exposure", "distress") * path("distress", "conflict") * path("conflict", "partner"),',
    '  path("exposure", "distress") * path("distress", "partner"), path("exposure", "conflict") * path("conflict", "partner"))',
  ];
}

function spilloverLines({ windowDays, scheme }: FamilyImpactSpec): string[] {
  return [
    `# Spillover needs one row an officer, officers.csv: conflict, exposure (${scheme}, ${windowDays} days before the answer), distress, unit.`,
    '# fit <- lm(conflict ~ exposure + distress, data = read.csv("officers.csv"))',
    '# clubSandwich::coef_test(fit, vcov = "CR2", cluster = officers$unit, test = "Satterthwaite")',
  ];
}
