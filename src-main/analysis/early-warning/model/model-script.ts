import { rComment, rFrame, rNumber, rVector } from '#main/stats/r/script.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';

/** Base R that applies the model of a result, and works out again what follows from the figures that the script carries in itself. */
export function earlyWarningScript(result: EarlyWarningResult): string {
  const { model } = result;
  if (!model) return '# No model was fitted, so there is nothing to reproduce.\nresult <- NULL\n';
  return `# Early warning: ${result.caseWords} within ${result.horizonDays} days. Base R only; the figures are those of the result.
#
# Not worked out here, because it takes a row for each screening, with what was known by that day, and those stay in the
# vault: the fit, the sample it needs, the areas, calibration and intervals, who is missed at each capacity, and drift. The
# fit, for who may read such rows (landmarks.csv: the predictors below, outcome (1 or 0), person, and weight):
${rComment(fittingScript(model))}
${applied(model)}

${validated(result)}

${adjusted(result)}
result <- list(perDeviation = terms$perDeviation, chanceAtMeans = chance(terms$mean), netBenefit = benefit, temporal = temporal, corrected = corrected, pHolm = p_holm)
print(result, digits = 15)
`;
}

type Model = NonNullable<EarlyWarningResult['model']>;

/** What somebody's chance is: predictors in the order of `terms`, each in its unit. */
function applied({ intercept, terms }: Model): string {
  return `# The model: log odds of the outcome from the predictors in their own units.
terms <- ${rFrame({
    code: terms.map(({ code }) => code),
    mean: terms.map(({ mean }) => mean),
    sd: terms.map(({ sd }) => sd),
    coefficient: terms.map(({ coefficient }) => coefficient),
  })}
chance <- function(x) 1 / (1 + exp(-(${rNumber(intercept)} + sum(terms$coefficient * x))))
terms$perDeviation <- terms$coefficient * terms$sd`;
}

function validated({ validation, netBenefit }: EarlyWarningResult): string {
  const { temporal, apparent, optimism } = validation;
  const lines: string[] = [];
  if (!temporal || temporal.events === null || temporal.landmarks === null) {
    lines.push('temporal <- NULL; benefit <- NULL');
  } else {
    lines.push(`# On later screenings: the scaled Brier score, and the net benefit of offering support to everybody.
events <- ${temporal.events}; n <- ${temporal.landmarks}; prevalence <- events / n
temporal <- list(prevalence = prevalence, scaledBrier = 1 - ${rNumber(temporal.brier ?? Number.NaN)} / (prevalence * (1 - prevalence)))
threshold <- ${rVector(netBenefit.map(({ threshold }) => threshold))}
benefit <- data.frame(threshold = threshold, treatAll = prevalence - (1 - prevalence) * threshold / (1 - threshold))`);
  }
  lines.push(
    optimism && apparent
      ? `# Figures on the training screenings, less what fitting adds to them in ${optimism.resamples} resamples of people (to four digits).
corrected <- list(auc = ${rNumber(apparent.auc?.estimate ?? Number.NaN)} - ${inBrackets(optimism.auc)}, brier = ${rNumber(apparent.brier ?? Number.NaN)} - ${inBrackets(optimism.brier)})`
      : 'corrected <- NULL',
  );
  return lines.join('\n');
}

function inBrackets(value: number): string {
  return `(${rNumber(value)})`;
}

function adjusted({ fairness }: EarlyWarningResult): string {
  const tested = fairness.filter(({ p }) => p !== null);
  return `# Calibration of the groups with enough cases to judge: p adjusted by Holm.
p_holm <- ${rFrame({
    group: tested.map(({ group }) => group),
    level: tested.map(({ level }) => level),
    p: tested.map(({ p }) => p),
  })}
p_holm$adjusted <- p.adjust(p_holm$p, "holm")`;
}

/** Ridge logistic regression as glmnet fits it: predictors standardised with divisor n, intercept free. */
function fittingScript({ terms, lambda }: Model): string {
  const codes = terms.map(({ code }) => code);
  return `landmarks <- read.csv("landmarks.csv", check.names = FALSE)
x <- as.matrix(landmarks[, ${rVector(codes)}])
fit <- glmnet::glmnet(x, landmarks$outcome, family = "binomial", weights = landmarks$weight, alpha = 0, lambda = ${rNumber(lambda)}, thresh = 1e-14)
print(coef(fit), digits = 10)
# Before shrinkage, with errors by person:
free <- glm(outcome ~ ${codes.map((code) => `\`${code}\``).join(' + ')}, binomial, landmarks, weights = weight)
print(lmtest::coeftest(free, sandwich::vcovCL(free, landmarks$person, type = "HC1")))`;
}
