using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Execution;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.App.Running;

/// <summary>What a run did, in figures.</summary>
internal sealed class Tally
{
    public int Looks { get; set; }
    public int Plans { get; private set; }
    public int Orders { get; private set; }
    public int Fills { get; private set; }

    public void Count(Step step)
    {
        foreach (var record in step.Records)
            switch (record)
            {
                case JournalRecord.PlanCreated: Plans++; break;
                case JournalRecord.Intended: Orders++; break;
                case JournalRecord.Filled: Fills++; break;
            }
    }

    public JsonObject ToJson(Policy policy, decimal endValue, string head, string journal) => new()
    {
        ["name"] = policy.Name, ["base"] = policy.Base.Code, ["looks"] = Looks, ["plans"] = Plans, ["orders"] = Orders, ["fills"] = Fills,
        ["endValue"] = Json.Exact(endValue), ["head"] = head, ["journal"] = journal,
    };
}
