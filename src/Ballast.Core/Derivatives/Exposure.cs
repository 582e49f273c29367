using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Derivatives;

/// <summary>What a book stands to gain or lose by one underlying: each delta that a trader may mean, and the other sensitivities in a trader's units.</summary>
/// <param name="Underlying">What everything here is on.</param>
/// <param name="Index">Its price in money.</param>
/// <param name="Positions">The contracts, priced.</param>
/// <param name="Coins">The underlying itself, held as collateral or spot.</param>
/// <param name="Money">Money held; counted with the one underlying of a book, and with none where there are several.</param>
public sealed record Exposure(Asset Underlying, decimal Index, ImmutableArray<PricedPosition.Known> Positions, decimal Coins, decimal Money)
{
    /// <summary>Coins of futures, linear and inverse.</summary>
    public double Futures { get; } = Positions.Where(p => p.Contract is not Instrument.Option).Sum(p => p.Coins);

    /// <summary>Coins of options, the premium left out.</summary>
    public double OptionsBlack { get; } = Positions.Where(p => p.Contract is Instrument.Option).Sum(p => p.BlackDelta);

    /// <summary>Coins of options, net of the premium of those that are settled in coin.</summary>
    public double OptionsNet { get; } = Positions.Where(p => p.Contract is Instrument.Option).Sum(p => p.NetDelta);

    /// <summary>Equity in coin: what is held, the value of coin-settled options, and what inverse futures have gained since their entries.</summary>
    public decimal EquityCoins { get; } = Coins + Positions.Where(p => p.Contract.Inverse).Sum(p => p.Value);

    /// <summary>Equity in money: what is held, the value of money-settled options, and what linear futures have gained since their entries.</summary>
    public decimal EquityMoney { get; } = Money + Positions.Where(p => !p.Contract.Inverse).Sum(p => p.Value);

    /// <summary>All equity, counted in coin at the index.</summary>
    public double Equity => (double)(EquityCoins + EquityMoney / Index);

    /// <summary>Black-Scholes delta: futures and options, the premium left out; the figure of most screens.</summary>
    public double DeltaBlack => Futures + OptionsBlack;

    /// <summary>Futures, and options net of their premium: what the exchange calls the total delta.</summary>
    public double DeltaTotal => Futures + OptionsNet;

    /// <summary>Delta for whoever counts in money, S ∂W/∂S in coins: the total, and the coin equity itself.</summary>
    public double DeltaMoney => DeltaTotal + (double)EquityCoins;

    /// <summary>Delta for whoever counts in coin, S ∂(W/S)/∂S: the one in money less all equity, because money held is short of coin.</summary>
    public double DeltaCoin => DeltaTotal - (double)(EquityMoney / Index);

    /// <summary>The delta of whoever counts so.</summary>
    public double Delta(Numeraire numeraire) => numeraire == Numeraire.Coin ? DeltaCoin : DeltaMoney;

    /// <summary>The options' and futures' sensitivities, summed.</summary>
    public Sensitivities Greeks { get; } = Sensitivities.Of(Positions, (double)Index);

    /// <summary>Σ |coins of delta| over positions and coins held.</summary>
    public double GrossDelta => Positions.Sum(p => Math.Abs(p.BlackDelta)) + Math.Abs((double)Coins);

