using System.CommandLine;
using System.Globalization;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Engine.Sweeps;
using Ballast.Market;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Evaluation;

namespace Ballast.App.Commands;

/// <summary>The options of <c>sweep</c> that judge a choice on bars that it was not made on.</summary>
internal sealed class TrialOptions
{
    /// <summary>The criteria by the words of <c>--by</c>, in their order.</summary>
    public static readonly string[] Words = ["endValue", "sharpe", "sortino", "calmar", "volatility", "maxDrawdown", "cost"];

    private readonly Option<string?> _split = new("--split") { Description = "choose on this share of the bars, and judge on the rest", HelpName = "SHARE" };
    private readonly Option<string?> _walk = new("--walk-forward") { Description = "choose on so long, keep the choice for so long, and so on: 730d/182d; with /expanding all of the past is chosen on", HelpName = "TRAIN/TEST" };
    private readonly Option<int?> _folds = new("--folds") { Description = "judge on each of so many parts, or on every choice of --test-folds of them, and choose on the others", HelpName = "N" };
    private readonly Option<int> _tested = new("--test-folds") { Description = "parts that are tested together", DefaultValueFactory = _ => 1, HelpName = "K" };
    private readonly Option<string> _embargo = new("--embargo") { Description = "with --folds: what is not chosen on after each test", DefaultValueFactory = _ => "0d", HelpName = "SPAN" };
    private readonly Option<string> _by = new("--by") { Description = "what makes a policy the best to choose; with equals, the first", DefaultValueFactory = _ => Words[0] };

    public TrialOptions() => _by.AcceptOnlyFromAmong(Words);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_split, _walk, _folds, _tested, _embargo, _by]) command.Add(option);
    }

    /// <summary>The trial that was asked for; null for none. A history that is too short for it is refused.</summary>
    public Trial? Read(ParseResult parsed, PriceHistory history, BacktestSettings settings)
    {
        var (split, walk, folds) = (parsed.GetValue(_split), parsed.GetValue(_walk), parsed.GetValue(_folds));
        if (new object?[] { split, walk, folds }.Count(o => o is not null) > 1) throw new InvalidInputException("--split, --walk-forward, --folds: expected one of them");
        var (first, last) = BacktestSpan.Of(history, settings);
        var (count, by) = (last - first, (Criterion)Array.IndexOf(Words, parsed.GetRequiredValue(_by)));
        if (split is not null) return InTime(by, "--split", Once(split, count), $"chosen on the first {split}, judged on the rest");
        if (walk is not null) return Walk(by, walk, count, history.Spacing);
        return folds is { } n ? Folds(by, n, parsed.GetValue(_tested), parsed.GetRequiredValue(_embargo), count, history.Spacing) : null;
    }

    private static Answer<IReadOnlyList<Split>> Once(string text, int count) => Options.Share(text, "--split") is > 0 and < 1 and var share
        ? WalkForward.Once(count, share) : throw new InvalidInputException($"--split: `{text}`; expected a share between 0% and 100%");

    private static Trial Walk(Criterion by, string text, int count, Duration spacing)
    {
        if (text.Split('/') is not [var train, var test, .. var rest] || rest is not ([] or ["rolling"] or ["expanding"]))
            throw new InvalidInputException($"--walk-forward: `{text}`; expected TRAIN/TEST such as 730d/182d, or 730d/182d/expanding");
        var (on, kept, expanding) = (Bars(train, "--walk-forward", spacing), Bars(test, "--walk-forward", spacing), rest is ["expanding"]);
        if (on == 0 || kept == 0) throw new InvalidInputException($"--walk-forward: `{text}` is shorter than a bar");
        return InTime(by, "--walk-forward", WalkForward.Steps(count, on, kept, expanding), $"chosen on {(expanding ? $"all of the past, at least {train}" : $"the last {train}")}, judged on the next {test}");
    }

    private static Trial Folds(Criterion by, int groups, int tested, string embargo, int count, Duration spacing)
    {
        if (groups < 2 || tested < 1 || tested >= groups) throw new InvalidInputException($"--folds {groups}, --test-folds {tested}: expected at least 2 folds, and fewer that are tested together");
        // A decision at one bar's close earns in the next, so that a bar within one of a test is known only with it.
        var answer = PurgedFolds.Of(count, groups, tested, reach: 1, Bars(embargo, "--embargo", spacing));
        if (answer is not Answer<PurgedFolds>.Found(var folds)) throw Refused("--folds", answer);
        var histories = folds.Paths.Select(p => p.Select((split, g) => (split, folds.Groups[g])).ToArray()).ToArray();
        return new Trial(by, folds.Splits, histories, $"{tested} of {groups} parts tested at a time, chosen on the others, {embargo} of embargo: {folds.Splits.Count} splits, {folds.Paths.Count} {(folds.Paths.Count == 1 ? "path" : "paths")}");
    }

    private static Trial InTime(Criterion by, string option, Answer<IReadOnlyList<Split>> answer, string words) => answer is Answer<IReadOnlyList<Split>>.Found(var splits)
        ? new Trial(by, splits, [[.. splits.Select((s, k) => (k, s.Test[0]))]], words) : throw Refused(option, answer);

    private static InvalidInputException Refused<T>(string option, Answer<T> answer) => new($"{option}: {((Answer<T>.Refused)answer).Reason}");

    /// <summary>A span such as 730d, 12h or 4w as a number of bars.</summary>
    private static int Bars(string text, string option, Duration spacing)
    {
        var unit = text.Length == 0 ? ' ' : text[^1];
        var days = unit switch { 'd' => 1, 'w' => 7, 'h' => 1.0 / 24, _ => double.NaN };
        return !double.IsNaN(days) && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * days / spacing.TotalDays < int.MaxValue
            ? (int)Math.Round(number * days / spacing.TotalDays) : throw new InvalidInputException($"{option}: `{text}`; expected a span such as 730d, 26w or 12h");
    }
}

/// <summary>How choices are to be judged.</summary>
/// <param name="Splits">Of the returns of the bars, the first of which is that of the second bar.</param>
/// <param name="Words">How, for people.</param>
internal sealed record Trial(Criterion By, IReadOnlyList<Split> Splits, IReadOnlyList<IReadOnlyList<(int Split, Stretch Test)>> Histories, string Words);
