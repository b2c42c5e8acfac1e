using System.Net;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Publishing;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;
using Automation.Storage.Azure;
using Automation.Storage.Tests.Azure;
using Microsoft.AspNetCore.Http;

namespace Automation.Functions.Tests.Pushing;

[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class PushTests(Azurite azurite, RunningShop shop) : IClassFixture<RunningShop>
{
    [Theory]
    [InlineData("a\nb\nc\nd\ne\nf\ng", "a\nb\nc\nD\ne\nf\ng", " b| c|-d|+D| e| f")]
    [InlineData("a", "a\nb", " a|+b")]
    [InlineData("", "a\nb", "+a|+b")]
    [InlineData("a\r\nb", "a\nb\n", "")]
    [InlineData("a\nb", "", "-a|-b")]
    [InlineData("a\nb\nc\nd\ne\nf\ng", "A\nb\nc\nd\ne\nf\nG", "-a|+A| b| c|…| e| f|-g|+G")]
    [InlineData("a\nb\nc\nd\ne", "A\nb\nc\nd\nE", "-a|+A| b| c| d|-e|+E")]
    public void A_difference_is_said_line_by_line(string before, string after, string said) =>
        Assert.Equal(said, string.Join('|', LineDiff.Of(before, after)));

    [Fact]
    public void Two_very_long_files_are_exchanged_for_each_other()
    {
        var before = string.Join('\n', Enumerable.Range(0, 200_000));
        var lines = LineDiff.Of(before, before + "\nend");
        Assert.Equal(400_001, lines.Count);
        Assert.Equal("-0", lines[0]);
        Assert.Equal("+end", lines[^1]);
    }

    [Theory]
    [InlineData("journeys/../../secret.json")]
    [InlineData("/etc/passwd.md")]
    [InlineData("mails/.hidden.md")]
    [InlineData("journeys/x.sh")]
    [InlineData("data/api.json")]
    public void A_file_that_is_no_shops_is_refused(string path) =>
        Assert.Contains(
            path, Assert.Throws<InvalidDataException>(() => ShopPackage.Read(JsonSerializer.SerializeToUtf8Bytes(new
            {
                files = new Dictionary<string, string> { ["shop.json"] = "{}", [path] = "" }
            }))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_push_says_first_what_would_change_then_changes_all_of_it_and_refuses_mistakes_whole()
    {
        var files = (await Send(HttpMethod.Get, null)).GetProperty("files").EnumerateObject().ToDictionary(
            file => file.Name, file => file.Value.GetString()!);
        files["journeys/hello.json"] = files["journeys/hello.json"].Replace(
            "2 days", "3 days", StringComparison.Ordinal);
        files["mails/extra.md"] = "---\nsubject: もう一通\n---\nこんにちは。\n";
        var would = await Send(HttpMethod.Put, files, "?dryRun=true");
        Assert.False(would.GetProperty("published").GetBoolean());
        Assert.Equal(["changed journeys/hello.json", "added mails/extra.md"], would.GetProperty("files")
            .EnumerateArray().Select(file => $"{file.GetProperty("change")} {file.GetProperty("path")}"));
        Assert.Contains(would.GetProperty("files")[0].GetProperty("lines").EnumerateArray(),
            line => line.GetString()![0] == '+' && line.GetString()!.Contains("3 days", StringComparison.Ordinal));
        Assert.Equal(1, shop.Product.Get<PublishedJourneys>().Latest("hello")!.Version);

        Assert.True((await Send(HttpMethod.Put, files)).GetProperty("published").GetBoolean());
        Assert.Equal(2, shop.Product.Get<PublishedJourneys>().Latest("hello")!.Version);
        Assert.True(File.Exists(Path.Combine(shop.Product.Get<ShopFiles>().Folder, "mails", "extra.md")));

        files.Remove("mails/extra.md");
        files["journeys/hello.json"] = files["journeys/hello.json"].Replace(
            "\"wait\"", "\"wiat\"", StringComparison.Ordinal);
        using var wrong = await shop.Api(HttpMethod.Put, "/api/shop", JsonSerializer.Serialize(new { files }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.True(File.Exists(Path.Combine(shop.Product.Get<ShopFiles>().Folder, "mails", "extra.md")));
    }

    [Fact]
    public async Task On_several_machines_a_push_reaches_all_and_the_later_of_two_looks_again()
    {
        using var data = new TemporaryFolder();
        var package = TestShop.Write();
        var account = new AzureStorage(azurite.ConnectionString);
        var tables = new Tables(account.Tables, account.Queues);
        await tables.Create();
        await tables.Published.Delete("shop", "files");
        ShopFiles Machine(string name) => Files(tables, package, data.File(name), isSingle: false);
        var (one, two) = (Machine("one"), Machine("two"));
        try
        {
            Assert.False(await one.Refresh());
            Assert.True(await one.Push(ShopPackage.Of(package).With("mails/new.md", "---\nsubject: s\n---\nx\n")));
            Assert.False(await two.Push(ShopPackage.Of(package)));
            Assert.True(await two.Refresh());
            await two.Change("journeys/three.json", "{}"u8.ToArray());
            Assert.True(await one.Refresh());
            Assert.False(await one.Refresh());
            Assert.Equal(ShopPackage.Of(two.Folder).Hash, ShopPackage.Of(one.Folder).Hash);
            Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(one.Folder, "journeys", "three.json")));
            Assert.True(File.Exists(Path.Combine(one.Folder, "mails", "new.md")));
            Assert.False(File.Exists(Path.Combine(package, "mails", "new.md")));
        }
        finally
        {
            await tables.Published.Delete("shop", "files");
        }
    }

    [Fact]
    public async Task A_push_that_was_cut_short_on_one_machine_is_finished_at_the_next_start()
    {
        var (tables, folder) = (shop.Product.Get<Tables>(), TestShop.Write());
        using var copies = new TemporaryFolder();
        await tables.Published.Delete("shop", "files");
        var broken = Files(tables, Path.Combine(folder, "shop.json", "no-folder"), copies.Path);
        await Assert.ThrowsAnyAsync<IOException>(() => broken.Push(ShopPackage.Of(folder).With("mails/new.md", "x")));
        var next = Files(tables, folder, copies.Path);
        Assert.True(await next.Refresh());
        Assert.True(File.Exists(Path.Combine(folder, "mails", "new.md")));
        File.Delete(Path.Combine(folder, "mails", "new.md"));   // the folder is the marketer's again
        Assert.False(await next.Refresh());
        Assert.False(await Files(tables, folder, copies.Path).Refresh());
    }

    [Fact]
    public async Task News_of_other_machines_is_looked_up_at_most_every_half_minute()
    {
        var (wall, here) = (new HandTime(), shop.Product.Get<PublishedJourneys>());
        var news = new ShopNews(shop.Product.Get<ShopFiles>(), shop.Product.Get<ShopWatch>(), here, wall);
        var elsewhere = new PublishedJourneys(shop.Product.Get<Tables>(), new CurrentShop(), wall);
        await elsewhere.SetPaused("hello", true);
        try
        {
            await news.Look();
            Assert.False(here.IsPaused("hello"));
            wall.Advance(TimeSpan.FromSeconds(30));
            await news.Look();
            Assert.True(here.IsPaused("hello"));
        }
        finally
        {
            await here.SetPaused("hello", false);
        }
    }

    private ShopFiles Files(Tables tables, string folder, string copies, bool isSingle = true)
    {
        // What was unpacked lies below the data folder.
        var settings = shop.Product.Get<Settings>() with { ShopFolder = folder, DataFolder = copies };
        return new(tables, settings, new() { IsSingleProcess = isSingle }, TimeProvider.System);
    }

    private async Task<JsonElement> Send(HttpMethod method, Dictionary<string, string>? files, string query = "")
    {
        using var answer = await shop.Api(
            method, $"/api/shop{query}", files is null ? null : JsonSerializer.Serialize(new { files }));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
