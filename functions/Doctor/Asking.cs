using System.Net;
using System.Text;

namespace Automation.Functions.Doctor;

/// <summary>What somebody outside answered.</summary>
/// <param name="Body">At most its first 2 MB, as UTF-8.</param>
/// <param name="Ahead">How far our clock is ahead of the answer's <c>Date</c>; null: it has none.</param>
public sealed record OutsideAnswer(HttpStatusCode Status, string Body, TimeSpan? Ahead)
{
    public int Code => (int)Status;

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location { get; init; }

    /// <summary>How long a 429 asks to wait; null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Pages that follow, as WooCommerce counts them (<c>X-WP-TotalPages</c>); 1 where it does not.</summary>
    public int Pages { get; init; } = 1;
}

/// <summary>Asks others over HTTP: follows no redirect, keeps no cookie, waits ten seconds, and tells how their clock
/// differs from ours.</summary>
public sealed class Asking(TimeProvider wall) : IDisposable
{
    private const int Largest = 2 * 1024 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = Largest,
        DefaultRequestHeaders = { { "User-Agent", "marketing-automation" } },
    };

    /// <summary>What was answered. HttpRequestException where nobody did, in words.</summary>
    public async Task<OutsideAnswer> Ask(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            var began = wall.GetUtcNow();
            try
            {
                using var answer = await http.SendAsync(request, cancellation);
                var ended = wall.GetUtcNow();
                // Date has whole seconds: half of one is added, and half of the time on the way taken off.
                var here = began + (ended - began) / 2;
                return new(
                    answer.StatusCode,
                    Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellation)),
                    answer.Headers.Date is { } theirs ? here - theirs.AddMilliseconds(500) : null)
                {
                    Location = answer.Headers.Location,
                    RetryAfter = answer.Headers.TryGetValues("Retry-After", out var wait)
                        ? Seconds(wait.First()) : null,
                    Pages = answer.Headers.TryGetValues("X-WP-TotalPages", out var pages)
                        && int.TryParse(pages.First(), out var many) ? many : 1,
                };
            }
            catch (Exception none) when (none is HttpRequestException or IOException
                || none is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                var why = none is OperationCanceledException ? "no answer within ten seconds"
                    : none.GetBaseException().Message.TrimEnd('.');
                throw new HttpRequestException(why, none);
            }
        }
    }

    /// <summary>Shopify writes fractions: <c>2.0</c>.</summary>
    private static TimeSpan? Seconds(string text) => double.TryParse(
        text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 86_400
        ? TimeSpan.FromSeconds(seconds) : null;

    public void Dispose() => http.Dispose();
}
