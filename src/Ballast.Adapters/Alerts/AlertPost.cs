using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.Adapters.Alerts;

/// <summary>One JSON document posted, and what came of it in words that repeat neither the address nor the answer: both may hold a secret.</summary>
internal static class AlertPost
{
    // A redirection would carry secrets to whoever it names.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 16 };

    public static async Task SendAsync(string channel, Uri to, JsonObject body, Action<HttpRequestHeaders, byte[]> sign, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } } };
        try
        {
            sign(request.Headers, bytes);
            using var answer = await Client.SendAsync(request, cancel).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) throw Refused(channel, answer);
        }
        catch (HttpRequestException fault)
        {
            throw new AlertException($"{channel} was not reached: {Words(fault.HttpRequestError)}", again: true);
        }
        catch (FormatException)
        {
            throw new AlertException($"{channel} has a token that cannot be sent: `ballast alerts set {channel}`", again: false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new AlertException($"{channel} did not answer within 10 s", again: true);
        }
    }

    private static AlertException Refused(string channel, HttpResponseMessage answer)
    {
        var code = (int)answer.StatusCode;
        var wait = answer.Headers.RetryAfter?.Delta;
        return answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new($"{channel} asks for fewer messages (429)", again: true, wait),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => new($"{channel} does not know its token or its address ({code}): `ballast alerts set {channel}`", again: false),
            >= HttpStatusCode.InternalServerError => new($"{channel} has a fault of its own ({code})", again: true, wait),
            _ => new($"{channel} refused the message ({code})", again: false),
        };
    }

    private static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "its name is not known to this machine's resolver",
        HttpRequestError.SecureConnectionError => "no secure connection was made",
        HttpRequestError.ConnectionError => "no connection was made",
        _ => "the connection broke",
    };
}
