using Ballast.Benchmarks;

// Usage: Ballast.Benchmarks [NAME]   NAME is a row (B4) or nothing for all of them.
//        Ballast.Benchmarks cost-aware [FOLDER] [BOOKS.csv] [next-close]   what the no-trade region saves, over books of real prices
//        Ballast.Benchmarks chains [DATA]   a venue's marks priced from its volatilities, and smiles fitted to them
//        Ballast.Benchmarks journal   how fast a journal is read, and how long a record takes to be durable on this disk
//        Ballast.Benchmarks hedging [FOLDER]   what rules of hedging cost at the same risk, and how well that is forecast
//        Ballast.Benchmarks desk [MINUTES]   a thousand portfolios, 20,000 ticks and 200 requests a second into the desk
//        Ballast.Benchmarks whatif [QUESTIONS]   a quantity dragged in a book of 200 positions
var wanted = args.Length > 0 ? args[0] : "";
if (wanted == "cost-aware") return Ballast.Benchmarks.CostAware.Study.Run(args.Length > 1 ? args[1] : Folders.Data, args.Length > 2 ? args[2] : null, args.Contains("next-close"));
if (wanted == "hedging") return Ballast.Benchmarks.Hedges.Study.Run(args.Length > 1 ? args[1] : Folders.Data);
Console.WriteLine(Machine.Describe());
if (wanted == "desk") return Ballast.Benchmarks.Desk.DeskLoad.Run(args.Length > 1 ? double.Parse(args[1]) : 10);
if (wanted == "whatif") return Ballast.Benchmarks.Desk.WhatIfLoad.Run(args.Length > 1 ? int.Parse(args[1]) : 120);
if (wanted == "journal") return JournalRows.Run() ? 0 : 1;
if (wanted == "chains") return Ballast.Benchmarks.Chains.ChainStudy.Run(args.Length > 1 ? args[1] : Folders.Data);
var backtests = wanted.StartsWith('O') || wanted.StartsWith('P') || BacktestRows.Run(wanted);
var optimisers = wanted.StartsWith('P') || OptimiserRows.Run(wanted);
return OptionRows.Run(wanted) & HedgeRows.Run(wanted) & MarginRows.Run(wanted) & optimisers & backtests ? 0 : 1;
