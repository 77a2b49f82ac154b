import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';

/** An R script that checks the model of a result against an export of its landmarks, which stays in the building. */
export function earlyWarningScript(result: EarlyWarningResult): string {
  if (!result.model) return '# No model was fitted, so there is nothing to reproduce.\n';
  const names = result.model.terms.map(({ code }) => `\`${code}\``);
  const coefficients = result.model.terms.map(({ code, coefficient }) => `"${code}" = ${coefficient}`);
  return [
    '# landmarks.csv: one row a landmark with the predictors below, outcome (1, 0), person, and weight.',
    '# Ridge logistic regression as glmnet fits it (predictors standardised with divisor n, intercept free).',
    'landmarks <- read.csv("landmarks.csv", check.names = FALSE)',
    `predictors <- c(${result.model.terms.map(({ code }) => `"${code}"`).join(', ')})`,
    'x <- as.matrix(landmarks[, predictors])',
    `fit <- glmnet::glmnet(x, landmarks$outcome, family = "binomial", weights = landmarks$weight, alpha = 0, lambda = ${result.model.lambda}, thresh = 1e-14)`,
    'print(coef(fit), digits = 10)',
    `stated <- c("(Intercept)" = ${result.model.intercept}, ${coefficients.join(', ')})`,
    'print(max(abs(as.numeric(coef(fit)) - stated)))',
    '# Before shrinkage, with errors by person:',
    `free <- glm(outcome ~ ${names.join(' + ')}, binomial, landmarks, weights = weight)`,
    'print(lmtest::coeftest(free, sandwich::vcovCL(free, landmarks$person, type = "HC1")))',
    '',
  ].join('\n');
}
