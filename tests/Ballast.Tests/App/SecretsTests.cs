using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ballast.Tests.Connectors;

namespace Ballast.Tests.App;

/// <summary>
/// Canaries: secrets that are used everywhere and may be found nowhere. The real program and the real connector are driven over every path that touches them, among
/// them a venue that repeats in its errors all that it was sent; then everything that was said and written is searched, in every form a secret can take.
/// </summary>
public sealed class SecretsTests : IDisposable
{
    private const string First = "Canary-passphrase_Q7x/9+tZ=", Second = "Canary-second-Passphrase&7=+x";
    private static readonly string[] Canaries =
        [First, Second, "CanaryKeyAb3dEf5hIj7lMn9pQr1t", "CanarySecretZy8xWv6uTs4rQp2oNm0l+/=", "7712345:CanaryTokenAAbbCCddEEffGG", "CanaryHookPath7Gh2", "CanaryHookSecret-0123456789+/"];

    private const string Policy = """
        version: 1
        name: core
        base: USDT
        accounts:
          desk: { venue: binance }
        targets:
          weights: { BTC: 50%, USDT: 50% }
        rebalance:
          when:
            - drift: 2%
        notify:
          - { about: [due, refused, disconnected], by: webhook }
        run: { check: 1s, approve: never }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _said = new();
    private string _passphrase = First;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_secret_is_found_in_anything_that_was_said_or_written()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        using var parrot = new Parrot(exchange.Url);
        var (file, nobody) = (_folder.File("core.yaml", Policy), "http://127.0.0.1:1");

        Keys();
        Alerts(file);
        foreach (var address in (string[])[nobody, parrot.Address])
        {
            Run("", "doctor", file, "--exchange", address);
            Run("", "doctor", file, "--exchange", address, "--json");
            Run("", "run", file, "--live", "--yes", "--once", "--exchange", address);
        }
        Rest(file);
        Spoiled(file);

        Assert.True(parrot.Heard > 0, "the venue was never sent the key, so that nothing was tried");
        Assert.Contains("***", _said.ToString(), StringComparison.Ordinal); // And what it repeated was said, without the key.
        Assert.Empty(parrot.Seen);
        Rule.Holds(from found in Found(_said.ToString()) select $"{found} was said");
        Rule.Holds(from path in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories) from found in Found(Text(path)) select $"{found} is in {Path.GetFileName(path)}");
    }

    [Fact]
    public void The_search_finds_a_secret_in_each_of_its_forms()
    {
        var secret = Canaries[3];
        string[] forms =
        [
            $"a{secret}b", JsonSerializer.Serialize(new { secret }), Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes("key:" + secret + ":x")), Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
            new string([.. secret.Reverse()]), Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret)),
        ];
        Assert.All(forms, f => Assert.NotEmpty(Found("before " + f + " after")));
        Assert.Empty(Found("nothing of the kind"));
    }

    private void Keys()
    {
        var pair = $"{Canaries[2]}\n{Canaries[3]}\n";
        Assert.Equal(0, Run(pair, "keys", "add", "desk", "--venue", "binance"));
        Run(pair, "keys", "add", "desk", "--venue", "nowhere");
        Run(Canaries[2] + "\n", "keys", "add", "other", "--venue", "binance");
        Run("", "keys", "list");
        Run("", "keys", "list", "--json");
        Run("", "keys", "remove", "nobody");
        Run("Canary-x\n", "keys", "passphrase");
        Assert.Equal(0, Run(Second + "\n", "keys", "passphrase"));
        Assert.NotEqual(0, Run("", "keys", "list")); // The old one opens nothing any more.
        _passphrase = Second;
        Assert.Equal(0, Run("", "keys", "list"));
    }

    private void Alerts(string file)
    {
        Run($"{Canaries[4]}\n-100\n", "alerts", "set", "telegram");
        Run($"not an address {Canaries[5]}\n{Canaries[6]}\n", "alerts", "set", "webhook");
        Run($"https://127.0.0.1:1/hook/{Canaries[5]}\n{Canaries[6]}\n", "alerts", "set", "webhook");
        Run("", "alerts", "test", file);
        Run("", "alerts", "test", file, "--json");
    }

    private void Rest(string file)
    {
        Run("", "status", file);
        Run("", "kill", "--reason", "a test");
        foreach (var words in (string[][])[["verify"], ["show"], ["export", "--to", "json"], ["export", "--to", "trades"]]) Run("", ["journal", words[0], file, .. words[1..]]);
        Run("", "backup", At("copy.tar.gz"));
        Run("", "backup", At("no/such/folder/copy.tar.gz"));
        Run("", "restore", At("copy.tar.gz"));
        Run("", "restore", At("core.yaml"), "--data", At("empty"));
        Run("", "restore", At("copy.tar.gz"), "--data", At("restored"));
    }

    /// <summary>A vault that was changed, cut, or is none.</summary>
    private void Spoiled(string file)
    {
        var vault = Directory.EnumerateFiles(At("data"), "*", SearchOption.AllDirectories).Single(f => Path.GetFileName(f).StartsWith("vault", StringComparison.Ordinal));
        var whole = File.ReadAllText(vault);
        foreach (var text in (string[])[whole[..(whole.Length / 2)], "{}", whole.Replace("\"binance\"", "\"okx\"", StringComparison.Ordinal), ""])
        {
            File.WriteAllText(vault, text);
            Run("", "keys", "list", "--json");
            Run("", "doctor", file, "--exchange", "http://127.0.0.1:1");
        }
        File.WriteAllText(vault, whole);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>The program, with the passphrase where a service has it; what it says is kept.</summary>
    private int Run(string typed, params string[] words)
    {
        string[] data = words.Contains("--data") ? [] : ["--data", At("data")];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ballast.dll"), .. words, .. data]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["BALLAST_PASSPHRASE"] = _passphrase;
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Write(typed);
        process.StandardInput.Close();
        if (!process.WaitForExit(60_000)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return process.ExitCode;
    }

    private void Keep(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }

    // --- the search ---

    private static IEnumerable<string> Found(string text) =>
        from canary in Canaries from form in Forms(canary) where text.Contains(form, StringComparison.Ordinal) select $"the canary {canary[..9]}..., as {form[..6]}...,";

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return new string([.. secret.Reverse()]);
        yield return Uri.EscapeDataString(secret);
        yield return JsonEncodedText.Encode(secret).ToString();
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        yield return Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret));
        for (var before = 0; before < 3; before++) // In base64 it looks otherwise by what stands before it; what its neighbours share is cut off.
        {
            var shifted = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            var sure = shifted[(before == 0 ? 0 : before + 1)..^2];
            yield return sure;
            yield return sure.Replace('+', '-').Replace('/', '_');
        }
    }

    /// <summary>A file's bytes as text, unpacked where it is packed.</summary>
    private static string Text(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (!path.EndsWith(".gz", StringComparison.Ordinal)) return Encoding.Latin1.GetString(bytes);
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)) packed.CopyTo(unpacked);
        return Encoding.Latin1.GetString(unpacked.ToArray());
    }

    /// <summary>A venue that answers public questions rightly and every signed one with an error that repeats the request, plain and encoded. It also looks at what other processes show.</summary>
    private sealed class Parrot : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly HttpClient _behind;
        private int _answered;

        public Parrot(Uri behind)
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
            }
            _behind = new HttpClient { BaseAddress = behind, DefaultRequestHeaders = { ConnectionClose = true } };
            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _ = AnswerAsync();
        }

        public string Address { get; }

        public int Heard { get; private set; }

        /// <summary>Secrets on command lines, and the passphrase in the environment of a process that has nothing to do with the vault.</summary>
        public HashSet<string> Seen { get; } = [];

        public void Dispose()
        {
            _listener.Close();
            _behind.Dispose();
        }

        private async Task AnswerAsync()
        {
            while (_listener.IsListening)
                try
                {
                    var context = await _listener.GetContextAsync();
                    await AnswerAsync(context);
                    context.Response.Close();
                }
                catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or HttpRequestException or IOException)
                {
                    // Whoever asked has gone, or the test has ended.
                }
        }

        private async Task AnswerAsync(HttpListenerContext context)
        {
            var key = context.Request.Headers["X-MBX-APIKEY"];
            if (key is null)
            {
                using var told = await _behind.GetAsync(context.Request.RawUrl);
                context.Response.StatusCode = (int)told.StatusCode;
                await told.Content.CopyToAsync(context.Response.OutputStream);
                return;
            }
            Heard++;
            Look();
            using var body = new StreamReader(context.Request.InputStream);
            var all = $"{context.Request.RawUrl} {await body.ReadToEndAsync()} {key} {Convert.ToBase64String(Encoding.UTF8.GetBytes(key))} {Convert.ToHexString(Encoding.UTF8.GetBytes(key))} {Canaries[3]}";
            context.Response.StatusCode = ((int[])[400, 401, 418, 500, 200])[_answered++ % 5];
            await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { code = -2015, msg = all }));
        }

        private void Look()
        {
            if (!OperatingSystem.IsLinux()) return;
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => Path.GetFileName(d).All(char.IsAsciiDigit)))
                try
                {
                    var line = File.ReadAllText(Path.Combine(process, "cmdline"));
                    if (Found(line).Any()) Seen.Add("a command line");
                    if (line.Contains("connector.mjs", StringComparison.Ordinal) && Found(File.ReadAllText(Path.Combine(process, "environ"))).Any()) Seen.Add("the connector's environment");
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // It has ended, or is somebody else's.
                }
        }
    }
}