    /// <summary>The exposures of a book, an underlying each; incomplete where a contract has no price.</summary>
    public static ExposureReport Of(PositionBook book, Chain chain)
    {
        var priced = PositionPricer.Price(book, chain);
        PricedPosition.Known[] known = [.. priced.OfType<PricedPosition.Known>()];
        Asset[] coins = [.. book.Balances.Select(b => b.Amount.Asset).Where(a => chain.Index(a) is not null)];
        Asset[] underlyings = [.. known.Select(p => p.Contract.Base).Concat(coins).Distinct().Order().Where(a => chain.Index(a) is not null)];
        var money = book.Balances.Where(b => !underlyings.Contains(b.Amount.Asset)).ToArray();
        var counted = underlyings.Length == 1 ? money.Sum(b => b.Amount.Value) : 0;
        return new(chain.At,
            [.. underlyings.Select(u => new Exposure(u, chain.Index(u)!.Value, [.. known.Where(p => p.Contract.Base == u)], book.Balances.Where(b => b.Amount.Asset == u).Sum(b => b.Amount.Value), counted))],
            [.. priced.OfType<PricedPosition.Unknown>()],
            [.. known.Select(p => p.Note).OfType<string>().Distinct(), .. money.Length > 0 && underlyings.Length != 1 ? ["money held is counted with no underlying, because the book has several"] : Array.Empty<string>()]);
    }
}

/// <summary>The exposures of a book at one instant, and what could not be priced: while there is anything, no figure here may drive a trade.</summary>
public sealed record ExposureReport(Instant At, ImmutableArray<Exposure> Underlyings, ImmutableArray<PricedPosition.Unknown> Missing, ImmutableArray<string> Notes)
{
    public bool Complete => Missing.IsEmpty;
}

/// <summary>What wealth is counted in: it decides which delta is neutral.</summary>
public enum Numeraire { Coin, Money }

/// <summary>Sums over positions, raw (Black, in money, by each one's own forward) and in the units that a trader reads.</summary>
/// <param name="Index">The price that per-cent moves are taken of.</param>
/// <param name="Delta">Coins, the premium left out.</param>
/// <param name="Gamma">Coins per unit of money.</param>
/// <param name="Vega">Money per 1.00 of volatility.</param>
/// <param name="WeightedVega">The same scaled by √(30/days to expiry, at least one): as if all volatility moved like that of 30 days.</param>
/// <param name="Theta">Money a year.</param>
/// <param name="Vanna">Coins per 1.00 of volatility.</param>
/// <param name="Volga">Money per 1.00 of volatility, squared.</param>
/// <param name="Charm">Coins a year.</param>
public sealed record Sensitivities(double Index, double Delta, double Gamma, double Vega, double WeightedVega, double Theta, double Vanna, double Volga, double Charm)
{
    /// <summary>Coins that delta changes by when the price moves by 1 %.</summary>
    public double GammaCoins => Gamma * Index / 100;

    /// <summary>Money that the delta in money changes by when the price moves by 1 %: a move of x gains 50 x² of it.</summary>
    public double GammaMoney => GammaCoins * Index;

    /// <summary>Money per point (0.01) of volatility.</summary>
    public double VegaPoint => Vega / 100;

    public double WeightedVegaPoint => WeightedVega / 100;

    /// <summary>Money a calendar day.</summary>
    public double ThetaDay => Theta / 365;

    /// <summary>Money per 1 % of price and point of volatility.</summary>
    public double VannaPoint => Vanna * Index / 1e4;

    /// <summary>Money per squared point of volatility.</summary>
    public double VolgaPoint => Volga / 1e4;

    /// <summary>Coins a calendar day.</summary>
    public double CharmDay => Charm / 365;

    public static Sensitivities Of(IEnumerable<PricedPosition.Known> positions, double index)
    {
        double delta = 0, gamma = 0, vega = 0, weighted = 0, theta = 0, vanna = 0, volga = 0, charm = 0;
        foreach (var p in positions)
        {
            var (q, g) = (p.Coins, p.Greeks);
            delta += q * g.Delta;
            gamma += q * g.Gamma;
            vega += q * g.Vega;
            weighted += q * g.Vega * Math.Sqrt(30 / Math.Max(365 * p.Leg.Years, 1));
            theta += q * g.Theta;
            vanna += q * g.Vanna;
            volga += q * g.Volga;
            charm += q * g.Charm;
        }
        return new(index, delta, gamma, vega, weighted, theta, vanna, volga, charm);
    }
}
