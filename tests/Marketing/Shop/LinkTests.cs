using Automation.Marketing.Publishing;

namespace Automation.Marketing.Tests.Shop;

/// <summary>Links lead out of the shop folder: they are not followed, and it is said.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("shop").FullName;
    private readonly string outside = Directory.CreateTempSubdirectory("outside").FullName;

    public void Dispose()
    {
        Directory.Delete(root, recursive: true);
        Directory.Delete(outside, recursive: true);
    }

    [Theory]
    [InlineData("mails/link", false, "mails/link")]
    [InlineData("mails/link.md", true, "mails/link.md")]
    [InlineData("journeys", false, "journeys")]
    [InlineData("newsletters/weekly", false, "newsletters/weekly")]
    [InlineData("mails/deeper/link", false, "mails/deeper/link")]
    public void A_link_is_named_and_what_lies_behind_it_is_not_read(string link, bool isFile, string named)
    {
        File.WriteAllText(Path.Combine(root, "shop.json"),
            """{ "name": "月凪", "postalAddress": "静岡県", "contact": { "email": "a@example.jp" }, "timeZone":"""
            + """ "Asia/Tokyo" }""");
        File.WriteAllText(Path.Combine(outside, "secret.md"), "not a mail");
        File.WriteAllText(Path.Combine(outside, "secret.json"), "{");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, link))!);
        File.CreateSymbolicLink(Path.Combine(root, link), isFile ? Path.Combine(outside, "secret.md") : outside);
        var problem = Assert.Single(ShopPublisher.Check(root));
        Assert.Equal(named, Path.GetRelativePath(root, problem.File));
        Assert.Contains("is a link", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Join(' ', ShopFolder.Read(root).Mails.Keys), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shop_json_that_is_a_link_is_not_read()
    {
        File.WriteAllText(Path.Combine(outside, "shop.json"),
            """{ "name": "月凪", "postalAddress": "静岡県", "contact": { "email": "a@example.jp" }, "timeZone":"""
            + """ "Asia/Tokyo" }""");
        File.CreateSymbolicLink(Path.Combine(root, "shop.json"), Path.Combine(outside, "shop.json"));
        Assert.Null(ShopFolder.Read(root).Shop);
        Assert.Contains("is a link", Assert.Single(ShopPublisher.Check(root)).Message, StringComparison.Ordinal);
    }
}
