using Ballast.Benchmarks;

// Usage: Ballast.Benchmarks [NAME]   NAME is a row (B4) or nothing for all of them.
var wanted = args.Length > 0 ? args[0] : "";
Console.WriteLine(Machine.Describe());
var backtests = wanted.StartsWith('O') || BacktestRows.Run(wanted);
return OptimiserRows.Run(wanted) && backtests ? 0 : 1;
