using System.Net.Http.Headers;
using System.Text.Json;
using Automation.Functions.Hosting;

namespace Automation.Functions.Doctor;

/// <summary>SendGrid's key, as SendGrid itself sees it: <c>GET /v3/scopes</c> answers what the key that asks may do
/// (Twilio SendGrid, "Retrieve a list of scopes for which this user has access").</summary>
public static class SendGridKey
{
    private const string What = "SendGrid key", NeededScope = "mail.send";

    /// <summary>Asks, and says how the key stands; how far our clock is ahead of SendGrid's, where it said
    /// so.</summary>
    public static async Task<(Finding Finding, TimeSpan? Ahead)> Look(
        SendGridSettings settings, Asking asking, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{settings.BaseUrl}/v3/scopes")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey) },
        };
        try
        {
            var answer = await asking.Ask(request, cancellation);
            return (Judge(answer.Code, answer.Body, settings.BaseUrl), answer.Ahead);
        }
        catch (HttpRequestException silent)
        {
            return (Finding.Warn(What, $"{settings.BaseUrl} does not answer: {silent.Message}",
                "May this machine reach it over HTTPS? Mails wait until it does."), null);
        }
    }

    /// <summary>What an answer says of the key. Pure.</summary>
    public static Finding Judge(int status, string body, string host) => status switch
    {
        200 when Scopes(body) is not { } scopes => Finding.Warn(
            What, $"{host} answered what is not a list of scopes", "Is SendGrid:BaseUrl SendGrid's address?"),
        200 when !Scopes(body)!.Contains(NeededScope) => Finding.Wrong(
            What, $"the key holds and may not send: it lacks {NeededScope}",
            "SendGrid → Settings → API Keys → this key → Edit: give it Mail Send, Full Access."),
        200 => Finding.Ok(What, $"the key holds and may send ({NeededScope})"),
        403 => Finding.Warn(
            What, $"{host} does not let the key be looked at (403)",
            "In SendGrid's console: is the account restricted, does IP Access Management leave this machine out?"),
        401 => Finding.Wrong(
            What, $"{host} does not know the key (401)",
            "Copy the key again into SendGrid:ApiKey (SendGrid__ApiKey), whole. Was it deleted? An EU account's key "
            + "wants SendGrid:BaseUrl=https://api.eu.sendgrid.com."),
        >= 300 and < 400 => Finding.Wrong(
            What, $"{host} leads elsewhere ({status})", "SendGrid:BaseUrl is not SendGrid's address; leave it out."),
        _ => Finding.Warn(What, $"{host} did not say ({status})", "Look again in a few minutes."),
    };

    private static HashSet<string>? Scopes(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return [.. json.RootElement.GetProperty("scopes").EnumerateArray().Select(scope => $"{scope}")];
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
