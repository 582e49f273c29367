using Ballast.Simulation;

try
{
    return args switch
    {
        ["--hash", var from, var count] => Print(Determinism.HashOf(ulong.Parse(from), long.Parse(count))),
        [var seed] when ulong.TryParse(seed, out var one) => Replay.Run(one, Variant.Right, Cut.None, Console.Out),
        [var seed, "--without", var cut] when ulong.TryParse(seed, out var one) => Replay.Run(one, Variant.Right, Cut.Parse(cut), Console.Out),
        [var seed, "--wrong", var name] when ulong.TryParse(seed, out var one) => Replay.Run(one, WrongVariants.All.Single(v => v.Name == name), Cut.None, Console.Out),
        _ => Many(),
    };
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

int Many()
{
    var (from, count, threads) = (1UL, 10_000L, 1);
    for (var i = 0; i < args.Length; i += 2)
        if (i + 1 == args.Length) return Usage();
        else if (args[i] == "--seeds") count = long.Parse(args[i + 1]);
        else if (args[i] == "--from") from = ulong.Parse(args[i + 1]);
        else if (args[i] == "--threads") threads = int.Parse(args[i + 1]);
        else return Usage();
    return Campaign.Run(from, count, threads, Console.Out);
}

static int Print(ulong hash)
{
    Console.WriteLine(hash);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("sim SEED [--without FAULT,FAULT#3,leg2] [or: --wrong VARIANT] replays one seed; sim --seeds N --from S [--threads T] runs many");
    return 2;
}
