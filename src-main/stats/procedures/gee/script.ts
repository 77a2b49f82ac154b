import { columnsOfFormula } from '../../formula/formula.ts';
import { endOfScript, rColumn, rScript, rText, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { GeeData } from './data.ts';
import type { GeeSpec } from './spec.ts';

const rFamily = { gaussian: 'gaussian', binomial: 'binomial', poisson: 'poisson', gamma: 'Gamma' } as const;

/** Whole cluster matrices, where ours works with matrices as large as the coefficients. */
const smallSample: Readonly<Record<NonNullable<GeeSpec['smallSample']>, string>> = {
  'mancl-derouen': 't(d) %*% v %*% solve(diag(nrow(d)) - d %*% b %*% t(d) %*% v, e)',
  'kauermann-carroll':
    't(d) %*% v %*% (function(m) { g <- eigen(m); Re(g$vectors %*% (g$values^-0.5 * solve(g$vectors, e))) })(diag(nrow(d)) - d %*% b %*% t(d) %*% v)',
  'fay-graubard': '(t(d) %*% v %*% e) / sqrt(1 - pmin(0.75, diag(t(d) %*% v %*% d %*% b)))',
};

export function geeScript({ frame }: GeeData, spec: GeeSpec, context: RunContext, estimable: number): string {
  const columns = [...columnsOfFormula(frame.formula), spec.id, ...(spec.waves === undefined ? [] : [spec.waves])];
  const link = spec.link === undefined ? '' : `link = ${rText(spec.link)}`;
  const family = `${rFamily[spec.family]}(${link})`;
  const waves = spec.waves === undefined ? '' : ', waves = .wave';
  return rScript(
    scriptOpening(['geepack'], { dataName: context.dataName, table: frame.table, columns, factors: spec.factors }),
    `data$.id <- as.integer(factor(${rColumn(spec.id)}))`,
    spec.waves === undefined
      ? 'data <- data[order(data$.id), ]'
      : [`data$.wave <- as.integer(factor(${rColumn(spec.waves)}))`, 'data <- data[order(data$.id, data$.wave), ]'],
    `fit <- geeglm(${frame.formula.text}, id = .id, data = data, family = ${family}, corstr = ${rText(spec.correlation)}${waves}, control = geese.control(epsilon = 1e-13, maxit = 1000))`,
    `b <- coef(fit); s <- sqrt(diag(fit$geese$vbeta)); z <- qnorm(${(1 + spec.confidence) / 2})`,
    'result <- list(n = nrow(data), terms = data.frame(term = names(b), estimate = b, se = s, statistic = b / s, df = NA, p = 2 * pnorm(-abs(b / s)), low = b - z * s, high = b + z * s,',
    '  seModel = sqrt(diag(fit$geese$vbeta.naiv))), scale = fit$geese$gamma[[1]])',
    spec.correlation === 'independence' ? [] : ['result$alpha <- fit$geese$alpha[[1]]'],
    'result$clusters <- list(number = length(unique(data$.id)), smallest = min(table(data$.id)), largest = max(table(data$.id)))',
    spec.family === 'gamma' || frame.formula.response?.kind === 'call'
      ? []
      : [
          'quasi <- QIC(fit, env = environment()); result$fit <- list(quasiLikelihood = quasi[["Quasi Lik"]], qic = quasi[["QIC"]], qicu = quasi[["QICu"]], cic = quasi[["CIC"]], qicc = quasi[["QICC"]])',
        ],
    spec.smallSample === null ? [] : correctedLines(spec, estimable),
    endOfScript,
  );
}

function correctedLines(spec: GeeSpec, estimable: number): string[] {
  const method = spec.smallSample as NonNullable<GeeSpec['smallSample']>;
  const power = spec.correlation === 'ar1' ? 'abs(outer(w, w, "-"))' : 'outer(w, w, "!=")';
  return [
    'family <- fit$family; eta <- fit$linear.predictors; mu <- as.vector(family$linkinv(eta)); root <- sqrt(fit$prior.weights / family$variance(mu))',
    'all <- model.matrix(fit) * as.vector(family$mu.eta(eta)) * root; residual <- (fit$y - mu) * root',
    `inverse <- function(i) { w <- ${spec.waves === undefined ? 'seq_along(i)' : 'data$.wave[i]'}; ${spec.correlation === 'independence' ? 'diag(length(i))' : `solve(result$alpha^(${power}))`} }`,
    'places <- split(seq_len(nrow(data)), data$.id)',
    'b <- solve(Reduce(`+`, lapply(places, function(i) { d <- all[i, , drop = FALSE]; t(d) %*% inverse(i) %*% d })))',
    'middle <- Reduce(`+`, lapply(places, function(i) {',
    '  d <- all[i, , drop = FALSE]; v <- inverse(i); e <- residual[i]',
    `  u <- ${smallSample[method]}`,
    '  u %*% t(u)',
    '}))',
    `corrected <- b %*% middle %*% b; s <- sqrt(diag(corrected)); b <- coef(fit); df <- length(places) - ${estimable}; q <- qt(${(1 + spec.confidence) / 2}, df)`,
    `result$smallSample <- list(method = ${rText(method)}, df = df, terms = data.frame(term = names(b), estimate = b, se = s, statistic = b / s, df = df, p = 2 * pt(-abs(b / s), df), low = b - q * s, high = b + q * s), covariance = corrected)`,
  ];
}
