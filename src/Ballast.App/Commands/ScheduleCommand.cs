using System.CommandLine;
using Ballast.App.Output;
using Ballast.Numerics.Allocation;

namespace Ballast.App.Commands;

/// <summary><c>ballast schedule</c>: one order cut into trades over time, and what that is expected to cost.</summary>
internal static class ScheduleCommand
{
    public static Command Create()
    {
        var (asked, asJson) = (new ScheduleOptions(), Options.AsJson());
        var command = new Command("schedule",
            """
            Cuts an order into trades over time: by the least cost and risk (Almgren and Chriss), evenly, by expected volume, or as a share of all trading.

            Costs need --price, --volatility and --daily-volume: 1 % of a day's volume in a day is taken to cost one spread while it lasts, and 10 % to
            move the price by one spread for good. --temporary and --permanent say it otherwise, in money a unit for one unit a day and for one unit.

            Examples:
              ballast schedule --quantity -400 --steps 12 --duration 6h --price 60000 --volatility 60% --spread 2bps --daily-volume 20000 --risk-aversion 1e-5
              ballast schedule --quantity 400 --steps 12 --duration 6h --method twap --jitter 20% --seed 7 --lot 0.1
              ballast schedule --quantity 400 --duration 4h --method vwap --volumes 800,500,300,900 --max-rate 20%
              ballast schedule --quantity 400 --duration 4h --method pov --volumes 800,500,300,900 --rate 10%
            """);
        asked.AddTo(command);
        command.Add(asJson);
        command.SetAction(parsed =>
        {
            var request = asked.Read(parsed);
            var answer = request.Solve();
            if (answer is Answer<OrderSchedule>.Refused refused) return Refused(refused, parsed.GetValue(asJson));
            var schedule = answer.OrThrow();
            Console.Write(parsed.GetValue(asJson) ? Json.Text(ScheduleOutput.ToJson(request, schedule)) + Environment.NewLine : ScheduleOutput.ToText(request, schedule));
            return Outcome.Done;
        });
        return command;
    }

    private static int Refused(Answer<OrderSchedule>.Refused refused, bool asJson)
    {
        if (asJson) Console.WriteLine(Json.Text(new() { ["refused"] = new System.Text.Json.Nodes.JsonObject { ["code"] = Words.Code(refused.Code), ["reason"] = refused.Reason } }));
        Console.Error.WriteLine($"No schedule: {refused.Reason} ({Words.Code(refused.Code)}).");
        return Outcome.Refused;
    }
}
