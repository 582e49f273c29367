using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Files.Words;
using Ballast.App.Output;
using Ballast.Gates;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>What a running loop says of itself, as a person reads it.</summary>
internal static class LoopLines
{
    public static int Write(string file, string? data, bool asJson)
    {
        var inputs = new Inputs(asJson);
        var policy = inputs.Policy(file);
        inputs.Check();
        var status = LoopCommands.Running(DataFolder.Of(data).Portfolio(policy!.Name), policy.Name);
        if (asJson) Console.WriteLine(Json.Text((JsonObject)status));
        else foreach (var line in Of(status, policy.Base)) Console.WriteLine(line);
        return Outcome.Done;
    }

    /// <summary>A limit as people write it; of an asset, whether it may be traded.</summary>
    private static string Of(JsonNode limit, string which, Asset unit)
    {
        var (key, value) = ((string)limit["limit"]!, decimal.Parse((string)limit[which]!, System.Globalization.CultureInfo.InvariantCulture));
        return GateLimit.All.FirstOrDefault(l => l.Key == key) is { } known ? SafetyWords.Value(known, value, unit) : value == 1 ? "allowed" : "not allowed";
    }

    private static IEnumerable<string> Of(JsonNode status, Asset unit)
    {
        var age = SystemClock.Instance.GetCurrentInstant() - NodaTime.Text.InstantPattern.ExtendedIso.Parse((string)status["at"]!).GetValueOrThrow();
        yield return $"{status["name"]}, {status["mode"]}: {status["state"]}{(age > Duration.FromSeconds(15) ? $". It has said nothing for {Spans.Words(age)}: is the process alive?" : "")}";
        if ((string?)status["lastDecision"] is { Length: > 0 } said) yield return Words.Sentence(said);
        if (status["plan"] is { } plan) yield return $"plan {plan["id"]}: {plan["status"]}, {plan["trades"]} trades; {plan["why"]}";
        foreach (var order in status["orders"]!.AsArray())
            yield return $"  {order!["side"]} {order["quantity"]} {order["instrument"]} at {order["price"]}, {order["filled"]} filled, {order["state"]}";
        foreach (var account in status["accounts"]!.AsArray())
            yield return $"{account!["account"]}: {(account["why"] is { } why ? why : (bool)account["ready"]! ? "books and venue agree" : "books and venue are being compared")}";
        foreach (var limit in status["limits"]?.AsArray() ?? [])
            if (limit!["from"] is { } from) yield return $"limit {limit["limit"]}: {Of(limit, "inForce", unit)} until {from}, then {Of(limit, "wanted", unit)}; a raise waits";
        foreach (var (scope, why) in status["kills"]!.AsObject()) yield return $"STOPPED, {(scope == "*" ? "everything" : scope)}: {why}";
    }
}
