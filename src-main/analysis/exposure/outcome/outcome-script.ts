import { rComment, rNumber, rVector } from '#main/stats/r/script.ts';
import type { ExposureOutcomeResult } from './exposure-outcome.ts';
import type { SplineFit } from './outcome-model.ts';
import type { ExposureOutcomeSpec } from './outcome-spec.ts';

/** Base R that draws slope, curve and tests again from the coefficients of a result and their covariance, which it carries in itself. */
export function exposureOutcomeScript(spec: ExposureOutcomeSpec, result: ExposureOutcomeResult): string {
  const { line, curve } = result.fitted;
  return `# ${titleOf(spec)}. Base R only.
#
# Not worked out here, because it takes a row for each pair of screenings, and those stay in the vault: the two fits, the
# windows and schemes that are compared, and the AIC. Their coefficients and robust covariance are those of the result.
# The fits, for who may read such rows:
${rComment(fittingScript(spec, result))}
${functionsInR(result)}
${answersInR(fitOf(line), fitOf(curve))}
print(result, digits = 15)
`;
}

function fitOf({ coefficients, covariance, df }: SplineFit): string {
  return `list(b = ${rVector(coefficients)}, V = matrix(${rVector(covariance.flat())}, ${covariance.length}), df = ${rNumber(df)})`;
}

function titleOf({ instrument, outcome, from, to, windowDays }: ExposureOutcomeSpec): string {
  return `${instrument} (${outcome}) from ${from} to ${to} on exposure in the ${windowDays} days before`;
}

/** R that fits the same line and curve to pairs.csv, one row a pair: base R, and clubSandwich where there are few people. */
export function fittingScript(spec: ExposureOutcomeSpec, result: ExposureOutcomeResult): string {
  const { joinedRoles, errors, measure, roles } = result;
  const odds = measure === 'odds ratio';
  const terms = [
    ...(roles.length > 0 ? ['role'] : []),
    ...(spec.adjust.includes('service') ? ['service'] : []),
    ...(spec.adjust.includes('prior') ? ['prior'] : []),
  ];
  return `# pairs.csv: UTF-8, comma-separated, one row a pair of screenings. Columns:
#   person     pseudonym
#   outcome    ${odds ? '1 for a case at the later screening, else 0' : 'score at the later screening'}
#   exposure   ${spec.scheme === 'count-v1' ? 'exposures' : `exposure under ${spec.scheme}`} within the window and after the earlier screening
#   role, service, prior   role and years of service at the later screening, score at the earlier one
${errors === 'CR2' ? 'library(clubSandwich)\n' : ''}data <- read.csv("pairs.csv", colClasses = c(person = "character", role = "character"), encoding = "UTF-8")
data$role[data$role %in% ${joinedRoles.length === 0 ? 'character(0)' : rVector(joinedRoles)}] <- "other roles"
data$role <- factor(data$role, levels = sort(unique(data$role), method = "radix"))
${functionsInR(result)}
fit_on <- function(knots) {
  e <- spline(data$exposure, knots); colnames(e) <- paste0("x", seq_len(ncol(e)))
  fit <- ${odds ? 'glm' : 'lm'}(outcome ~ e${terms.map((term) => ` + ${term}`).join('')}, data = data${odds ? ', family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100)' : ''})
  b <- coef(fit); places <- which(startsWith(names(b), "e"))
${errors === 'CR2' ? clubbed : plain}
  list(fit = fit, b = b[places], V = V[places, places, drop = FALSE], df = df)
}
${answersInR('fit_on(NULL)', 'fit_on(knots)')}
result <- c(list(pairs = nrow(data), aic = AIC(bent$fit)), result)
print(result, digits = 15)
`;
}

/** Lines that define the spline and what is told of a fit. */
function functionsInR({ knots, curve, reference, measure }: ExposureOutcomeResult): string {
  const back = measure === 'odds ratio' ? 'exp' : 'identity';
  return `knots <- ${knots.length === 0 ? 'NULL' : rVector(knots.map(({ exposure }) => exposure))}
at <- ${rVector(curve.map(({ exposure }) => exposure))}; reference <- ${rNumber(reference)}
spline <- function(x, knots) {
  if (is.null(knots)) return(cbind(x))
  k <- length(knots); last <- knots[k]; before <- knots[k - 1]; cube <- function(v) pmax(v, 0)^3
  bent <- sapply(knots[1:(k - 2)], function(t) (cube(x - t) - (cube(x - before) * (last - t) - cube(x - last) * (before - t)) / (last - before)) / (last - knots[1])^2)
  cbind(x, matrix(bent, nrow = length(x)))
}
told <- function(model, knots, x, from) {
  d <- spline(x, knots) - spline(rep(from, length(x)), knots)
  value <- as.vector(d %*% model$b); se <- sqrt(pmax(0, rowSums((d %*% model$V) * d))); reach <- qt(0.975, model$df) * se
  data.frame(exposure = x, estimate = ${back}(value), low = ${back}(value - reach), high = ${back}(value + reach))
}
test <- function(model, places) {
  if (length(places) == 0) return(NULL)
  b <- model$b[places]; f <- sum(b * solve(model$V[places, places], b)) / length(places)
  list(statistic = f, p = pf(f, length(places), model$df, lower.tail = FALSE))
}`;
}

/** Lines that ask a line and a curve for all that the result tells. */
function answersInR(line: string, bent: string): string {
  return `line <- ${line}
bent <- ${bent}
result <- list(slope = told(line, NULL, 1, 0), curve = told(bent, knots, at, reference), overall = test(bent, seq_along(bent$b)), nonlinear = test(bent, seq_along(bent$b)[-1]))`;
}

const plain = `  X <- model.matrix(fit); w <- weights(fit, "working"); if (is.null(w)) w <- rep(1, nrow(X))
  u <- rowsum(X * (w * residuals(fit, "working")), data$person)
  bread <- solve(crossprod(X, w * X)); G <- nrow(u); n <- nrow(X)
  V <- bread %*% crossprod(u) %*% bread * G / (G - 1) * (n - 1) / (n - ncol(X)); df <- G - 1`;

const clubbed = `  V <- vcovCR(fit, cluster = data$person, type = "CR2")
  found <- coef_test(fit, vcov = V, test = "Satterthwaite")
  df <- min((if ("df_Satt" %in% names(found)) found$df_Satt else found$df)[places]); V <- as.matrix(V)`;
