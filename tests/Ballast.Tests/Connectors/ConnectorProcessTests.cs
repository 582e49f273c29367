using System.Diagnostics;
using System.Text.Json;
using Ballast.Adapters.Connectors;
using Ballast.Engine.Ports;

namespace Ballast.Tests.Connectors;

/// <summary>The real process, without any venue behind it.</summary>
public class ConnectorProcessTests
{
    private static readonly ConnectorTimes Quick = ConnectorTimes.Usual with { Ping = TimeSpan.FromMilliseconds(100), Again = TimeSpan.FromMilliseconds(10) };

    [Fact]
    public async Task It_starts_and_names_its_venues()
    {
        await using var connector = await Started();
        var answer = await connector.CallAsync("ping", new { }, TestContext.Current.CancellationToken);
        Assert.Equal(VenueSheets.All.Select(s => (s.Venue.Value, s.Proven)), Wire.Items(answer, "venues").Select(v => (Wire.Text(v, "venue"), Wire.Flag(v, "proven"))));
    }

    [Fact]
    public async Task What_is_not_as_the_protocol_says_is_refused_with_a_reason()
    {
        await using var connector = await Started();
        var no = await Assert.ThrowsAsync<RpcException>(() => connector.CallAsync("open", new { Account = "a", Venue = "deribit", Leverage = 5 }, TestContext.Current.CancellationToken));
        Assert.Equal("params", no.Kind);
        Assert.Equal("unknownVenue", (await Assert.ThrowsAsync<RpcException>(() => connector.CallAsync("open", new { Account = "a", Venue = "nowhere" }, TestContext.Current.CancellationToken))).Kind);
        Assert.Equal("notOpen", (await Assert.ThrowsAsync<RpcException>(() => connector.CallAsync("clock", new { Account = "a" }, TestContext.Current.CancellationToken))).Kind);
    }

    [Fact]
    public async Task One_that_dies_is_started_again_and_its_tenants_are_told()
    {
        await using var connector = await Started();
        var tenant = new Tenant();
        connector.Register("a", tenant);
        var died = connector.ProcessId;
        using (var process = Process.GetProcessById(died)) process.Kill();
        await tenant.CameBack.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(tenant.WasLost);
        Assert.NotEqual(died, connector.ProcessId);
        await connector.CallAsync("ping", new { }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_key_that_cannot_reach_its_venue_appears_in_no_message()
    {
        await using var connector = await Started();
        var venue = new ConnectedVenue(connector, new VenueAccess("a", new("binance"), new VenueKey("KEY-IN-THE-CLEAR", "SECRET-IN-THE-CLEAR"), Rest: new Uri("http://127.0.0.1:1"), Streams: new Uri("ws://127.0.0.1:1")), SystemClock.Instance);
        var no = await Assert.ThrowsAsync<VenueException>(() => venue.OpenAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("IN-THE-CLEAR", no.ToString(), StringComparison.Ordinal);
        Assert.Contains("Binance spot", no.Message, StringComparison.Ordinal);
    }

    internal static async Task<ConnectorProcess> Started()
    {
        ConnectorPlace? place = null;
        try
        {
            place = ConnectorPlace.Find();
        }
        catch (VenueException e)
        {
            Assert.Skip(e.Message);
        }
        var connector = new ConnectorProcess(place!, Quick);
        await connector.StartAsync(TestContext.Current.CancellationToken);
        return connector;
    }

    private sealed class Tenant : IConnectorTenant
    {
        public TaskCompletionSource CameBack { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool WasLost { get; private set; }

        public void Notified(string method, JsonElement parameters) { }

        public void Lost(string reason) => WasLost = true;

        public void Back() => CameBack.TrySetResult();
    }
}
