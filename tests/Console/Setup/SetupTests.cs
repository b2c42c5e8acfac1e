using System.Net;
using AngleSharp;

namespace Automation.Console.Tests.Setup;

/// <summary>What an installation lacks, and whether a webhook would arrive.</summary>
public sealed class SetupTests(OpenShop shop) : IClassFixture<OpenShop>
{
    [Fact]
    public async Task It_shows_where_the_shop_is_to_post_and_whose_keys_there_are_but_no_key()
    {
        using var visitor = await shop.SignedIn();
        var page = await visitor.Open("/console/setup");
        Assert.Contains("/webhooks/orders/main", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("mika", page.Body.TextContent, StringComparison.Ordinal);
        Assert.All((string[])[OpenShop.Owner, OpenShop.Marketer, OpenShop.Viewer, "hush-hush"], secret =>
            Assert.DoesNotContain(secret, page.ToHtml(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_webhook_says_when_nobody_answers_at_the_public_address()
    {
        using var visitor = await shop.SignedIn();
        using var answer = await visitor.Submit(await visitor.Open("/console/setup"), "/console/setup/test-webhook");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var alert = (await Visitor.Page(answer)).QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("Site:PublicUrl", alert, StringComparison.Ordinal);
    }
}
