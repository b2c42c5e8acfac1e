using System.Text.Json.Nodes;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;

namespace Automation.Functions.Tests.Connecting;

/// <summary><c>connect</c> by the built program, against doubles of both platforms over real HTTP.</summary>
[Long(45)]
public sealed class ConnectTests : IDisposable
{
    private const string Secret = "hush-hush-hush-hush", Address = "https://shop.example.jp/webhooks/orders/main";
    private readonly TemporaryFolder folder = new();

    private Task<CommandRun> Connect(ShopifyDouble shop, params string[] more) => Run("shopify", [
        "--Sources:main:Platform=shopify", $"--Sources:main:Url={shop.Url}",
        "--Sources:main:AdminToken=shpat_of-the-test", .. more]);

    private Task<CommandRun> Connect(WooCommerceDouble shop, params string[] more) => Run("woocommerce", [
        "--Sources:main:Platform=woocommerce", $"--Sources:main:Url={shop.Url}",
        "--Sources:main:AdminKey=ck_of-the-test", "--Sources:main:AdminSecret=cs_of-the-test", .. more]);

    private async Task<CommandRun> Run(string platform, string[] more)
    {
        var run = await CommandRun.Of(folder.Path, ["connect", platform, $"--Sources:main:Secret={Secret}",
            "--Site:PublicUrl=https://shop.example.jp", $"--Data:Folder={folder.File("data")}", .. more]);
        foreach (var hidden in (string[])[Secret, "shpat_of-the-test", "ck_of-the-test", "cs_of-the-test"])
            Assert.DoesNotContain(
                hidden, run.Output + string.Join('\n', run.Errors).Replace($"={hidden}", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
        return run;
    }

    [Fact]
    public async Task Shopify_is_told_every_topic_once_and_the_second_run_changes_nothing()
    {
        await using var shop = await ShopifyDouble.Start();
        shop.Webhooks.Add(("gid://theirs", "ORDERS_CREATE", "https://other.example.jp/hook"));
        shop.Webhooks.Add(("gid://old", "ORDERS_PAID", "https://old.example.jp/webhooks/orders/main"));

        var looked = await Connect(shop, "--dry-run");
        Assert.Equal((1, 0), (looked.Exit, shop.Changes));
        Assert.Contains("is missing", looked.Output, StringComparison.Ordinal);
        Assert.Contains("it posts to https://old.example.jp", looked.Output, StringComparison.Ordinal);

        var first = await Connect(shop);
        Assert.Contains("mended: it posts to https://old", first.Output, StringComparison.Ordinal);
        Assert.Equal(20, shop.Webhooks.Count(one => one.Uri == Address));
        Assert.Equal(20, shop.Webhooks.Where(one => one.Uri == Address).DistinctBy(one => one.Topic).Count());
        Assert.Contains(("gid://theirs", "ORDERS_CREATE", "https://other.example.jp/hook"), shop.Webhooks);

        var changes = shop.Changes;
        var second = await Connect(shop);
        Assert.Equal(changes, shop.Changes);
        Assert.Equal(20, second.Output.Split('\n').Count(line => line.EndsWith("is there", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Webhooks_of_customers_carry_the_metafields_that_the_shop_reads_and_keep_those_of_others()
    {
        await using var shop = await ShopifyDouble.Start();
        Directory.CreateDirectory(folder.File("shop"));
        await File.WriteAllTextAsync(folder.File("shop/shop.json"), """
            { "name": "店", "postalAddress": "東京都千代田区1-1", "contact": { "email": "a@example.jp" },
              "timeZone": "Asia/Tokyo",
              "attributes": { "birthday": { "type": "date", "from": ["metafield:facts.birth_date", "note:誕生日"] },
                "tea": { "type": "text", "from": "metafield:taste.tea" } } }
            """);
        shop.Webhooks.Add(("gid://hand", "CUSTOMERS_UPDATE", Address));
        shop.Namespaces["gid://hand"] = ["loyalty"];
        var unread = await Connect(shop, "--dry-run", $"--Shop:Folder={folder.File("nowhere")}");
        Assert.Contains("no metafields were asked for", unread.Output, StringComparison.Ordinal);
        var first = await Connect(shop, $"--Shop:Folder={folder.File("shop")}");
        Assert.Contains("mended: it carries no metafields of facts, taste", first.Output, StringComparison.Ordinal);
        Assert.Equal(["facts", "loyalty", "taste"], shop.Namespaces["gid://hand"].Order(StringComparer.Ordinal));
        var made = shop.Webhooks.Single(one => one.Topic == "CUSTOMERS_CREATE").Id;
        Assert.Equal(["facts", "taste"], shop.Namespaces[made]);
        Assert.Equal(2, shop.Namespaces.Count);
        var changes = shop.Changes;
        await Connect(shop, $"--Shop:Folder={folder.File("shop")}");
        Assert.Equal(changes, shop.Changes);
    }

    [Fact]
    public async Task What_Shopify_refuses_is_named_with_its_scope_and_the_rest_is_registered()
    {
        await using var shop = await ShopifyDouble.Start();
        shop.Scopes = ["read_customers", "read_fulfillments"];
        foreach (var topic in (string[])["ORDERS_CREATE", "CUSTOMERS_MERGE"])
            shop.Refused[topic] = "You do not have permission to create or update webhooks with this topic. "
                + (topic == "ORDERS_CREATE" ? "This topic contains protected customer data." : "");
        var run = await Connect(shop);
        Assert.Equal(1, run.Exit);
        Assert.Contains("Protected customer data access", run.Output, StringComparison.Ordinal);
        Assert.Contains("It needs the scope read_orders.", run.Output, StringComparison.Ordinal);
        Assert.Contains("It needs the scope read_customer_merge.", run.Output, StringComparison.Ordinal);
        Assert.Contains("stay two customers here", run.Output, StringComparison.Ordinal);
        Assert.Equal(18, shop.Webhooks.Count);
    }

    [Theory]
    [InlineData("TooMany")]
    [InlineData("Throttled")]
    [InlineData("Broken")]
    [InlineData("DoAndCut")]
    [InlineData("Cut")]
    public async Task Whatever_becomes_of_answers_each_topic_is_at_Shopify_once(string treatment)
    {
        await using var shop = await ShopifyDouble.Start();
        var n = 0;
        shop.Next = _ => ++n is 1 or 3 or 6 ? Enum.Parse<Treatment>(treatment) : Treatment.Answer;
        var run = await Connect(shop);
        Assert.DoesNotContain("not there", run.Output, StringComparison.Ordinal);
        Assert.Equal(20, shop.Webhooks.Count);
        Assert.Equal(20, shop.Webhooks.DistinctBy(one => one.Topic).Count());
    }

    [Fact]
    public async Task A_wrong_token_and_another_address_are_said_in_a_line_with_what_to_do()
    {
        await using var shop = await ShopifyDouble.Start();
        var wrong = await Connect(shop, "--Sources:main:AdminToken=shpat_another");
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("does not know the token", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        var elsewhere = await Connect(shop, $"--Sources:main:Url={shop.Url}/nowhere");
        Assert.Contains("myshopify.com", Assert.Single(elsewhere.Errors), StringComparison.Ordinal);
        Assert.Empty(shop.Webhooks);
    }

    [Fact]
    public async Task WooCommerce_is_told_every_topic_with_the_secret_and_one_that_was_switched_off_posts_again()
    {
        await using var shop = await WooCommerceDouble.Start();
        shop.Webhooks.Add(Webhook(1, "order.created", Address, "disabled"));
        shop.Webhooks.Add(Webhook(2, "order.updated", "http://shop.example.jp/webhooks/orders/main", "active"));
        shop.Webhooks.Add(Webhook(3, "order.deleted", "https://other.example.jp/hook", "active"));
        var first = await Connect(shop);
        Assert.Contains("mended: it is switched off", first.Output, StringComparison.Ordinal);
        var ours = shop.Webhooks.Where(one => $"{one["delivery_url"]}" == Address).ToList();
        Assert.Equal(7, ours.Count);
        Assert.All(ours, one => Assert.Equal((Secret, "active"), ($"{one["secret"]}", $"{one["status"]}")));
        Assert.Equal(
            "https://other.example.jp/hook",
            $"{shop.Webhooks.Single(one => $"{one["id"]}" == "3")["delivery_url"]}");

        var changes = shop.Changes;
        await Connect(shop);
        Assert.Equal((changes, 8), (shop.Changes, shop.Webhooks.Count));

        static JsonObject Webhook(int id, string topic, string address, string status) => new()
        {
            ["id"] = id,
            ["topic"] = topic,
            ["delivery_url"] = address,
            ["status"] = status,
        };
    }

    [Theory]
    [InlineData("TooMany")]
    [InlineData("Broken")]
    [InlineData("DoAndCut")]
    [InlineData("Cut")]
    public async Task Whatever_becomes_of_answers_each_topic_is_at_WooCommerce_once(string treatment)
    {
        await using var shop = await WooCommerceDouble.Start();
        var n = 0;
        shop.Next = _ => ++n is 1 or 3 or 6 ? Enum.Parse<Treatment>(treatment) : Treatment.Answer;
        await Connect(shop);
        Assert.Equal(7, shop.Webhooks.Count);
        Assert.Equal(7, shop.Webhooks.DistinctBy(one => $"{one["topic"]}").Count());
    }

    [Fact]
    public async Task A_key_of_WooCommerce_that_may_only_read_is_named()
    {
        await using var shop = await WooCommerceDouble.Start();
        shop.MayWrite = false;
        var run = await Connect(shop);
        Assert.Equal(1, run.Exit);
        Assert.Contains("permissions Read/Write", run.Output, StringComparison.Ordinal);
        var unknown = await Connect(shop, "--Sources:main:AdminKey=ck_another");
        Assert.Contains("Consumer key is invalid", Assert.Single(unknown.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_is_tried_with_the_secret_that_the_platform_will_sign_with()
    {
        await using var shop = await ShopifyDouble.Start();
        await using var product = new ProductProcess(
            new()
            {
                ["Shop:Folder"] = TestShop.Write(),
                ["Sources:main:Platform"] = "shopify",
                ["Sources:main:Secret"] = Secret
            });
        await product.Start();
        var address = product.Http.BaseAddress!.ToString().TrimEnd('/');
        var right = await Connect(shop, $"--Site:PublicUrl={address}");
        Assert.True(right.Exit == 0, right.Output);
        Assert.Contains("takes what is signed", right.Output, StringComparison.Ordinal);
        var wrong = await CommandRun.Of(folder.Path, "connect", "shopify", "--Sources:main:Platform=shopify",
            "--Sources:main:Secret=another-secret-of-it", $"--Sources:main:Url={shop.Url}",
            "--Sources:main:AdminToken=shpat_of-the-test", $"--Site:PublicUrl={address}",
            $"--Data:Folder={folder.File("data")}");
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("refuses the signature", wrong.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("magento", "shopify and woocommerce can")]
    [InlineData("woocommerce", "No source of woocommerce is configured")]
    [InlineData("shopify", "Sources:main:Url is missing")]
    public async Task What_is_not_configured_is_said(string platform, string says)
    {
        var run = await CommandRun.Of(folder.Path, "connect", platform, "--Sources:main:Platform=shopify",
            $"--Sources:main:Secret={Secret}", $"--Data:Folder={folder.File("data")}");
        Assert.Equal(2, run.Exit);
        Assert.Contains(says, Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
