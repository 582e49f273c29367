using Ballast.Money;

namespace Ballast.Planning;

/// <summary>How a policy is run: how often to look, whom to ask, how to order.</summary>
public sealed record RunRules
{
    /// <summary>Time from one look to the next.</summary>
    public Duration Check { get; init; } = Duration.FromMinutes(1);

    /// <summary>Who approves a plan; null where the file does not say: a person for live trading, nobody on paper.</summary>
    public Approval? Approve { get; init; }

    /// <summary>Whether what fell due while nobody looked is done at the next look.</summary>
    public bool CatchUp { get; init; } = true;

    public OrderWay Orders { get; init; } = OrderWay.Limit;

    /// <summary>How long an order rests before it is priced anew.</summary>
    public Duration Wait { get; init; } = Duration.FromSeconds(20);

    /// <summary>Into how many equal parts a trade is cut, one after the other.</summary>
    public int Slices { get; init; } = 1;

    /// <summary>Whether working orders are cancelled when the loop stops; else they are left at the venue.</summary>
    public bool CancelOnStop { get; init; } = true;
}

/// <summary>Who approves a plan before it is carried out. Closed.</summary>
public abstract record Approval
{
    private Approval() { }

    /// <summary>A person approves every plan.</summary>
    public sealed record Always : Approval;

    public sealed record Never : Approval;

    /// <summary>A person approves plans that trade more than this, both sides.</summary>
    public sealed record Above(Amount Traded) : Approval;
}

/// <summary>How an order is priced.</summary>
public enum OrderWay
{
    /// <summary>At the market's other side, as a limit.</summary>
    Limit,

    /// <summary>The same; what is not filled at once is cancelled.</summary>
    Market,

    /// <summary>First post-only at our own side; after the wait at the other.</summary>
    MakerFirst,
}

/// <summary>What a person wants to be told, and by which channel.</summary>
public sealed record Notice(ImmutableArray<string> About, string By);
