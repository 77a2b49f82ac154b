import type { DataTable } from '../../data/table.ts';
import type { Role } from '../../meta-analysis/effect-sizes.ts';
import type { Studies } from '../../meta-analysis/read-studies.ts';
import { canTestFunnel } from '../../meta-analysis/small-study-effects.ts';
import { endOfScript, rColumn, rScript } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import { designLines, effectLines } from './script.ts';
import type { MetaSpec } from './spec.ts';

/** metafor's `rma.glmm` with lme4 converged further than by default. */
export function mixedModelScript(
  table: DataTable,
  spec: MetaSpec,
  columns: Readonly<Partial<Record<Role, string>>>,
  studies: Studies,
  place: number,
  { dataName }: RunContext,
): string {
  const fixed = spec.method !== undefined && spec.method !== 'ML';
  const df = spec.test === 'knha' ? 'k - m$p' : 'NA';
  const { design } = studies;
  return rScript(
    effectLines(spec, columns, table, dataName, ['metafor', 'lme4']),
    design ? designLines(spec) : 'X <- matrix(1, k, 1)',
    `x <- ${rColumn(columns.xi ?? 'xi')}; n <- ${rColumn(columns.ni ?? 'ni')}`,
    '# lme4 stops at the tightest tolerance that it reaches.',
    'fit <- function(x, n, X = matrix(1, length(x), 1)) for (tolerance in c(1e-12, 1e-10, 1e-7)) {',
    '  control <- list(glmerCtrl = list(optimizer = "bobyqa", tolPwrss = tolerance, optCtrl = list(rhoend = 1e-11)), glmCtrl = list(epsilon = 1e-14, maxit = 100))',
    '  m <- try(suppressWarnings(rma.glmm(measure = "PLO", xi = x, ni = n, mods = X, intercept = FALSE,',
    `    method = ${fixed ? '"EE"' : '"ML"'}, level = 100 * confidence, control = control)), silent = TRUE)`,
    '  if (!inherits(m, "try-error")) return(m)',
    '}',
    `m <- fit(x, n, X); df <- ${df}`,
    place < 0 ? 'main <- list()' : `main <- row(m$beta[${place + 1}], m$se[${place + 1}], df)`,
    'result <- c(list(n = k), main, list(tau2 = m$tau2, i2 = m$I2, h2 = m$H2, qLikelihoodRatio = list(statistic = m$QE.LRT, df = k - m$p, p = m$QEp.LRT)))',
    'if (all(x > 0 & x < n)) result$q <- list(statistic = m$QE.Wld, df = k - m$p, p = m$QEp.Wld)',
    fixed || place < 0
      ? []
      : [
          'q <- if (is.na(df)) qnorm(upper) else qt(upper, df)',
          'result <- c(result, list(predictionLow = main$estimate - q * sqrt(m$tau2 + main$se^2), predictionHigh = main$estimate + q * sqrt(m$tau2 + main$se^2)))',
        ],
    design
      ? [
          'result$terms <- lapply(seq_len(m$p), function(i) c(list(term = gsub("`", "", colnames(X)[i])), row(m$beta[i], m$se[i], df)))',
          `tested <- seq_len(m$p)${studies.hasIntercept ? '[-1]' : ''}; wald <- sum(m$beta[tested] * solve(m$vb[tested, tested], m$beta[tested])); q <- length(tested)`,
          'result$moderatorTest <- if (is.na(df)) list(statistic = wald, df = q, p = pchisq(wald, q, lower.tail = FALSE)) else',
          '  list(statistic = wald / q, df = c(q, df), p = pf(wald / q, q, df, lower.tail = FALSE))',
        ]
      : [
          'result$leaveOneOut <- lapply(seq_len(k), function(i) { o <- fit(x[-i], n[-i])',
          `  c(list(study = study[i]), row(o$beta, o$se, ${spec.test === 'knha' ? 'k - 2' : 'NA'}), list(tau2 = o$tau2)) })`,
        ],
    !design && canTestFunnel(studies.v)
      ? [
          'e <- summary(lm(yi ~ sqrt(vi), weights = 1 / vi))$coefficients',
          'result$egger <- list(intercept = e[2, 1], se = e[2, 2], statistic = e[2, 3], df = k - 2, p = e[2, 4], slope = e[1, 1])',
        ]
      : [],
    endOfScript,
  );
}
