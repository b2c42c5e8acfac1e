using Automation.Functions.Tests.Connecting;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;

namespace Automation.Functions.Tests.Doctor;

/// <summary>The built program asks others over real HTTP and DNS, and says what it found.</summary>
[Long(20)]
public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task It_says_what_is_wrong_and_what_to_do_and_once_mended_that_all_is_well()
    {
        await using var dns = new DnsDouble();
        await using var provider = await ProviderSink.Start();
        await using var product = new ProductProcess(new() { ["Shop:Folder"] = TestShop.Write() });
        await product.Start();
        await using var shopify = await ShopifyDouble.Start();
        string[] asked =
        [
            $"--Urls={product.Http.BaseAddress}", $"--Data:Folder={Path.Combine(product.Folder, "data")}",
            "--Mail:Transport=sendgrid", "--Mail:From=news@mail.example.jp",
            "--Mail:TransactionalFrom=order@example.jp",
            "--SendGrid:ApiKey=SG.key-of-the-test", $"--SendGrid:BaseUrl={provider.Url}", $"--Dns:Server={dns.Address}",
            $"--Site:PublicUrl={product.Http.BaseAddress}",
            "--Sources:demo:Platform=shopify", "--Sources:demo:Secret=hush-hush-hush-hush",
            $"--Sources:demo:Url={shopify.Url}", "--Sources:demo:AdminToken=shpat_of-the-test",
        ];
        provider.Scopes = ["alerts.read"];
        var ill = await CommandRun.Of(folder.Path, ["doctor", .. asked]);
        Assert.Equal(1, ill.Exit);
        foreach (var line in (string[])[
            "ok     program", "ok     storage", "wrong  SendGrid key", "lacks mail.send", "Mail Send",
            "warn   SendGrid events", "warn   SPF", "wrong  DKIM", "Authenticate Your Domain", "warn   DMARC",
            "wrong  links", "nobody can unsubscribe", "wrong  webhooks demo", "20 of 20 are not right",
            "connect shopify puts it right", "ok     clock"])
            Assert.Contains(line, ill.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SG.key-of-the-test", ill.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("shpat_of-the-test", ill.Output, StringComparison.Ordinal);

        provider.Scopes = ["mail.send"];
        dns.Texts["example.jp"] = ["v=spf1 include:sendgrid.net ~all"];
        dns.Texts["mail.example.jp"] = ["v=spf1 include:sendgrid.net ~all"];
        dns.Texts["_dmarc.example.jp"] = ["v=DMARC1; p=none; rua=mailto:dmarc@example.jp"];
        dns.Texts["s1.domainkey.u1.wl1.sendgrid.net"] = [$"k=rsa; t=s; p={new string('A', 300)}"];
        foreach (var domain in (string[])["example.jp", "mail.example.jp"])
            dns.Aliases[$"s1._domainkey.{domain}"] = "s1.domainkey.u1.wl1.sendgrid.net";
        Assert.Equal(0, (await CommandRun.Of(folder.Path, ["connect", "shopify", .. asked])).Exit);
        var well = await CommandRun.Of(folder.Path, ["doctor", .. asked]);
        foreach (var line in (string[])[
            "ok     SendGrid key", "ok     SPF", "mail.example.jp has a key (s1)", "mail.example.jp says p=none",
            "all 20 are there"])
            Assert.Contains(line, well.Output, StringComparison.Ordinal);
        // What is left is that this machine's own address is not a reader's.
        Assert.Single(well.Output.Split('\n'), line => line.StartsWith("wrong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_who_does_not_answer_stops_it()
    {
        await using var dns = new DnsDouble { IsSilent = true };
        var run = await CommandRun.Of(
            folder.Path, "doctor", $"--Data:Folder={folder.File("data")}", "--Mail:Transport=sendgrid",
            "--Mail:From=a@example.jp", "--Mail:TransactionalFrom=b@example.jp", "--SendGrid:ApiKey=SG.x",
            "--SendGrid:BaseUrl=http://127.0.0.1:9", $"--Dns:Server={dns.Address}", "--Urls=http://127.0.0.1:9",
            "--Site:PublicUrl=https://127.0.0.1:9");
        Assert.Equal(1, run.Exit);
        Assert.Contains("does not answer", run.Output, StringComparison.Ordinal);
        Assert.Contains("DNS did not say anything of example.jp", run.Output, StringComparison.Ordinal);
        Assert.Contains("it does not run here", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    public async Task A_shop_for_trying_out_has_nothing_wrong_with_it()
    {
        var run = await CommandRun.Of(folder.Path, "doctor", $"--Data:Folder={folder.File("data")}",
            "--Urls=http://127.0.0.1:9", "--Site:PublicUrl=http://127.0.0.1:9");
        Assert.True(run.Exit == 0, run.Output);
    }

    [Fact]
    public async Task A_key_that_may_not_send_is_said_behind_a_start_that_does_not_wait_and_goes_once_it_may()
    {
        await using var provider = await ProviderSink.Start();
        provider.Scopes = [];
        await using var product = Trial.Product(provider, TestShop.Write(), 1);
        await product.Start();
        var row = await product.Until(Setup, TimeSpan.FromSeconds(30), "the key is in attention");
        Assert.Contains("lacks mail.send", row.Text("reason"), StringComparison.Ordinal);
        Assert.Contains("lacks mail.send", product.Log(), StringComparison.Ordinal);
        await product.Stop();

        provider.Scopes = ["mail.send"];
        await product.Start();
        await product.Until(async () => await Setup() is null ? "" : null, TimeSpan.FromSeconds(30), "it is gone");

        async Task<Row?> Setup() =>
            (await product.List("/api/attention?kind=setup")) is [var one] ? new Row(one) : null;
    }

    private sealed record Row(System.Text.Json.JsonElement Json)
    {
        public string Text(string name) => Json.Text(name);
    }

    public void Dispose() => folder.Dispose();
}
