using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Intake;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Chat;

/// <summary>A small shop whose chat is on the web, served in this process on a free port; with two customers.</summary>
public sealed partial class ChatShop : IAsyncLifetime, IDisposable
{
    public const string Origin = "https://shop.example";
    private readonly TemporaryFolder data = new();
    private LocalHost? host;

    /// <summary>Whose pages may show it, beside <see cref="Origin"/>.</summary>
    public string? Also { get; init; }

    /// <summary>What else is configured.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Further answers, by name.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    public LocalHost Product => host!;
    public Uri Address => new(host!.Addresses.First());
    public HttpClient Http { get; } = new();

    public async Task InitializeAsync()
    {
        var folder = data.File("shop");
        RunningShop.WriteShop(folder);
        var origins = JsonSerializer.Serialize(Also is null ? [Origin] : new[] { Origin, Also });
        File.WriteAllText(Path.Combine(folder, "shop.json"), $$"""
            { "name": "ためしの店", "postalAddress": "東京都千代田区1-1", "contact": { "email": "shop@example.jp" },
              "timeZone": "Asia/Tokyo", "chat": { "origins": {{origins}} } }
            """);
        Directory.CreateDirectory(Path.Combine(folder, "answers"));
        File.WriteAllText(Path.Combine(folder, "answers", "shipping.md"), """
            ---
            ask: 送料はいくらですか | 送料
            topic: shipping
            links: 送料とお届け https://shop.example/shipping
            ---
            送料は全国一律550円です。
            """);
        foreach (var (name, text) in Answers)
            File.WriteAllText(Path.Combine(folder, "answers", $"{name}.md"), text);
        string[] configured =
        [
            .. Settings, "--Urls=http://127.0.0.1:0", $"--Data:Folder={data.Path}", $"--Api:Key={RunningShop.Key}",
            $"--Shop:Folder={folder}", "--Sources:till:Platform=generic", $"--Sources:till:Secret={RunningShop.Secret}",
        ];
        host = await LocalHost.Start(SettingsReader.Read(SettingsReader.Gather(configured)));
        Http.BaseAddress = Address;
        await Order("1001", "aoi@example.jp", "煎茶");
        await Order("2002", "mika@example.jp", "玉露");
    }

    private Task Order(string number, string email, string title) =>
        Product.Get<OrderIngestion>().Handle("till", new SourceEvent.OrderUpserted(
            new()
            {
                Source = "till",
                Id = number,
                Number = $"#{number}",
                PlacedAt = DateTimeOffset.UtcNow.AddDays(-2),
                UpdatedAt = DateTimeOffset.UtcNow.AddDays(-2),
                Currency = "JPY",
                Total = 1296,
                Lines = [new() { Title = title, Quantity = 1, Price = 1296, ProductId = $"p{number}" }],
            },
            new Buyer
            {
                Identities = [new(Identity.Email, email)],
                Email = email,
                SeenAt = DateTimeOffset.UtcNow.AddDays(-2),
            }));

    /// <summary>As a page of the shop asks.</summary>
    public async Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> Ask(
        HttpMethod method, string path, object? body = null, string? token = null, string? origin = Origin)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (origin is not null) request.Headers.Add("Origin", origin);
        var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null, answer);
    }

    public async Task<string> Token() =>
        (await Ask(HttpMethod.Post, "/chat/sessions")).Body!["token"]!.GetValue<string>();

    /// <summary>The code in the latest mail to this address; null: none went.</summary>
    public string? Code(string email) => Directory.Exists(data.File("outbox"))
        ? Directory.EnumerateFiles(data.File("outbox"), "*.eml").OrderDescending(StringComparer.Ordinal)
            .Select(file => MimeKit.MimeMessage.Load(file))
            .Where(mail => $"{mail.To}".Contains(email, StringComparison.Ordinal))
            .OrderByDescending(mail => mail.Date)
            .Select(mail => Digits().Match(mail.TextBody ?? "")).FirstOrDefault(match => match.Success)?.Value : null;

    public async Task DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }

    public void Dispose()
    {
        Http.Dispose();
        data.Dispose();
    }

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex Digits();
}
