using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Automation.Functions.Tests.WholeThing;

namespace Automation.Functions.Tests.Line;

/// <summary>LINE's side of the webhook, towards a product that is killed.</summary>
internal static class LinePost
{
    /// <summary>As LINE does: posts until it is answered, however often the product is killed meanwhile.</summary>
    public static async Task Until200(ProductProcess product, string body, PeriodicTimer pace)
    {
        for (var watch = Stopwatch.StartNew(); ; await pace.WaitForNextTickAsync())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(120), "the product stays away");
            try
            {
                using var answer = await product.Http.SendAsync(new(HttpMethod.Post, "/webhooks/line/shop")
                {
                    Content = new StringContent(body, Encoding.UTF8, "application/json"),
                    Headers = { { "X-Line-Signature", Convert.ToBase64String(HMACSHA256.HashData(
                        Encoding.UTF8.GetBytes(LineShop.Secret), Encoding.UTF8.GetBytes(body))) } },
                });
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException
                or SocketException or JsonException)
            {
                // killed just now: LINE tries again
            }
        }
    }
}
