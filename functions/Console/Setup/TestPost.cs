using Automation.Functions.Hosting;
using Automation.Marketing.Intake;

namespace Automation.Functions.Console.Setup;

/// <summary>Posts a signed webhook that means nothing to a source's public address.</summary>
public sealed class TestPost(Settings settings, IReadOnlyDictionary<string, SourceSettings> sources)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Null: there is no such source.</summary>
    public SourceSettings? Find(string source) => sources.GetValueOrDefault(source);

    /// <summary>What is wrong; null: it was taken.</summary>
    public async Task<string?> Post(SourceSettings source, CancellationToken cancellation)
    {
        var address = settings.WebhookOf(source.Name);
        try
        {
            using var posted = TestWebhook.To(new Uri(address), source);
            using var answer = await Http.SendAsync(posted, cancellation);
            return (int)answer.StatusCode switch
            {
                200 or 202 => null,
                401 => $"{address} answered 401: another secret is configured where it leads to.",
                404 => $"{address} answered 404: it leads to another program, or another shop of this name.",
                var other => $"{address} answered {other}.",
            };
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            return $"{address} cannot be reached from here: {unreachable.GetBaseException().Message} Is "
                + $"Site:PublicUrl right?";
        }
    }
}
