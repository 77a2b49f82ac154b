import { rNumber, rVector } from '#main/stats/r/script.ts';
import type { ExposureOutcomeResult } from './exposure-outcome.ts';
import type { ExposureOutcomeSpec } from './outcome-spec.ts';

/** R that fits the same line and curve to one row a pair: base R, and clubSandwich where there are few people. */
export function exposureOutcomeScript(spec: ExposureOutcomeSpec, result: ExposureOutcomeResult): string {
  const { knots, reference, curve, joinedRoles, errors, measure, roles } = result;
  const terms = [
    ...(roles.length > 0 ? ['role'] : []),
    ...(spec.adjust.includes('service') ? ['service'] : []),
    ...(spec.adjust.includes('prior') ? ['prior'] : []),
  ];
  return `# ${spec.instrument} (${spec.outcome}) from ${spec.from} to ${spec.to} on exposure in the ${spec.windowDays} days before.
#
# Reads pairs.csv in the working directory: UTF-8, comma-separated, one row a pair of screenings. Columns:
#   person     pseudonym
#   outcome    ${measure === 'odds ratio' ? '1 for a case at the later screening, else 0' : 'score at the later screening'}
#   exposure   ${spec.scheme === 'count-v1' ? 'exposures' : `exposure under ${spec.scheme}`} within the window and after the earlier screening
#   role, service, prior   role and years of service at the later screening, score at the earlier one
${errors === 'CR2' ? 'library(clubSandwich)\n' : ''}data <- read.csv("pairs.csv", colClasses = c(person = "character", role = "character"), encoding = "UTF-8")
data$role[data$role %in% ${joinedRoles.length === 0 ? 'character(0)' : rVector(joinedRoles)}] <- "other roles"
data$role <- factor(data$role, levels = sort(unique(data$role), method = "radix"))
knots <- ${knots.length === 0 ? 'NULL' : rVector(knots.map(({ exposure }) => exposure))}
at <- ${rVector(curve.map(({ exposure }) => exposure))}; reference <- ${rNumber(reference)}
spline <- function(x, knots) {
  if (is.null(knots)) return(cbind(x))
  k <- length(knots); last <- knots[k]; before <- knots[k - 1]; cube <- function(v) pmax(v, 0)^3
  bent <- sapply(knots[1:(k - 2)], function(t) (cube(x - t) - (cube(x - before) * (last - t) - cube(x - last) * (before - t)) / (last - before)) / (last - knots[1])^2)
  cbind(x, matrix(bent, nrow = length(x)))
}
fit_on <- function(knots) {
  e <- spline(data$exposure, knots); colnames(e) <- paste0("x", seq_len(ncol(e)))
  fit <- ${measure === 'odds ratio' ? 'glm' : 'lm'}(outcome ~ e${terms.map((term) => ` + ${term}`).join('')}, data = data${measure === 'odds ratio' ? ', family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100)' : ''})
  b <- coef(fit); places <- which(startsWith(names(b), "e"))
${errors === 'CR2' ? clubbed : plain}
  list(fit = fit, b = b[places], V = V[places, places, drop = FALSE], df = df)
}
told <- function(model, knots, x, from) {
  d <- spline(x, knots) - spline(rep(from, length(x)), knots)
  value <- as.vector(d %*% model$b); se <- sqrt(pmax(0, rowSums((d %*% model$V) * d))); reach <- qt(0.975, model$df) * se
  ${measure === 'odds ratio' ? 'data.frame(exposure = x, estimate = exp(value), low = exp(value - reach), high = exp(value + reach))' : 'data.frame(exposure = x, estimate = value, low = value - reach, high = value + reach)'}
}
line <- fit_on(NULL); bent <- fit_on(knots)
test <- function(places) {
  if (length(places) == 0) return(NULL)
  b <- bent$b[places]; f <- sum(b * solve(bent$V[places, places], b)) / length(places)
  list(statistic = f, p = pf(f, length(places), bent$df, lower.tail = FALSE))
}
result <- list(pairs = nrow(data), slope = told(line, NULL, 1, 0), curve = told(bent, knots, at, reference), overall = test(seq_along(bent$b)), nonlinear = test(seq_along(bent$b)[-1]), aic = AIC(bent$fit))
print(result, digits = 15)
`;
}

const plain = `  X <- model.matrix(fit); w <- weights(fit, "working"); if (is.null(w)) w <- rep(1, nrow(X))
  u <- rowsum(X * (w * residuals(fit, "working")), data$person)
  bread <- solve(crossprod(X, w * X)); G <- nrow(u); n <- nrow(X)
  V <- bread %*% crossprod(u) %*% bread * G / (G - 1) * (n - 1) / (n - ncol(X)); df <- G - 1`;

const clubbed = `  V <- vcovCR(fit, cluster = data$person, type = "CR2")
  found <- coef_test(fit, vcov = V, test = "Satterthwaite")
  df <- min((if ("df_Satt" %in% names(found)) found$df_Satt else found$df)[places]); V <- as.matrix(V)`;
