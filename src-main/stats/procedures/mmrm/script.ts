import type { DataTable } from '../../data/table.ts';
import { columnsOfFormula, type Formula } from '../../formula/formula.ts';
import { endOfScript, rColumn, rNumber, rScript, rText, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { MmrmSpec } from './spec.ts';

/** The likelihood written out in base R, maximised by optim and Newton steps with numeric derivatives. */
export function mmrmScript(table: DataTable, spec: MmrmSpec, formula: Formula, { dataName }: RunContext): string {
  const columns = [...columnsOfFormula(formula), spec.id, spec.time];
  const name = { unstructured: 'us', cs: 'cs', ar1: 'ar1' }[spec.covariance];
  return rScript(
    scriptOpening([], { dataName, table, columns, factors: spec.factors }),
    '# The package mmrm, with the columns of subjects and visits as factors called id and time, fits the same model by',
    `# mmrm(${spec.formula.replaceAll('\n', ' ')} + ${name}(time | id), data, reml = ${spec.method === 'REML' ? 'TRUE' : 'FALSE'}); here it is in base R.`,
    spec.df === 'kenward-roger'
      ? '# Its Kenward-Roger method takes the observed information; here it is the expected one, as in the paper and in pbkrtest.'
      : [],
    `formula <- ${spec.formula}`,
    `reml <- ${spec.method === 'REML' ? 'TRUE' : 'FALSE'}`,
    `kind <- ${rText(spec.covariance)}`,
    `id <- factor(${rColumn(spec.id)}); time <- factor(${rColumn(spec.time)})`,
    likelihood,
    search,
    spec.df === 'kenward-roger' ? kenwardRoger : satterthwaite,
    results(spec.confidence),
    endOfScript,
  );
}

const likelihood: readonly string[] = [
  'frame <- model.frame(formula, data)',
  'everything <- model.matrix(formula, frame); decomposed <- qr(everything)',
  'X <- everything[, sort(decomposed$pivot[seq_len(decomposed$rank)]), drop = FALSE]',
  'y <- model.response(frame); if (!is.null(model.offset(frame))) y <- y - model.offset(frame)',
  'order <- order(id, time); X <- X[order, , drop = FALSE]; y <- y[order]; id <- id[order]; visit <- as.integer(time)[order]',
  'n <- length(y); p <- ncol(X); visits <- nlevels(time)',
  'seen <- tapply(visit, id, paste, collapse = " ")',
  'patterns <- lapply(split(names(seen), seen), function(who) {',
  '  rows <- which(id %in% who); at <- visit[id == who[1]]',
  '  list(at = at, count = length(who), both = matrix(cbind(X, y)[rows, ], length(at)))',
  '})',
  'sigmaOf <- function(phi) {',
  '  if (kind == "unstructured") {',
  '    L <- matrix(0, visits, visits); L[lower.tri(L, diag = TRUE)] <- phi; diag(L) <- exp(diag(L)); return(tcrossprod(L))',
  '  }',
  '  rho <- if (kind == "cs") (plogis(phi[2]) * visits - 1) / (visits - 1) else tanh(phi[2])',
  '  gap <- abs(outer(seq_len(visits), seq_len(visits), "-"))',
  '  exp(2 * phi[1]) * (if (kind == "cs") ifelse(gap == 0, 1, rho) else rho^gap)',
  '}',
  'solved <- function(phi) {',
  '  sigma <- sigmaOf(phi); total <- 0; logs <- 0',
  '  for (one in patterns) {',
  '    root <- chol(sigma[one$at, one$at, drop = FALSE])',
  '    white <- matrix(backsolve(root, one$both, transpose = TRUE), ncol = p + 1)',
  '    total <- total + crossprod(white); logs <- logs + 2 * one$count * sum(log(diag(root)))',
  '  }',
  '  V <- solve(total[1:p, 1:p]); beta <- drop(V %*% total[1:p, p + 1])',
  '  squares <- total[p + 1, p + 1] - sum(beta * total[1:p, p + 1])',
  '  deviance <- logs + squares + (n - if (reml) p else 0) * log(2 * pi)',
  '  if (reml) deviance <- deviance - as.numeric(determinant(V)$modulus)',
  '  list(deviance = deviance, beta = beta, V = (V + t(V)) / 2)',
  '}',
  'objective <- function(phi) tryCatch(solved(phi)$deviance, error = function(e) 1e10)',
];

const search: readonly string[] = [
  'slopes <- function(f, x, h = 1e-3) sapply(seq_along(x), function(i) {',
  '  e <- replace(numeric(length(x)), i, h); near <- (f(x + e) - f(x - e)) / (2 * h); far <- (f(x + 2 * e) - f(x - 2 * e)) / (4 * h)',
  '  (4 * near - far) / 3',
  '})',
  'hessian <- function(f, x, h = 4e-3) {',
  '  k <- length(x); H <- matrix(0, k, k); unit <- diag(k)',
  '  cross <- function(a, b) (f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b)) / (4 * sum(abs(a)) * sum(abs(b)))',
  '  for (i in 1:k) for (j in 1:i) H[i, j] <- H[j, i] <- (4 * cross(h * unit[i, ], h * unit[j, ]) - cross(2 * h * unit[i, ], 2 * h * unit[j, ])) / 3',
  '  H',
  '}',
  'sd0 <- sqrt(mean(lm.fit(X, y)$residuals^2))',
  'phi <- if (kind == "unstructured") diag(log(sd0), visits)[lower.tri(diag(visits), diag = TRUE)] else c(log(sd0), 0.3)',
  'for (again in 1:3) phi <- optim(phi, objective, function(x) slopes(objective, x), method = "BFGS", control = list(maxit = 500, reltol = 1e-14))$par',
  'for (step in 1:4) phi <- phi - solve(hessian(objective, phi), slopes(objective, phi))',
  'best <- solved(phi); sigma <- sigmaOf(phi)',
];

const satterthwaite: readonly string[] = [
  'spread <- 2 * solve(hessian(objective, phi))',
  'V <- best$V; variance <- diag(V)',
  'jacobian <- matrix(slopes(function(x) diag(solved(x)$V), phi), nrow = p)',
  'df <- 2 * variance^2 / rowSums((jacobian %*% spread) * jacobian)',
];

/** From the paper, subject after subject, with the derivatives of the covariance written out. */
const kenwardRoger: readonly string[] = [
  'gap <- abs(outer(seq_len(visits), seq_len(visits), "-")); size <- sigma[1, 1]; rho <- sigma[1, 2] / size',
  'first <- if (kind == "cs") list(diag(visits), matrix(1, visits, visits)) else if (kind == "ar1")',
  '  list(rho^gap, size * ifelse(gap == 0, 0, gap * rho^(gap - 1))) else',
  '  unlist(lapply(1:visits, function(i) lapply(1:i, function(j) { M <- matrix(0, visits, visits); M[i, j] <- M[j, i] <- 1; M })), recursive = FALSE)',
  'second <- function(i, j) if (kind != "ar1" || (i == 1 && j == 1)) 0 * gap else if (i != j) first[[2]] / size else',
  '  size * ifelse(gap < 2, 0, gap * (gap - 1) * rho^(gap - 2))',
  'k <- length(first); zero <- matrix(0, p, p)',
  'P <- rep(list(zero), k); Q <- R <- rep(list(rep(list(zero), k)), k); K <- matrix(0, k, k)',
  'for (who in levels(id)) {',
  '  rows <- which(id == who); at <- visit[rows]; x <- X[rows, , drop = FALSE]; W <- solve(sigma[at, at, drop = FALSE])',
  '  for (i in 1:k) {',
  '    A <- W %*% first[[i]][at, at] %*% W; P[[i]] <- P[[i]] - t(x) %*% A %*% x',
  '    for (j in 1:k) {',
  '      B <- first[[j]][at, at] %*% W; Q[[i]][[j]] <- Q[[i]][[j]] + t(x) %*% A %*% B %*% x',
  '      K[i, j] <- K[i, j] + sum(t(A) * first[[j]][at, at])',
  '      R[[i]][[j]] <- R[[i]][[j]] + t(x) %*% W %*% second(i, j)[at, at] %*% W %*% x',
  '    }',
  '  }',
  '}',
  'plain <- best$V; information <- K',
  'for (i in 1:k) for (j in 1:k) information[i, j] <- K[i, j] - 2 * sum(diag(plain %*% Q[[i]][[j]])) + sum(diag(plain %*% P[[i]] %*% plain %*% P[[j]]))',
  'W <- 2 * solve(information); U <- zero',
  'for (i in 1:k) for (j in 1:k) U <- U + W[i, j] * (Q[[i]][[j]] - P[[i]] %*% plain %*% P[[j]] - R[[i]][[j]] / 4)',
  'V <- plain + 2 * plain %*% U %*% plain; V <- (V + t(V)) / 2; variance <- diag(V)',
  'change <- sapply(P, function(one) diag(plain %*% one %*% plain)); change <- matrix(change, nrow = p)',
  'df <- 2 * diag(plain)^2 / rowSums((change %*% W) * change)',
];

function results(confidence: number): readonly string[] {
  return [
    'se <- sqrt(variance); statistic <- best$beta / se',
    `half <- qt(1 - (1 - ${rNumber(confidence)}) / 2, df) * se`,
    'at <- match(colnames(everything), colnames(X))',
    'terms <- data.frame(term = colnames(everything), estimate = best$beta[at], se = se[at], statistic = statistic[at], df = df[at],',
    '  p = (2 * pt(-abs(statistic), df))[at], low = (best$beta - half)[at], high = (best$beta + half)[at], row.names = NULL)',
    'parameters <- p + length(phi); subjects <- nlevels(factor(id))',
    'result <- list(n = n, terms = terms, covariance = list(visits = levels(time), rows = sigma),',
    '  correlation = list(visits = levels(time), rows = cov2cor(sigma)), subjects = subjects,',
    '  fit = list(logLik = -best$deviance / 2, aic = best$deviance + 2 * parameters,',
    '    bic = best$deviance + log(if (reml) n - p else n) * parameters, deviance = best$deviance, parameters = parameters,',
    '    covarianceParameters = length(phi), aicCovariance = best$deviance + 2 * length(phi),',
    '    bicCovariance = best$deviance + log(subjects) * length(phi)),',
    '  fixedCovariance = list(terms = colnames(X), rows = V))',
  ];
}
