using System.CommandLine;
using Automation.Functions.Connecting;
using Automation.Functions.Doctor;
using Automation.Functions.Hosting;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;

namespace Automation.Functions.Commands;

/// <summary><c>connect</c>: a shop platform is told where its webhooks go.</summary>
public static class ConnectCommand
{
    private const string Description = """
        Registers the webhooks of a source with its platform, by the platform's own API; mends those that post to
        another address or were switched off, leaves those of others alone, and says what is missing. May be run again
        at any time. What it needs is configured, best in the environment:
          Shopify      Sources__{name}__Url=https://your-shop.myshopify.com   Sources__{name}__AdminToken=shpat_…
          WooCommerce  Sources__{name}__Url=https://shop.example.jp
                       Sources__{name}__AdminKey=ck_…   Sources__{name}__AdminSecret=cs_…
        """;

    public static Command Create()
    {
        var platform = new Argument<string>("platform") { Description = "shopify or woocommerce." };
        var source = new Option<string?>("--source")
        {
            Description = "The source's name, where several are of this platform."
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only look, and say what would be done." };
        var connect = new Command("connect", Description) { platform, source, dryRun };
        connect.TreatUnmatchedTokensAsErrors = false;
        connect.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(platform), parsed.GetValue(source),
            parsed.GetValue(dryRun), [.. parsed.UnmatchedTokens], cancellation));
        return connect;
    }

    private static async Task<int> Run(
        string platform, string? name, bool dryRun, string[] arguments, CancellationToken cancellation)
    {
        if (platform is not ("shopify" or "woocommerce"))
            return await CommandLine.Misuse($"'{platform}' cannot be connected; shopify and woocommerce can.");
        var settings = SettingsReader.Read(SettingsReader.Gather(arguments));
        var sources = settings.Sources.Where(one => one.Platform == platform && (name is null || one.Name == name))
            .ToList();
        if (sources.Count == 0) return await CommandLine.Misuse(
            $"No source{(name is null ? "" : $" {name}")} of {platform} is configured: "
            + $"Sources:{name ?? "shop"}:Platform={platform}, Sources:{name ?? "shop"}:Secret=….");
        if (sources is not [var source]) return await CommandLine.Misuse(
            $"Several sources are of {platform}; say which: --source={string.Join('|', sources.Select(s => s.Name))}");
        if (source.Admin is not { } reached) return await CommandLine.Misuse(
            $"Sources:{source.Name}:Url is missing, and how to be let in there; see connect --help.");
        var address = settings.WebhookOf(source.Name);
        if (!address.StartsWith("https:", StringComparison.Ordinal) && !new Uri(reached.Url).IsLoopback)
            return await CommandLine.Misuse(
                $"Site:PublicUrl is {settings.PublicUrl}: {platform} posts to https, to an address it can reach.");
        System.Console.WriteLine($"{reached.Url} → {address}{(dryRun ? " (only looking)" : "")}");
        using var asking = new Asking(TimeProvider.System);
        try
        {
            var admin = PlatformAdmin.Of(source, asking, TimeProvider.System);
            var shop = ShopFolder.Read(settings.ShopFolder).Shop;
            var wanted = WantedWebhook.Of(platform, shop);
            var topics = await new Connection(wanted, source, admin, address, TimeProvider.System)
                .Run(dryRun, cancellation);
            var here = await Connection.Try(address, Hosting.Sources.Open(settings)[source.Name], asking, cancellation);
            return FindingLines.Print([.. topics, .. Unread(platform, shop, settings), here], System.Console.Out);
        }
        catch (RefusedException refused)
        {
            await System.Console.Error.WriteLineAsync($"{refused.Message}. {refused.Remedy}");
            return CommandLine.Wrong;
        }
        catch (UnclearException unclear)
        {
            await System.Console.Error.WriteLineAsync(
                $"{reached.Url}: {unclear.Message}. What was registered so far is; run it again.");
            return CommandLine.Wrong;
        }
    }

    /// <summary>Which metafields are read stands in a file that is not there, or not right.</summary>
    private static IEnumerable<Finding> Unread(string platform, ShopSettings? shop, Settings settings)
    {
        if (platform == "shopify" && shop is null) yield return Finding.Warn(
            "shop.json", $"it cannot be read in {settings.ShopFolder}: no metafields were asked for",
            "Shop:Folder=… names the shop's folder, validate says what is wrong in it; then run it again.");
    }
}
