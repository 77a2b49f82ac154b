/** Runs scripts in R and brings back the list `result` that each leaves. */
export type RSession = {
  readonly name: string;
  /** Packages of those named that are not there. */
  readonly missing: (packages: readonly string[]) => Promise<readonly string[]>;
  readonly run: (script: string, files: Readonly<Record<string, string>>) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** Packages that a script loads. */
export function packagesOf(script: string): string[] {
  return [...script.matchAll(/^\s*library\(([\w.]+)\)/gm)].map((match) => match[1] as string);
}

/** Writes an R list as JSON with every digit; in base R, so that it runs anywhere. */
export const toJson = `
.toJson <- function(x) {
  quoted <- function(s) paste0('"', gsub('"', '\\\\"', gsub('\\\\', '\\\\\\\\', s, fixed = TRUE), fixed = TRUE), '"')
  number <- function(v) ifelse(is.na(v), "null", ifelse(is.infinite(v), ifelse(v > 0, '"Inf"', '"-Inf"'), sprintf("%.17g", v)))
  if (is.null(x) || is.function(x)) return("null")
  if (is.data.frame(x)) x <- lapply(seq_len(nrow(x)), function(i) as.list(x[i, , drop = FALSE]))
  if (is.matrix(x)) { dimnames(x) <- NULL; x <- lapply(seq_len(nrow(x)), function(i) x[i, ]) }
  if (is.factor(x)) x <- as.character(x)
  if (is.list(x)) {
    parts <- vapply(x, .toJson, "")
    if (!is.null(names(x)) && length(x) > 0) return(paste0("{", paste0(vapply(names(x), quoted, ""), ":", parts, collapse = ","), "}"))
    return(paste0("[", paste0(parts, collapse = ","), "]"))
  }
  parts <- if (is.character(x)) ifelse(is.na(x), "null", quoted(x)) else if (is.logical(x)) ifelse(is.na(x), "null", ifelse(x, "true", "false")) else number(as.numeric(x))
  if (!is.null(names(x)) && length(x) > 0) return(paste0("{", paste0(vapply(names(x), quoted, ""), ":", parts, collapse = ","), "}"))
  if (length(parts) == 1) parts else paste0("[", paste0(parts, collapse = ","), "]")
}
`;
