import { columnsOfFormula } from '../../formula/formula.ts';
import { quotedName } from '../../formula/syntax.ts';
import { endOfScript, rColumn, rNumber, rScript, rText, rVector, scriptOpening } from '../../r/script.ts';
import { covariateText, responseText } from '../shared/covariate-terms.ts';
import type { DidInput } from './input.ts';

/** Reads the data and leaves out rows that miss a value, `treatedFrom` apart. */
function opening(input: DidInput, packages: readonly string[]): string[] {
  const { spec, frame, table, context } = input;
  const named = [spec.unit, spec.time, spec.treated, spec.post, spec.cluster].filter((name) => name !== undefined);
  const needed = [...new Set([...columnsOfFormula(frame.formula), ...named])];
  return [
    ...scriptOpening(packages, {
      dataName: context.dataName,
      table,
      columns: spec.treatedFrom === undefined ? needed : [...needed, spec.treatedFrom],
      factors: spec.factors,
      complete: false,
    }),
    `data <- droplevels(data[complete.cases(data[, ${rVector(needed)}, drop = FALSE]), , drop = FALSE])`,
    `y <- with(data, ${responseText(spec.y)})`,
  ];
}

/** Periods as 1, 2, 3 …; `start` is the first treated one of each row, beyond all others where there is none. */
function panelLines({ spec, panel }: DidInput): string[] {
  const unit = rColumn(spec.unit as string);
  const time = rColumn(spec.time as string);
  const from = rColumn(spec.treatedFrom as string);
  const numeric = panel?.labels.every((label) => typeof label === 'number') === true;
  return [
    `unit <- as.integer(factor(${unit}))`,
    ...(numeric
      ? [
          `times <- sort(unique(${time})); period <- match(${time}, times)`,
          `from <- ${from}; from[is.na(from) | from == 0] <- Inf`,
          'start <- vapply(from, function(f) if (f > max(times)) Inf else min(which(times >= f)), 0)',
        ]
      : [
          `times <- levels(factor(${time})); period <- as.integer(factor(${time}))`,
          `from <- as.character(${from})`,
          'start <- vapply(from, function(f) if (is.na(f) || f == "0") Inf else if (f %in% times) match(f, times) else { later <- which(vapply(times, function(s) identical(sort(c(s, f), method = "radix")[1], f), TRUE)); if (length(later)) min(later) else Inf }, 0)',
        ]),
  ];
}

function clusterLine({ spec }: DidInput): string {
  return `cluster <- ${rColumn(spec.cluster ?? (spec.unit as string))}`;
}

function intervalLines(confidence: number): string[] {
  return [
    'row <- function(estimate, se, df) {',
    `  q <- if (is.na(df)) qnorm(1 - (1 - ${rNumber(confidence)}) / 2) else qt(1 - (1 - ${rNumber(confidence)}) / 2, df)`,
    '  s <- estimate / se',
    '  list(estimate = estimate, se = se, statistic = s, df = df, p = if (is.na(df)) 2 * pnorm(-abs(s)) else 2 * pt(-abs(s), df), low = estimate - q * se, high = estimate + q * se)',
    '}',
  ];
}

export function twoByTwoScript(input: DidInput): string {
  const { spec } = input;
  const covariates = covariateText(spec.covariates);
  const [post, treated] = input.panel
    ? ['post', 'treated']
    : [quotedName(spec.post as string), quotedName(spec.treated as string)];
  const formula = `${responseText(spec.y)} ~ ${post} * ${treated}${covariates === '' ? '' : ` + ${covariates}`}`;
  const plain = spec.robust === 'none';
  return rScript(
    opening(input, plain && !spec.cluster ? [] : ['sandwich']),
    input.panel
      ? [
          ...panelLines(input),
          'data$treated <- as.numeric(start <= length(times)); data$post <- as.numeric(period >= min(start))',
        ]
      : [],
    `fit <- lm(${formula}, data)`,
    spec.cluster
      ? [clusterLine(input), 'V <- vcovCL(fit, cluster, type = "HC1"); df <- length(unique(cluster)) - 1']
      : [plain ? 'V <- vcov(fit)' : `V <- vcovHC(fit, "${spec.robust ?? 'HC1'}")`, 'df <- df.residual(fit)'],
    intervalLines(spec.confidence),
    'b <- coef(fit); b <- b[!is.na(b)]; se <- sqrt(diag(V))[names(b)]',
    'terms <- lapply(names(b), function(name) c(term = name, row(b[[name]], se[[name]], df)))',
    'result <- list(n = nobs(fit), att = terms[[length(terms)]][-1], terms = terms, fit = list(rSquared = summary(fit)$r.squared))',
    endOfScript,
  );
}

