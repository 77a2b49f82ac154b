import { rNumber, rVector } from '#main/stats/r/script.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import type { CrossoverMoments } from './crossover.ts';
import type { FamilyImpactFound } from './family-impact.ts';
import type { FamilyImpactSpec } from './spec.ts';

/**
 * R that makes the paths again from means and covariances, in base R: nothing in it is of one couple. Errors and tests of crossover are those of
 * complete couples.
 */
export function familyImpactScript(
  { result, crossover, mediation }: FamilyImpactFound,
  spec: FamilyImpactSpec,
): string {
  return [
    `# Family impact, wave ${JSON.stringify(result.wave)}: ${result.measures.distress.name}, ${result.measures.conflict.name}, ${result.measures.outcome.name}.`,
    '# Made from means and covariances alone: no answer of a household stands here.',
    ...crossoverLines(result, crossover),
    ...mediationLines(result, mediation, spec),
    ...spilloverLines(spec),
    '',
  ].join('\n');
}

function matrix(rows: readonly (readonly number[])[], names: readonly string[]): string {
  return `matrix(${rVector(rows.flat())}, ${rows.length}, byrow = TRUE, dimnames = list(${rVector(names)}, ${rVector(names)}))`;
}

function crossoverLines({ crossover }: FamilyImpactResult, moments: CrossoverMoments | null): string[] {
  if (crossover.refused !== null || moments === null)
    return ['', `# ${crossover.refused ?? 'Crossover was not computed.'}`];
  const n = crossover.couples;
  return [
    '',
    '# Crossover: the actor-partner model is saturated, so that its maximum likelihood estimates follow from the moments (divisor n).',
    `n <- ${n === null ? 'NA # withheld: without it there are no errors' : rNumber(n)}`,
    `S <- ${matrix(moments.covariance, ['x1', 'x2', 'y1', 'y2'])}`,
    `centre <- ${rVector(moments.means)} # 1 officer, 2 partner; x distress, y outcome`,
    'x <- 1:2; y <- 3:4',
    'B <- t(solve(S[x, x], S[x, y])) # row y1: actor 1, partner 2->1; row y2: partner 1->2, actor 2',
    'E <- S[y, y] - B %*% S[x, y]',
    'se <- sqrt(outer(diag(E), diag(solve(S[x, x]))) / n) # of complete couples; wider where values are missing',
    'intercept <- centre[y] - B %*% centre[x]',
    'paths <- data.frame(path = c("actor officer", "actor partner", "partner officer->partner", "partner partner->officer"),',
    '  estimate = c(B[1, 1], B[2, 2], B[2, 1], B[1, 2]), se = c(se[1, 1], se[2, 2], se[2, 1], se[1, 2]))',
    'paths$low <- paths$estimate - qnorm(0.975) * paths$se; paths$high <- paths$estimate + qnorm(0.975) * paths$se',
    '# With lavaan: sem("y1 ~ x1 + x2; y2 ~ x2 + x1; y1 ~~ y2; x1 ~~ x2", sample.cov = S, sample.mean = setNames(centre, colnames(S)),',
    '#   sample.nobs = n, sample.cov.rescale = FALSE, fixed.x = FALSE)',
    'print(paths, digits = 15)',
  ];
}

function mediationLines(
  { mediation }: FamilyImpactResult,
  moments: FamilyImpactFound['mediation'],
  { samples, seed }: FamilyImpactSpec,
): string[] {
  if (mediation.refused !== null || moments === null)
    return ['', `# ${mediation.refused ?? 'Mediation was not computed.'}`];
  return [
    '',
    '# Serial mediation: least squares from the covariances.',
    `V <- ${matrix(moments.covariance, ['exposure', 'distress', 'conflict', 'partner'])}`,
    'ols <- function(to, from) setNames(solve(V[from, from, drop = FALSE], V[from, to]), from)',
    'a1 <- ols("distress", "exposure"); a2 <- ols("conflict", c("exposure", "distress"))',
    'b <- ols("partner", c("exposure", "distress", "conflict"))',
    'indirect <- c(serial = unname(a1 * a2["distress"] * b["conflict"]), distress = unname(a1 * b["distress"]), conflict = unname(a2["exposure"] * b["conflict"]))',
    `# Intervals are percentiles of ${samples} resamples of couples (seed ${seed}), which need the couples themselves.`,
    'print(list(a1 = a1, a2 = a2, b = b, indirect = indirect, direct = b["exposure"], total = ols("partner", "exposure")), digits = 15)',
  ];
}

function spilloverLines({ windowDays, scheme }: FamilyImpactSpec): string[] {
  return [
    '',
    `# Spillover needs one row an officer, officers.csv: conflict, exposure (${scheme}, ${windowDays} days before the answer), distress, unit.`,
    '# fit <- lm(conflict ~ exposure + distress, data = read.csv("officers.csv"))',
    '# clubSandwich::coef_test(fit, vcov = "CR2", cluster = officers$unit, test = "Satterthwaite")',
  ];
}
