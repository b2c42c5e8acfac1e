using System.Net;
using System.Text.Json;
using Automation.Functions.Publishing;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Shop;

namespace Automation.Functions.Tests.Pushing;

/// <summary>The shop's own pictures: published with its files, served by what they are, kept.</summary>
public sealed class PictureTests(RunningShop shop) : IClassFixture<RunningShop>
{
    /// <summary>Two pictures of one pixel (PNG).</summary>
    private const string Red =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    private const string Blue =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    [Fact]
    public async Task A_picture_is_published_with_the_shop_served_for_ever_and_kept_when_its_file_is_gone()
    {
        var files = await Files();
        files["pictures/茶.png"] = Red;
        files["mails/hello.md"] = "---\nsubject: ようこそ\n---\n![茶](pictures/茶.png)\n\nようこそ。\n";
        await Put(files, HttpStatusCode.OK);
        Assert.Equal(Convert.FromBase64String(Red), await File.ReadAllBytesAsync(
            Path.Combine(shop.Product.Get<ShopFiles>().Folder, "pictures", "茶.png")));
        var before = Address("茶.png");
        await Served(before, Red);

        files["pictures/茶.png"] = Blue;
        await Put(files, HttpStatusCode.OK);
        Assert.NotEqual(before, Address("茶.png"));
        await Served(Address("茶.png"), Blue);
        await Served(before, Red);   // the mail of yesterday shows what it showed

        files.Remove("pictures/茶.png");
        await Put(files, HttpStatusCode.UnprocessableEntity);   // a mail names it
        files["mails/hello.md"] = "---\nsubject: ようこそ\n---\nようこそ。\n";
        await Put(files, HttpStatusCode.OK);
        await Served(before, Red);
    }

    [Theory]
    [InlineData("pictures/x.png", "bm8gcGljdHVyZQ==")]
    [InlineData("pictures/x.gif", Red)]
    [InlineData("pictures/x.png", "not base64")]
    [InlineData("pictures/x.svg", Red)]
    [InlineData("pictures/deep/x.png", Red)]
    public async Task What_is_no_picture_is_refused(string path, string text)
    {
        var files = await Files();
        files[path] = text;
        using var answer = await shop.Api(HttpMethod.Put, "/api/shop", JsonSerializer.Serialize(new { files }));
        Assert.True(answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/pictures/0011223344556677/x.png")]
    [InlineData("/pictures/0011223344556677/x.html")]
    [InlineData("/pictures/-/shop.json")]
    [InlineData("/pictures/..%2f..%2f/shop.json")]
    public async Task Nothing_else_is_served(string path)
    {
        using var answer = await shop.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private string Address(string name) => shop.Product.Get<CurrentShop>().Settings.Pictures[name];

    private async Task Served(string address, string picture)
    {
        using var answer = await shop.Http.GetAsync(new Uri(new Uri(address).PathAndQuery, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(Convert.FromBase64String(picture), await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<Dictionary<string, string>> Files()
    {
        using var answer = await shop.Api(HttpMethod.Get, "/api/shop");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("files")
            .EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetString()!);
    }

    private async Task Put(Dictionary<string, string> files, HttpStatusCode expected)
    {
        using var answer = await shop.Api(HttpMethod.Put, "/api/shop", JsonSerializer.Serialize(new { files }));
        Assert.Equal(expected, answer.StatusCode);
    }
}
