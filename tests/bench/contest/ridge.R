# A ridge path by glmnet. Arguments: a file of 0 or 1 and the columns, the penalties separated by commas. Prints the seconds of the fit, and the
# coefficients of the last penalty.
suppressMessages(library(glmnet))
given <- commandArgs(trailingOnly = TRUE)
data <- as.matrix(read.csv(given[1], header = FALSE))
penalties <- as.numeric(strsplit(given[2], ",")[[1]])
x <- data[, -1]
y <- data[, 1]
started <- proc.time()[["elapsed"]]
fit <- glmnet(x, y, family = "binomial", alpha = 0, lambda = penalties, standardize = FALSE, thresh = 1e-12)
cat(proc.time()[["elapsed"]] - started, "\n")
cat(format(as.numeric(coef(fit)[, length(penalties)]), digits = 15), "\n")