export function twoWayScript(input: DidInput): string {
  return rScript(
    opening(input, ['sandwich']),
    panelLines(input),
    clusterLine(input),
    'x <- cbind(treatment = as.numeric(period >= start))',
    twoWayFit(input),
    'first <- row(b[[1]], sqrt(V[1, 1]), df)',
    'result <- list(n = length(y), att = first, fit = list(df = df, parameters = p))',
    endOfScript,
  );
}

export function eventStudyScript(input: DidInput, events: readonly number[]): string {
  return rScript(
    opening(input, ['sandwich']),
    panelLines(input),
    clusterLine(input),
    'keep <- start > 1; data <- data[keep, , drop = FALSE]; y <- y[keep]; unit <- unit[keep]; period <- period[keep]; start <- start[keep]; cluster <- cluster[keep]',
    `events <- ${rVector(events)}; event <- period - start`,
    'x <- vapply(events, function(e) as.numeric(event == e), y); colnames(x) <- paste0("event", events)',
    twoWayFit(input),
    'lags <- which(events >= 0); leads <- which(events < -1)',
    'att <- row(mean(b[lags]), sqrt(mean(V[lags, lags])), df)',
    'all <- sort(unique(c(event[is.finite(event)])))',
    'periods <- lapply(all, function(e) { k <- match(e, events); if (is.na(k)) list(event = e, estimate = 0) else c(list(event = e), row(b[[k]], sqrt(V[k, k]), df)) })',
    'result <- list(att = att, periods = periods)',
    'if (length(leads) > 0 && length(leads) <= df) {',
    '  wald <- as.numeric(b[leads] %*% solve(V[leads, leads], b[leads])) / length(leads)',
    '  result$preTrend <- list(statistic = wald, df = c(length(leads), df), p = pf(wald, length(leads), df, lower.tail = FALSE))',
    '}',
    endOfScript,
  );
}

/** A dummy for each unit and period; the units' own are not among the p of CR1 where they lie within clusters. */
function twoWayFit(input: DidInput): string[] {
  const { spec, design } = input;
  const covariates = covariateText(spec.covariates);
  return [
    ...(design.names.length > 1 ? [`x <- cbind(x, model.matrix(~ ${covariates}, data)[, -1, drop = FALSE])`] : []),
    'fit <- lm(y ~ factor(unit) + factor(period) + x)',
    'nested <- all(tapply(as.character(cluster), unit, function(v) length(unique(v))) == 1)',
    `p <- fit$rank${spec.countUnits ? '' : ' - if (nested) length(unique(unit)) - 1 else 0'}`,
    'G <- length(unique(cluster)); df <- G - 1',
    'V <- vcovCL(fit, cluster, type = "HC0", cadjust = FALSE) * G / (G - 1) * (nobs(fit) - 1) / (nobs(fit) - p)',
    'own <- grep("^x", names(coef(fit))); own <- own[!is.na(coef(fit)[own])]',
    'b <- unname(coef(fit)[own]); V <- V[names(coef(fit))[own], names(coef(fit))[own], drop = FALSE]',
    ...intervalLines(spec.confidence),
  ];
}

