using Ballast.Benchmarks;

// Usage: Ballast.Benchmarks [NAME]   NAME is a row (B4) or nothing for all of them.
//        Ballast.Benchmarks cost-aware [FOLDER] [BOOKS.csv] [next-close]   what the no-trade region saves, over books of real prices
var wanted = args.Length > 0 ? args[0] : "";
if (wanted == "cost-aware") return Ballast.Benchmarks.CostAware.Study.Run(args.Length > 1 ? args[1] : Folders.Data, args.Length > 2 ? args[2] : null, args.Contains("next-close"));
Console.WriteLine(Machine.Describe());
var backtests = wanted.StartsWith('O') || wanted.StartsWith('P') || BacktestRows.Run(wanted);
var optimisers = wanted.StartsWith('P') || OptimiserRows.Run(wanted);
return OptionRows.Run(wanted) & MarginRows.Run(wanted) && optimisers && backtests ? 0 : 1;
