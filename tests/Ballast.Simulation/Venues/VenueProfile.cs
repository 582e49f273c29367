using Ballast.Instruments;

namespace Ballast.Simulation;

/// <summary>How one simulated venue behaves: its sheet, which Ballast is given too, and what no sheet says.</summary>
/// <param name="CopiesHappen">Whether a request may be delivered twice; then no refusal is definite.</param>
/// <param name="TradesCarryId">Whether trades tell our id, or only the venue's.</param>
/// <param name="ProcessingMs">How long at most between the gateway's look at the deadline and the matching.</param>
/// <param name="ThrottleCuts">Whether too many requests end the session.</param>
/// <param name="ProfitAtFill">Whether a derivative's profit is paid when it is realised, or at the next settlement.</param>
internal sealed record VenueProfile(
    VenueSheet Sheet, bool CopiesHappen, bool TradesCarryId, int ProcessingMs, bool ThrottleCuts, FeeIn Fee, decimal FeeRate, bool Derivatives, bool ProfitAtFill)
{
    public static VenueProfile Draw(Chance chance, string name, bool derivatives)
    {
        var deadline = chance.One(DeadlineCheck.None, DeadlineCheck.Gateway, DeadlineCheck.PreEngine, DeadlineCheck.Engine, DeadlineCheck.Signed);
        var fee = derivatives ? FeeIn.Quote : chance.One(FeeIn.Quote, FeeIn.Received, FeeIn.Third);
        var lag = chance.Between(3_000, 10_000);
        // A venue that forgets before it can prove would make a person look at every order.
        var soon = Duration.FromSeconds(deadline == DeadlineCheck.None ? 180 : (lag / 1000) + chance.Between(7, 20));
        var sheet = new VenueSheet(new VenueId(name), false, new LocalDate(2026, 11, 22))
        {
            PlaceDeadline = deadline,
            CancelDeadline = chance.One(DeadlineCheck.None, deadline),
            Deadline = Duration.FromSeconds(5),
            LagMargin = Duration.FromMilliseconds(lag),
            Quarantine = Duration.FromSeconds(chance.Between(90, 120)),
            Ids = chance.One(IdRule.Never, IdRule.WhileOpen, IdRule.Forever),
            Duplicate = chance.One(DuplicateAnswer.Reject, DuplicateAnswer.ReturnFirst),
            UnfilledKept = chance.One<Duration?>(null, Duration.FromMinutes(30), Duration.FromSeconds(180), soon, soon, soon),
            AckIsFinal = !chance.Happens(0.3),
            PostOnly = chance.One(PostOnlyAnswer.Reject, PostOnlyAnswer.Cancel, PostOnlyAnswer.Reprice),
            DeadMan = chance.One(DeadManKind.None, DeadManKind.OnDisconnect, DeadManKind.Countdown),
            FeeInReceived = fee == FeeIn.Received,
            RequestsPerSecond = chance.Between(3, 20),
        };
        return new VenueProfile(sheet, chance.Happens(0.5), chance.Happens(0.6), (int)(lag * 3 / 10), chance.Happens(0.3), fee, 0.001m, derivatives, chance.Happens(0.5));
    }

    public string Account => Sheet.Venue.Value;
}

/// <summary>In what a venue takes its fee.</summary>
internal enum FeeIn { Quote, Received, Third }
