using System.Text;
using Ballast.Numerics.Options;

namespace Ballast.Adapters.Files;

/// <summary>Reads a table of European options, a row each: <c>type,strike,years|expiry,forward|spot,vol|price[,rate,yield,settlement]</c>, in any order.</summary>
public static class OptionsFile
{
    private static readonly string[] Optional = ["years", "expiry", "forward", "spot", "rate", "yield", "settlement"];
    private static readonly string[] Types = ["call", "put", "C", "P"];
    private static readonly string[] Settlements = ["linear", "inverse"];

    /// <param name="given">What stands beside the terms: <c>vol</c> or <c>price</c>.</param>
    /// <param name="now">From when on the time to an expiry counts, in years of 365 days.</param>
    /// <param name="allowExtreme">Whether volatilities above 500 %, rates outside of −50 % to 200 % and times above 100 years are meant as they stand.</param>
    public static Reading<OptionTable> Load(string path, string given, Instant now, bool allowExtreme = false, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var lines = ImmutableArray.CreateBuilder<OptionLine>();
        if (SourceFile.Open(path, limits, faults) is { } source)
        {
            var rows = new DelimitedText(source, limits);
            if (RecordTable.Open(ref rows, source, limits, ["type", "strike", given], Optional) is { } table)
                while (table.Next(ref rows))
                    if (Row(ref rows, table, given, now, allowExtreme) is { } line) lines.Add(line);
            if (lines.Count == 0 && source.Faults.Count == 0) source.ReportWhole("NO_ROWS", "there is a header and nothing else", "expected a row an option");
        }
        return faults.Count > 0 ? faults.Failed<OptionTable>(path) : Reading.Of(new OptionTable(lines.ToImmutable()));
    }

    /// <summary>One option; every fault of its row is reported, and then the value does not matter.</summary>
    private static OptionLine? Row(ref DelimitedText rows, RecordTable table, string given, Instant now, bool allowExtreme)
    {
        var before = table.Source.Faults.Count;
        var kind = Word(ref rows, table, "type", Types) % 2 == 0 ? OptionKind.Call : OptionKind.Put;
        var strike = Positive(ref rows, table, "strike");
        var years = Years(ref rows, table, now);
        var onSpot = Either(ref rows, table, "forward", "spot") == "spot";
        var underlying = Positive(ref rows, table, onSpot ? "spot" : "forward");
        var (rate, yield) = (Number(ref rows, table, "rate") ?? 0, Number(ref rows, table, "yield") ?? 0);
        var value = Given(ref rows, table, given);
        var inverse = table["settlement"].Length > 0 && Word(ref rows, table, "settlement", Settlements) == 1;
        if (!allowExtreme) Suspect(ref rows, table, given == "vol" ? value : 0, years, rate, yield);
        if (table.Source.Faults.Count > before) return null;
        var line = new OptionLine(kind, strike, years, onSpot, underlying, rate, yield, value, inverse);
        if (line.Forward > 0 && double.IsFinite(line.Forward) && Math.Exp(-rate * years) is > 0 and < double.PositiveInfinity) return line;
        table.Report(ref rows, "rate", "NOT_FINITE", "over so many years these rates are beyond any number", "expected a forward above zero that is finite");
        return null;
    }

    /// <summary>Which of two columns has a value in this row; the first, reported, where both have one or none has.</summary>
    private static string Either(ref DelimitedText rows, RecordTable table, string one, string other)
    {
        var (first, second) = (table[one].Length > 0, table[other].Length > 0);
        if (first && second) table.Report(ref rows, other, "COLUMNS_CONTRADICT", $"both {one} and {other} are given", $"expected one of them");
        if (!first && !second) table.Report(ref rows, one, "NUMBER_MISSING", $"neither {one} nor {other} is given", $"expected one of them");
        return second && !first ? other : one;
    }

    private static double Years(ref DelimitedText rows, RecordTable table, Instant now)
    {
        if (Either(ref rows, table, "years", "expiry") == "expiry")
            return table.Time(ref rows, "expiry") is { } expiry ? Math.Max(0, (expiry - now).TotalDays / 365) : 0;
        var years = Number(ref rows, table, "years") ?? 0;
        if (years < 0) table.Report(ref rows, "years", "BAD_NUMBER", $"the time to expiry is {table["years"]} years", "expected zero or more");
        return years;
    }

