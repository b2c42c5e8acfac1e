using System.Security.Cryptography;
using System.Text;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Line;

/// <summary>The real server in this process, with a channel of LINE and a shop folder of the test's.</summary>
public sealed class LineShop : IAsyncDisposable
{
    public const string Secret = "8c570fa6dd201bb328f1c1eac23a96d8";
    public const string PublicUrl = "https://shop.example";
    public const string Somebody = "U206d25c2ea6bd87c17655609a1c37cb8";

    private readonly TemporaryFolder data = new();
    private LocalHost? host;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    public LocalHost Product => host!;
    public string Folder => data.Path;

    /// <param name="files">The shop's files by their paths in its folder.</param>
    public static async Task<LineShop> Open(
        IReadOnlyDictionary<string, string> files, string baseUrl = "http://127.0.0.1:9")
    {
        var shop = new LineShop();
        var folder = shop.data.File("shop");
        RunningShop.WriteShop(folder);
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            await File.WriteAllTextAsync(Path.Combine(folder, name), text);
        }
        shop.host = await LocalHost.Start(SettingsReader.Read(SettingsReader.Gather(
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Folder={shop.data.Path}", $"--Api:Key={RunningShop.Key}",
            $"--Shop:Folder={folder}", $"--Line:shop:Secret={Secret}", "--Line:shop:AccessToken=a-long-token",
            $"--Line:shop:BaseUrl={baseUrl}", $"--Site:PublicUrl={PublicUrl}",
        ])));
        shop.Http.BaseAddress = new(shop.host.Addresses.First());
        return shop;
    }

    /// <summary>A webhook as LINE posts it.</summary>
    public Task<HttpResponseMessage> Post(string body, string secret = Secret, string channel = "shop") =>
        Http.SendAsync(new(HttpMethod.Post, $"/webhooks/line/{channel}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { "X-Line-Signature", Convert.ToBase64String(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body))) } },
        });

    public static string Event(string type, string id, string more = "", string user = Somebody) => $$"""
        {"destination":"U1","events":[{"type":"{{type}}","mode":"active",
          "timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"source":{"type":"user","userId":"{{user}}"},
          "webhookEventId":"{{id}}","deliveryContext":{"isRedelivery":false} {{more}} }]}
        """;

    public async Task<Customer?> Customer(string identity = $"line:{Somebody}") =>
        (await Product.Get<CustomerStore>().FindByIdentity(Identity.Parse(identity)!.Value))?.Value;

    /// <summary>Completes when the queues are empty and nobody walks.</summary>
    public async Task Idle()
    {
        while (await Product.Get<Tables>().OrderQueue.ApproximateCount()
            + await Product.Get<Tables>().EventQueue.ApproximateCount() > 0) await Task.Yield();
        await Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        Http.Dispose();
        data.Dispose();
    }
}
