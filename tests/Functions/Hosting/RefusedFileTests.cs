using System.Net;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Publishing;
using Automation.Marketing.Mails;

namespace Automation.Functions.Tests.Hosting;

/// <summary>Files that were refused: the shop goes on without them, and it can be seen from outside until they are
/// mended.</summary>
public sealed class RefusedFileTests : IAsyncLifetime, IDisposable
{
    private const string Deep = "---\nsubject: 号\n---\n";
    private readonly TemporaryFolder data = new();
    private LocalHost host = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        RunningShop.WriteShop(data.File("shop"));
        Directory.CreateDirectory(data.File("shop/newsletters"));
        await File.WriteAllTextAsync(data.File("shop/newsletters/weekly.json"), AnyRequestTests.Newsletter);
        host = await LocalHost.Start(SettingsReader.Read(SettingsReader.Gather([
            "--Urls=http://127.0.0.1:0",
            $"--Data:Folder={data.Path}",
            $"--Api:Key={RunningShop.Key}",
            $"--Shop:Folder={data.File("shop")}"
        ])));
        http = new HttpClient
        {
            BaseAddress = new Uri(host.Addresses.First()),
            DefaultRequestHeaders = { { "Authorization", $"Bearer {RunningShop.Key}" } }
        };
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    public void Dispose()
    {
        http.Dispose();
        data.Dispose();
    }

    private async Task<JsonElement> Get(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private async Task<Dictionary<string, string>> Refused() =>
        (await Get("/api/attention?kind=files"))
            .GetProperty("items")
            .EnumerateArray()
            .ToDictionary(row => row.GetProperty("key").GetString()!, row => row.GetProperty("reason").GetString()!);

    [Fact]
    public async Task A_newsletter_without_its_fallback_is_in_attention_and_makes_the_shop_degraded_until_it_is_mended()
    {
        Assert.Contains("newsletters/weekly.json:1:", Assert.Single(await Refused()).Value, StringComparison.Ordinal);
        var ready = await Get("/health/ready");
        Assert.Equal("degraded", ready.GetProperty("status").GetString());
        Assert.StartsWith(
            "newsletters/weekly.json was refused",
            ready.GetProperty("reasons")[0].GetString(),
            StringComparison.Ordinal);
        Assert.Equal(0, ready.GetProperty("waiting").GetInt32());

        Directory.CreateDirectory(data.File("shop/newsletters/weekly"));
        await File.WriteAllTextAsync(
            data.File("shop/newsletters/weekly/fallback.md"), "---\nsubject: 号\n---\nこんにちは。\n");
        await host.Get<ShopWatch>().Publish(default);
        Assert.Empty(await Refused());
        Assert.Equal("ready", (await Get("/health/ready")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_plan_that_names_a_journey_there_is_not_makes_the_shop_degraded_and_a_scenario_does_not()
    {
        File.Delete(data.File("shop/newsletters/weekly.json"));
        Directory.CreateDirectory(data.File("shop/tests"));
        await File.WriteAllTextAsync(data.File("shop/tests/x.json"), "{");
        await host.Get<ShopWatch>().Publish(default);
        Assert.Equal("ready", (await Get("/health/ready")).GetProperty("status").GetString());
        Assert.Single((await Refused()));

        var shop = await File.ReadAllTextAsync(data.File("shop/shop.json"));
        await File.WriteAllTextAsync(data.File("shop/shop.json"),
            $$"""{{shop.TrimEnd()[..^1]}}, "plan": { "groups": [ { "name": "a", "journeys": ["winback"] } ] } }""");
        await host.Get<ShopWatch>().Publish(default);
        Assert.StartsWith(
            "shop.json was refused",
            (await Get("/health/ready")).GetProperty("reasons")[0].GetString(),
            StringComparison.Ordinal);
        Assert.Contains(
            (await Refused()).Values,
            reason => reason.Contains("unknown journey \"winback\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_is_nested_too_deeply_keeps_its_last_good_version_and_the_folder_is_still_watched()
    {
        await File.WriteAllTextAsync(
            data.File("shop/mails/hello.md"), Deep + string.Concat(Enumerable.Repeat("> ", 3000)));
        while (!(await Refused()).ContainsKey("mails=2Fhello.md")) await Task.Delay(20);
        Assert.Contains(
            "ようこそ", (await host.Get<PublishedMails>().Find("hello"))!.Source.Text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(data.File("shop/mails/hello.md"), Deep + "こんにちは。\n");
        while ((await Refused()).ContainsKey("mails=2Fhello.md")) await Task.Delay(20);
        Assert.Contains(
            "こんにちは", (await host.Get<PublishedMails>().Find("hello"))!.Source.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/newsletters/weekly/issues/fallback")]
    [InlineData("/api/shop")]
    public async Task A_text_nested_too_deeply_is_answered_with_its_place(string path)
    {
        await A_newsletter_without_its_fallback_is_in_attention_and_makes_the_shop_degraded_until_it_is_mended();
        var text = Deep + string.Concat(Enumerable.Repeat("> ", 3000));
        var body = path == "/api/shop"
            ? new StringContent(
                JsonSerializer.Serialize(new
                {
                    files = new Dictionary<string, string>
                    {
                        ["shop.json"] = await File.ReadAllTextAsync(data.File("shop/shop.json")),
                        ["mails/deep.md"] = text
                    }
                }),
                null,
                "application/json")
            : new StringContent(text, null, "text/markdown");
        using var answer = await http.PutAsync(new Uri(path, UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("too deeply", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
