using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>A shop folder far from any repository.</summary>
public sealed partial class NewShopTests(RunningShop running) : IClassFixture<RunningShop>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_new_shop_is_right_and_each_of_its_files_names_a_schema_that_is_there()
    {
        var made = await CommandRun.Of(folder.Path, "new", "my shop", "--name", "茶舗 \"葉\"", "--address",
            "〒100-0001 東京都千代田区1-1", "--email", "hello@example.jp");
        Assert.True(made.Exit == 0, string.Join('\n', made.Errors));
        var shop = folder.File("my shop");
        foreach (var file in Directory.EnumerateFiles(shop, "*.json", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal)))
        {
            var named = JsonElement.Parse(await File.ReadAllTextAsync(file)).GetProperty("$schema").GetString()!;
            var schema = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, named));
            Assert.True(File.Exists(schema), $"{file} names {named}");
            Assert.Equal(Schemas.All[Path.GetFileName(schema)], await File.ReadAllTextAsync(schema));
        }
        var shipped = Path.Combine(AppContext.BaseDirectory, "shop");
        Assert.Equal(
            Below(shipped).Where(file => !Dated().IsMatch(file)),
            Below(shop).Where(file => !file.StartsWith("schemas/", StringComparison.Ordinal)));
        var settings = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(shop, "shop.json")));
        Assert.Equal("茶舗 \"葉\"", settings.GetProperty("name").GetString());
        Assert.Equal("〒100-0001 東京都千代田区1-1", settings.GetProperty("postalAddress").GetString());
        Assert.Equal("hello@example.jp", settings.GetProperty("contact").GetProperty("email").GetString());
        var right = await CommandRun.Of(folder.Path, "validate", "my shop");   // its scenarios: FirstHourTests
        Assert.True(right.Exit == 0, right.Output);
        var again = await CommandRun.Of(folder.Path, "new", "my shop");
        Assert.Equal(2, again.Exit);
        Assert.Contains("is not empty", Assert.Single(again.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_writes_the_schemas_and_has_them_at_an_address_of_its_own()
    {
        Assert.Equal(0, (await CommandRun.Of(folder.Path, "schemas", "there")).Exit);
        foreach (var (name, text) in Schemas.All)
        {
            Assert.Equal(text, await File.ReadAllTextAsync(folder.File($"there/{name}")));
            using var answer = await running.Http.GetAsync(new Uri($"/schemas/{name}", UriKind.Relative));
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal(text, await answer.Content.ReadAsStringAsync());
        }
        using var none = await running.Http.GetAsync(new Uri("/schemas/mail.schema.json", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, none.StatusCode);
    }

    private static IEnumerable<string> Below(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    /// <summary>A day's issue is the imagined shop's own.</summary>
    [GeneratedRegex(@"^newsletters/[^/]+/2\d{3}-\d\d-\d\d\.md$")]
    private static partial Regex Dated();

    public void Dispose() => folder.Dispose();
}
