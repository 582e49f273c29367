using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Triggers;

namespace Ballast.Engine.Backtests;

/// <summary>A policy on prices that have no bars at weekends: Friday's bar reaches Monday, so that a month that ends on a Sunday ends with Friday's bar.</summary>
public static class ExchangeDays
{
    public static Policy Of(Policy policy) => policy with
    {
        Rebalance = policy.Rebalance with { When = [.. policy.Rebalance.When.Select(Of)] },
        Flows = [.. policy.Flows.Select(f => f with { Schedule = Of(f.Schedule) })],
    };

    private static ITrigger Of(ITrigger rule) => rule switch
    {
        Every every => every with { Schedule = Of(every.Schedule) },
        AllOf all => all with { Rules = [.. all.Rules.Select(Of)], Nots = [.. all.Nots.Select(Of)] },
        AnyOf any => any with { Rules = [.. any.Rules.Select(Of)] },
        _ => rule,
    };

    /// <summary>A calendar that the file names stays.</summary>
    private static Schedule Of(Schedule schedule) => schedule.Calendar == BusinessCalendar.AllDays ? schedule with { Calendar = BusinessCalendar.Weekdays } : schedule;
}
