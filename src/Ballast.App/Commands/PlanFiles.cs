using System.Text;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>A plan as files: a CSV for programs and a text to paste as an order ticket.</summary>
internal static class PlanFiles
{
    public static void Write(string folder, Planned planned, Plan plan)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "plan.csv"), Csv(plan));
        File.WriteAllText(Path.Combine(folder, "plan.txt"), Ticket(planned, plan));
        Console.Error.WriteLine($"Wrote {Path.Combine(folder, "plan.csv")} and {Path.Combine(folder, "plan.txt")}.");
    }

    private static string Csv(Plan plan)
    {
        var text = new StringBuilder("number,account,instrument,side,quantity,price,value,fee,feeAsset,cost,reason\n");
        foreach (var t in plan.Trades)
            text.Append(string.Join(',', t.Number, t.Account, t.Instrument.Symbol, t.Side == Side.Buy ? "buy" : "sell", Figures.Exact(t.Quantity), Figures.Exact(t.Price),
                Figures.Exact(t.Value), Figures.Exact(t.Fee.Value), t.Fee.Asset.Code, Figures.Exact(t.Cost), $"\"{t.Reason.Replace("\"", "\"\"")}\"")).Append('\n');
        return text.ToString();
    }

    private static string Ticket(Planned planned, Plan plan)
    {
        var text = new StringBuilder($"{planned.Now.Policy.Name}, {Words.Time(plan.At)}\n{Words.Sentence(plan.Reason)}\n\n");
        foreach (var t in plan.Trades)
            text.Append($"{t.Number}. {(t.Side == Side.Buy ? "BUY" : "SELL")} {Figures.Exact(t.Quantity)} {t.Instrument.Symbol} at {Figures.Exact(t.Price)} ({t.Account})\n");
        return text.Append($"\nCost {Figures.Money(plan.Cost, plan.Base)} {plan.Base}. Sells first; send each buy when the sells that pay for it are filled.\n").ToString();
    }
}