export function groupTimeScript(input: DidInput): string {
  const { spec } = input;
  const covariates = covariateText(spec.covariates);
  const notYet = spec.comparison === 'not-yet';
  return rScript(
    opening(input, []),
    panelLines(input),
    clusterLine(input),
    `X <- model.matrix(~ ${covariates === '' ? '1' : covariates}, data)`,
    'T <- length(times); ids <- sort(unique(unit[start > 1])); n <- length(ids)',
    'row.at <- function(id, t) { at <- match(paste(ids, t), paste(unit, period)); at[match(id, ids)] }',
    'G <- start[match(ids, unit)]; G[G > T] <- Inf; C <- cluster[match(ids, unit)]',
    'groups <- sort(unique(G[is.finite(G)]))',
    '# Doubly robust effect of two periods with its influence function (Sant’Anna and Zhao 2020).',
    'effect <- function(dy, D, X) {',
    '  m <- length(dy); ps <- fitted(glm.fit(X, D, family = binomial(), control = glm.control(epsilon = 1e-14, maxit = 100)))',
    '  Xc <- X[D == 0, , drop = FALSE]; beta <- qr.coef(qr(Xc), dy[D == 0]); e <- as.numeric(dy - X %*% beta)',
    '  w1 <- D; w0 <- ps * (1 - D) / (1 - ps); a1 <- sum(w1 * e) / sum(w1); a0 <- sum(w0 * e) / sum(w0)',
    '  rep.ols <- ((1 - D) * e * X) %*% solve(crossprod(Xc) / m)',
    '  rep.ps <- ((D - ps) * X) %*% solve(crossprod(X, ps * (1 - ps) * X) / m)',
    '  if1 <- (w1 * (e - a1) - rep.ols %*% colMeans(w1 * X)) / mean(w1)',
    '  if0 <- (w0 * (e - a0) + rep.ps %*% colMeans(w0 * (e - a0) * X) - rep.ols %*% colMeans(w0 * X)) / mean(w0)',
    '  list(att = a1 - a0, IF = as.numeric(if1 - if0))',
    '}',
    'cells <- list(); IF <- NULL',
    'for (g in groups) for (t in seq_len(T)) {',
    '  base <- g - 1; cell <- list(g = g, t = t, att = 0, base = t == base); col <- rep(0, n)',
    '  if (t != base) {',
    `    D <- G == g; comparison <- G == Inf${notYet ? ' | (!D & G > max(t, base))' : ''}`,
    '    now <- row.at(ids, t); then <- row.at(ids, base)',
    '    use <- which((D | comparison) & !is.na(now) & !is.na(then))',
    '    if (length(unique(D[use])) < 2) { cell$att <- NA; cells[[length(cells) + 1]] <- cell; IF <- cbind(IF, NA); next }',
    '    found <- effect(y[now[use]] - y[then[use]], as.numeric(D[use]), X[row.at(ids[use], min(t, base)), , drop = FALSE])',
    '    cell$att <- found$att; col[use] <- found$IF * n / length(use)',
    '  }',
    '  cells[[length(cells) + 1]] <- cell; IF <- cbind(IF, col)',
    '}',
    'att <- vapply(cells, function(c) c$att, 0); cg <- vapply(cells, function(c) c$g, 0); ct <- vapply(cells, function(c) c$t, 0)',
    'base <- vapply(cells, function(c) c$base, TRUE); pg <- vapply(cg, function(g) mean(G == g), 0)',
    'error <- function(f) sqrt(sum(rowsum(f, as.character(C))^2)) / n',
    '# A mean weighted by the sizes of the cohorts, which are estimated too.',
    'pool <- function(k, values = att, f = IF, g = cg, size = pg) {',
    '  w <- size[k] / sum(size[k]); total <- sum(size[k]); theta <- sum(w * values[k])',
    '  from <- vapply(seq_along(k), function(j) (G == g[k[j]]) - size[k[j]], numeric(n)) / total',
    '  from <- from %*% values[k] - rowSums(from) * theta',
    '  list(att = theta, IF = as.numeric(f[, k, drop = FALSE] %*% w + from))',
    '}',
    'plain <- function(list) list(att = mean(vapply(list, function(l) l$att, 0)), IF = rowMeans(vapply(list, function(l) l$IF, numeric(n))))',
    intervalLines(spec.confidence),
    'show <- function(l) row(l$att, error(l$IF), NA)',
    'post <- which(ct >= cg & !is.na(att))',
    'groups <- intersect(groups, cg[post])',
    'by.group <- lapply(groups, function(g) { k <- post[cg[post] == g]; list(att = mean(att[k]), IF = rowMeans(IF[, k, drop = FALSE])) })',
    'event <- ct - cg; all.events <- sort(unique(event[!base & !is.na(att)])); by.event <- lapply(all.events, function(e) pool(which(event == e & !is.na(att))))',
    'all.times <- sort(unique(ct[post])); by.time <- lapply(all.times, function(t) pool(post[ct[post] == t]))',
    'size <- vapply(groups, function(g) mean(G == g), 0)',
    'by.size <- pool(seq_along(groups), vapply(by.group, function(l) l$att, 0), vapply(by.group, function(l) l$IF, numeric(n)), groups, size)',
    'aggregates <- list(simple = show(pool(post)), group = show(by.size), dynamic = show(plain(by.event[all.events >= 0])), calendar = show(plain(by.time)))',
    'events <- lapply(seq_along(all.events), function(i) c(event = all.events[i], show(by.event[[i]])))',
    'events <- append(events, list(list(event = -1, estimate = 0)), after = sum(all.events < -1))',
    'result <- list(n = length(y), aggregates = aggregates,',
    `  att = aggregates[[${rText(spec.aggregate)}]], events = events,`,
    '  periods = lapply(seq_along(att), function(k) if (base[k]) list(event = -1, estimate = 0) else c(event = event[k], row(att[k], error(IF[, k]), NA))),',
    '  groups = lapply(by.group, show), calendar = lapply(by.time, show))',
    'before <- which(ct < cg & !base & !is.na(att))',
    'if (length(before) > 0 && length(before) < length(unique(C))) {',
    '  V <- crossprod(rowsum(IF[, before, drop = FALSE], as.character(C))) / n^2',
    '  wald <- as.numeric(att[before] %*% solve(V, att[before]))',
    '  result$preTrend <- list(statistic = wald, df = length(before), p = pchisq(wald, length(before), lower.tail = FALSE))',
    '}',
    endOfScript,
  );
}
