using Ballast.Adapters.Alerts;
using Ballast.Planning;

namespace Ballast.App.Running;

/// <summary>The channels that a policy's <c>notify</c> names.</summary>
internal static class AlarmChannels
{
    /// <param name="missing">Hears of each that cannot be used, by its name and as a sentence: the loop goes on without it.</param>
    public static IReadOnlyCollection<IAlertChannel> Of(Policy policy, Lazy<Adapters.Secrets.Vault?> vault, Action<string, string> missing)
    {
        var channels = new List<IAlertChannel>();
        foreach (var name in policy.Notify.Select(n => n.By).Distinct())
            if (!AlertChannels.Names.Contains(name)) missing(name, $"Nobody is told by {name}: it is not active yet.");
            else if (vault.Value is { } open && AlertChannels.Find(open, name) is { } channel) channels.Add(channel);
            else missing(name, $"Nobody is told by {name}: `ballast alerts set {name}`.");
        return channels;
    }
}
