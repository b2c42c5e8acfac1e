using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Commands;

/// <summary><c>publish</c>: a shop folder pushed to a running product, after showing what changes.</summary>
public static class PublishCommand
{
    private const string Description = """
        Pushes a shop folder to a running product: shows what would change and who is walking the journeys that do, then
        makes all of it the shop's files, or nothing. Its scenarios are played first. The key is that of the product:
        Api__Key in the environment, or --Api:Key=….
        """;

    public static Command Create()
    {
        var shop = new Argument<string>("shop") { Description = "The shop folder.", DefaultValueFactory = _ => "shop" };
        var to = new Option<string>(
            "--to")
        { Description = "The product's address, e.g. https://my-shop.azurewebsites.net", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show." };
        var force = new Option<string?>("--force")
        {
            Description = "Publish although scenarios come out differently; the reason stands in the audit.",
            HelpName = "reason",
        };
        var publish = new Command("publish", Description) { shop, to, dryRun, force };
        publish.TreatUnmatchedTokensAsErrors = false;
        publish.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(shop), parsed.GetRequiredValue(to),
            parsed.GetValue(dryRun), parsed.GetValue(force), [.. parsed.UnmatchedTokens], cancellation));
        return publish;
    }

    private static async Task<int> Run(
        string folder, string to, bool dryRun, string? force, string[] arguments, CancellationToken cancellation)
    {
        if (force is not null && string.IsNullOrWhiteSpace(force))
            return await CommandLine.Misuse("--force wants a reason: it stands in the audit.");
        if (!File.Exists(Path.Combine(folder, "shop.json")))
            return await CommandLine.Misuse($"{folder} is not a shop folder: there is no shop.json.");
        if (!Uri.TryCreate(to, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return await CommandLine.Misuse($"--to {to} is not an address.");
        if (SettingsReader.Gather(arguments)["Api:Key"] is not { Length: > 0 } key) return await CommandLine.Misuse(
            "The product's key is missing: Api__Key in the environment, or --Api:Key=….");
        using var http = new HttpClient
        {
            BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromMinutes(2),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) }
        };
        try
        {
            foreach (var link in Links.In(folder))
                await System.Console.Error.WriteLineAsync(
                    $"{link} is a link and is left out: put the file itself there.");
            var package = ShopPackage.Of(folder).Write();
            var insists = force is null ? "" : $"force={Uri.EscapeDataString(force)}";
            var would = await Put(http, package, $"?dryRun=true&{insists}", null, cancellation);
            if (would is null) return CommandLine.Wrong;
            Print(would);
            if (dryRun || would.Files.Count == 0) return CommandLine.Fine;
            if (await Put(http, package, $"?{insists}", would.Before, cancellation) is null) return CommandLine.Wrong;
            System.Console.WriteLine("Published.");
            return CommandLine.Fine;
        }
        catch (Exception wrong) when (wrong is HttpRequestException or InvalidDataException or TaskCanceledException)
        {
            return await CommandLine.Misuse(wrong.Message);
        }
    }

    /// <summary>The answer; null where it is a refusal, which is printed.</summary>
    private static async Task<ShopPublication?> Put(
        HttpClient http, byte[] package, string query, string? only, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/shop" + query)
        {
            Content = new ByteArrayContent(package) { Headers = { ContentType = new("application/json") } }
        };
        if (only is not null) request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{only}\""));
        using var answer = await http.SendAsync(request, cancellation);
        var said = await answer.Content.ReadAsByteArrayAsync(cancellation);
        if (answer.IsSuccessStatusCode) return JsonSerializer.Deserialize(said, AnswerJson.Written.ShopPublication);
        if (answer.StatusCode is not (HttpStatusCode.UnprocessableEntity or HttpStatusCode.PreconditionFailed))
            throw new HttpRequestException($"{(int)answer.StatusCode} {Encoding.UTF8.GetString(said)}");
        var refused = JsonSerializer.Deserialize(said, AnswerJson.Written.Refusal)!;
        await System.Console.Error.WriteLineAsync(refused.Detail);
        foreach (var problem in refused.Problems ?? []) await System.Console.Error.WriteLineAsync($"{problem}");
        return null;
    }

    private static void Print(ShopPublication would)
    {
        foreach (var file in would.Files)
        {
            System.Console.WriteLine($"{file.Change} {file.Path}");
            foreach (var line in file.Lines) System.Console.WriteLine($"  {line}");
        }
        foreach (var walk in would.InFlight)
            System.Console.WriteLine(
                $"in {walk.Journey} version {walk.Version}, and staying there: "
                + $"{Amount.Of(walk.Customers, "customer")}");
        if (would.Files.Count == 0) System.Console.WriteLine("Nothing changes.");
    }
}
