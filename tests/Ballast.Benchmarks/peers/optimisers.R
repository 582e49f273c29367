# Rows O1 and O1d by R's quadprog (Goldfarb and Idnani 1983).
# Usage: Rscript optimisers.R FOLDER ROW    prints "row assets peer objective milliseconds" a line; CPU, median.
library(quadprog)
arguments <- commandArgs(trailingOnly = TRUE)
wanted <- if (length(arguments) > 1) arguments[2] else ""

solve_row <- function(name, n, cap) {
  S <- as.matrix(read.csv(gzfile(file.path(arguments[1], sprintf("S%d.csv.gz", n)))))
  dimnames(S) <- NULL
  A <- cbind(rep(1, n), diag(n), if (is.null(cap)) NULL else -diag(n))
  b <- c(1, rep(0, n), if (is.null(cap)) NULL else rep(-cap, n))
  times <- c()
  while (length(times) < 3 || (sum(times) < 0.5 && length(times) < 15)) {
    inner <- if (n == 20) 200 else if (n == 100) 10 else 1
    before <- proc.time()
    for (k in 1:inner) found <- solve.QP(S, rep(0, n), A, b, meq = 1)
    used <- proc.time() - before
    times <- c(times, (used[["user.self"]] + used[["sys.self"]]) / inner)
  }
  cat(sprintf("%s %d quadprog %.17g %.4f\n", name, n, found$value, 1e3 * median(times)))
}

for (n in c(20, 100, 500)) {
  if (grepl(toupper(wanted), "O1")) solve_row("O1", n, NULL)
  if (grepl(toupper(wanted), "O1D")) solve_row("O1d", n, 2 / n)
}
