using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Running;
using Ballast.App.Commands;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>What is done at the desk, by the same words and the same switch as on the command line.</summary>
internal sealed class Acts(Loops loops, JournalView journals)
{
    private readonly Lock _gate = new();
    private Instant _last = Instant.MinValue;

    /// <summary>Approves or declines the plan that waits. The first answer counts, whoever gives it: the second is told whose it was.</summary>
    public Answer Say(Seen seen, string plan, bool approve, string? digest, Call call)
    {
        var (folder, loop) = Running(seen, call.Now);
        if ((string?)loop["plan"]?["id"] != plan) throw new Problem(409, "PLAN_GONE", "The loop has another plan by now, or none; look at it again.");
        if (Earlier(folder, plan) is { } earlier) throw Answered(earlier);
        if ((string?)loop["plan"]!["status"] != "DRAFT") throw new Problem(409, "PLAN_NOT_WAITING", $"The plan does not wait for approval: it is {((string)loop["plan"]!["status"]!).ToLowerInvariant().Replace('_', ' ')}.");
        if (approve) Approvable(folder, loop, plan, digest, call.Now);
        var claim = new JsonObject { ["verb"] = approve ? "approve" : "decline", ["by"] = call.Who, ["at"] = Json.Time(call.Now) };
        if (!Claim(folder, plan, claim)) throw Answered(Earlier(folder, plan)!);
        Put(folder, new Word(approve ? "approve" : "decline", plan, call.Who, call.Note("note")), call.Now);
        return Answer.Told(new JsonObject { ["told"] = approve ? "approve" : "decline", ["plan"] = plan, ["by"] = call.Who });
    }

    /// <summary>Ends the plan at hand: what works is cancelled, nothing more is sent; the loop goes on looking.</summary>
    public Answer Stop(Seen seen, Call call)
    {
        var (folder, _) = Running(seen, call.Now);
        Put(folder, new Word("stop", "", call.Who, call.Note("note")), call.Now);
        return Answer.Told(new JsonObject { ["told"] = "stop" });
    }

    /// <summary>Lets a venue's figures stand where they differ from the books.</summary>
    public Answer Accept(Seen seen, string account, Call call)
    {
        var (folder, loop) = Running(seen, call.Now);
        if (loop["accounts"] is not JsonArray accounts || accounts.All(a => (string?)a?["account"] != account)) throw Problem.NotFound("account of that name in the running loop");
        var note = call.Note("note") ?? throw new Problem(422, "NOTE_MISSING", "Say in the note what you have looked at; it is kept in the journal.");
        Put(folder, new Word("accept", account, call.Who, note), call.Now);
        return Answer.Told(new JsonObject { ["told"] = "accept", ["account"] = account });
    }

    /// <summary>The kill switch: on the disk before the answer.</summary>
    public Answer Kill(string? scope, string? reason, Call call)
    {
        lock (_gate)
        {
            new KillSwitch(loops.Data.KillSwitch).Set(new Kill(scope ?? "*", call.Who, reason ?? "stopped at the desk"));
            return Answer.Ok(Safety(call.Now));
        }
    }

    /// <summary>Lets trading go on: every loop compares its books first.</summary>
    public Answer Resume(string? scope, Call call)
    {
        var reason = call.Note("reason") ?? throw new Problem(422, "REASON_MISSING", "Say why trading may go on; it is kept in the journal.");
        lock (_gate)
        {
            var at = Later(call.Now);
            KillCommand.Release(loops.Data, scope, call.Who, reason, () => at = at.PlusTicks(1));
            _last = at;
        }
        return Answer.Ok(Safety(call.Now));
    }

    public JsonObject Safety(Instant now) => new()
    {
        ["kill"] = loops.Kill is { } kill ? new JsonObject { ["scope"] = kill.Scope, ["by"] = kill.By, ["reason"] = kill.Reason } : null,
        ["loops"] = Json.Array(loops.All(now)),
    };

    private void Approvable(PortfolioFolder folder, JsonObject loop, string plan, string? digest, Instant now)
    {
        if (loops.Kill is { } kill) throw new Problem(409, "STOPPED", $"Trading is stopped by {kill.By}: {kill.Reason}. Nothing is approved until it may go on.");
        var journal = journals.ReadWhole(JournalView.Folder(folder, null, loop));
        if (journal.Fault is { Repairable: false } fault) throw new Problem(409, "JOURNAL_BROKEN", $"The journal is broken at {fault}; nothing is approved on it.");
        if (!journal.Plans.TryGetValue(plan, out var kept)) throw new Problem(409, "PLAN_GONE", "The journal does not have that plan yet; look again in a second.");
        if (now > kept.Plan.ValidUntil) throw new Problem(410, "PLAN_EXPIRED", $"The plan held until {Json.Iso(kept.Plan.ValidUntil)}; the loop makes a new one.");
        if (digest != kept.Digest) throw new Problem(409, "PLAN_CHANGED", "The digest is not that of the plan that waits; read the plan, and approve what you have read.");
    }

    private (PortfolioFolder Folder, JsonObject Loop) Running(Seen seen, Instant now) =>
        loops.Of(seen.Name, now) is { } loop && loop["running"]!.GetValue<bool>() ? (loops.Data.Portfolio(seen.Name), loop)
            : throw new Problem(409, "LOOP_NOT_RUNNING", $"No loop of {seen.Name} is running: `ballast run` begins one.");

    private void Put(PortfolioFolder folder, Word word, Instant now)
    {
        lock (_gate) new Inbox(folder.Inbox).Put(word, Later(now));
    }

    /// <summary>Words are named by their time, and no two may have the same.</summary>
    private Instant Later(Instant now) => _last = now > _last ? now : _last.PlusTicks(1);

    private static string ClaimOf(PortfolioFolder folder, string plan) => Path.Combine(folder.Root, "answers", string.Concat(plan.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '~')) + ".json");

    /// <summary>The file system decides who was first, also between two desks.</summary>
    private static bool Claim(PortfolioFolder folder, string plan, JsonObject claim)
    {
        var path = ClaimOf(folder, plan);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(System.Text.Encoding.UTF8.GetBytes(claim.ToJsonString()));
            file.FlushToDisk();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static JsonNode? Earlier(PortfolioFolder folder, string plan)
    {
        var path = ClaimOf(folder, plan);
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return new JsonObject { ["verb"] = "answer", ["by"] = "somebody", ["at"] = "a moment ago" };
        }
    }

    private static Problem Answered(JsonNode earlier) => new(409, "ALREADY_ANSWERED", $"{earlier["by"]} has answered first ({earlier["verb"]}, {earlier["at"]}); the second answer is not taken.");
}
