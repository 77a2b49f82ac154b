import { rFrame, rNumber, rScript, rText } from '#main/stats/r/script.ts';
import { isRefused, type ReviewSynthesis } from '#shared/domain/evidence/synthesis.ts';
import type { ChosenFinding } from './choose-findings.ts';
import { areCounts } from './meta-run.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

const readInR: Readonly<Partial<Record<ReviewSynthesisSpec['measure'], string>>> = {
  ...{ RR: 'exp', OR: 'exp', ZCOR: 'tanh', PLO: 'plogis' },
};

/** The synthesis again with metafor, and with clubSandwich where a study has several findings; the effects stand in the script. */
export function reviewSynthesisScript(
  result: ReviewSynthesis,
  chosen: readonly ChosenFinding[],
  spec: ReviewSynthesisSpec,
): string {
  const { pooled, rows, subgroups } = result;
  const frame = rFrame({
    study: rows.map(({ study }) => study),
    yi: rows.map(({ yi }) => yi),
    sei: rows.map(({ se }) => se),
    ...(spec.subgroup === null ? {} : { group: rows.map(({ group }) => group) }),
  });
  if (isRefused(pooled)) return rScript(`# ${pooled.refused}`, `findings <- ${frame}`, 'result <- list()');
  const isFixed = spec.model === 'fixed';
  const counted = areCounts(chosen, spec) && pooled.method.startsWith('Binomial');
  const [method, test] = isFixed ? ['FE', 'z'] : ['REML', spec.test];
  return rScript(
    'library(metafor)',
    pooled.isRobust ? 'library(clubSandwich)' : [],
    `findings <- ${frame}`,
    `confidence <- ${rNumber(spec.confidence)}; upper <- 1 - (1 - confidence) / 2; read <- ${readInR[spec.measure] ?? 'identity'}`,
    'control <- list(threshold = 1e-13, maxiter = 100000)',
    `pool <- function(data, ...) rma(yi, sei = sei, data = data, level = 100 * confidence, control = control, ...)`,
    counted ? countLines(chosen) : `m <- pool(findings, method = ${rText(method)}, test = ${rText(test)})`,
    'df <- if (isTRUE(m$test == "knha")) m$k - m$p else NA; se <- m$se; p <- m$pval',
    pooled.isRobust ? robustLines : [],
    'q <- if (is.na(df)) qnorm(upper) else qt(upper, df); b <- as.numeric(m$beta)',
    'result <- list(estimate = read(b), low = read(b - q * se), high = read(b + q * se), p = as.numeric(p), tau2 = m$tau2, i2 = m$I2)',
    isFixed
      ? []
      : 'result$predictionLow <- read(b - q * sqrt(m$tau2 + se^2)); result$predictionHigh <- read(b + q * sqrt(m$tau2 + se^2))',
    'fixed <- pool(findings, method = "FE"); result$fixed <- read(as.numeric(c(fixed$beta, fixed$ci.lb, fixed$ci.ub)))',
    subgroups === null || isRefused(subgroups) || pooled.isRobust ? [] : subgroupLines(method, test),
    isRefused(result.smallStudies)
      ? []
      : 'result$egger <- as.numeric(summary(lm(yi ~ sei, data = findings, weights = 1 / sei^2))$coefficients[2, ])',
    'print(result, digits = 15)',
  );
}

function countLines(chosen: readonly ChosenFinding[]): string[] {
  const counts = chosen.flatMap(({ finding: { reported } }) => (reported.of === 'proportion' ? [reported] : []));
  return [
    `counts <- ${rFrame({ xi: counts.map(({ events }) => events), ni: counts.map(({ n }) => n) })}`,
    'm <- rma.glmm(measure = "PLO", xi = xi, ni = ni, data = counts, level = 100 * confidence)',
  ];
}

const robustLines: readonly string[] = [
  'robust <- coef_test(m, vcov = "CR2", cluster = findings$study, test = "Satterthwaite")',
  'df <- if ("df_Satt" %in% names(robust)) robust$df_Satt else robust$df; se <- robust$SE; p <- 2 * pt(-abs(robust$tstat), df)',
];

function subgroupLines(method: string | undefined, test: string | undefined): string[] {
  const options = `method = ${rText(method ?? 'REML')}, test = ${rText(test ?? 'z')}`;
  return [
    'grouped <- findings[!is.na(findings$group), ]; grouped$group <- factor(grouped$group, levels = sort(unique(grouped$group), method = "radix"))',
    `result$between <- pool(grouped, mods = ~ group, ${options})$QMp`,
    `result$subgroups <- read(as.numeric(pool(grouped, mods = ~ group - 1, ${options})$beta))`,
  ];
}