    private static double Positive(ref DelimitedText rows, RecordTable table, string column)
    {
        var before = table.Source.Faults.Count;
        if (Number(ref rows, table, column) is { } value)
        {
            if (value <= 0) table.Report(ref rows, column, "BAD_NUMBER", $"the {column} is {table[column]}", "expected a price above zero");
            return value;
        }
        if (column == "strike" && table.Source.Faults.Count == before) table.Report(ref rows, column, "NUMBER_MISSING", $"the {column} is missing", "expected a price above zero");
        return 1;
    }

    private static double Given(ref DelimitedText rows, RecordTable table, string column)
    {
        if (table[column].Length == 0) table.Report(ref rows, column, "NUMBER_MISSING", $"the {column} is missing", column == "vol" ? "expected a volatility such as 0.65" : "expected a price");
        var value = Number(ref rows, table, column) ?? 0;
        if (column == "vol" && value < 0) table.Report(ref rows, column, "BAD_NUMBER", $"the volatility is {table[column]}", "expected zero or more");
        return value;
    }

    /// <summary>The number of a column; null where the cell is empty, or where it is reported.</summary>
    private static double? Number(ref DelimitedText rows, RecordTable table, string column)
    {
        var text = table[column];
        if (text.Length == 0) return null;
        if (NumberCell.TryDouble(Encoding.UTF8.GetBytes(text), out var value) && double.IsFinite(value)) return value;
        var (code, what, expected) = double.IsInfinity(value) ? ("NOT_FINITE", $"{text} is too large for any number", "expected a finite number") : NumberCell.Complaint(text);
        table.Report(ref rows, column, code, what, expected);
        return null;
    }

    private static int Word(ref DelimitedText rows, RecordTable table, string column, string[] words)
    {
        var at = Array.FindIndex(words, w => w.Equals(table[column], StringComparison.OrdinalIgnoreCase));
        if (at < 0) table.Report(ref rows, column, "WORD_UNKNOWN", $"'{RecordTable.Cut(table[column])}' is no {column}", $"expected {words[0]} or {words[1]}");
        return Math.Max(0, at);
    }

    /// <summary>Numbers that are more likely in per cent, or in days, than meant.</summary>
    private static void Suspect(ref DelimitedText rows, RecordTable table, double vol, double years, double rate, double yield)
    {
        if (vol > 5) table.Report(ref rows, "vol", "UNIT_SUSPECT", $"a volatility of {table["vol"]} is {100 * vol:0} % a year", "expected a fraction such as 0.65; --allow-extreme takes it as it stands");
        if (years > 100) table.Report(ref rows, "years", "UNIT_SUSPECT", $"{years:0} years to expiry", "expected years, not days; --allow-extreme takes it as it stands");
        foreach (var (column, value) in ((string, double)[])[("rate", rate), ("yield", yield)])
            if (value is < -0.5 or > 2) table.Report(ref rows, column, "UNIT_SUSPECT", $"a {column} of {table[column]} is {100 * value:0} % a year", "expected a fraction such as 0.05; --allow-extreme takes it as it stands");
    }
}

/// <summary>Options, in the order of the file.</summary>
public sealed record OptionTable(ImmutableArray<OptionLine> Lines);

/// <summary>One option as a row has it: what it is, on what, and its volatility or its price.</summary>
/// <param name="OnSpot">Whether the underlying is a spot price, else a forward.</param>
/// <param name="Given">The volatility, or the price in money or, where it is settled in coin, in coin.</param>
/// <param name="Inverse">Whether it is paid for and settled in coin.</param>
public sealed record OptionLine(OptionKind Kind, double Strike, double Years, bool OnSpot, double Underlying, double Rate, double Yield, double Given, bool Inverse)
{
    public double Forward => OnSpot ? Underlying * Math.Exp((Rate - Yield) * Years) : Underlying;

    /// <summary>The price and the Greeks, <see cref="Given"/> being the volatility.</summary>
    public OptionValue Value() => (OnSpot, Inverse) switch
    {
        (true, false) => BlackScholes.OnSpot(Kind, Underlying, Strike, Years, Rate, Yield, Given),
        (true, true) => BlackScholes.CoinSettledOnSpot(Kind, Underlying, Strike, Years, Rate, Yield, Given),
        (false, false) => BlackScholes.OnForward(Kind, Underlying, Strike, Years, Rate, Given),
        (false, true) => BlackScholes.CoinSettledOnForward(Kind, Underlying, Strike, Years, Yield, Given),
    };

    /// <summary>The volatility, <see cref="Given"/> being the price; there has to be time left.</summary>
    public ImpliedVolatility Implied() => ImpliedVolatility.Of(Kind, Forward, Strike, Years, Given * (Inverse ? Forward * Math.Exp(Yield * Years) : Math.Exp(Rate * Years)));
}
