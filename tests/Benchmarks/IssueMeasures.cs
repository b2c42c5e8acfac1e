using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Automation.Benchmarks;

/// <summary>An issue to many customers in standalone mode to a local sink: shared page and substitutions (C2), and
/// whole pages (C3), each beside its floors: rendered, serialized and posted without any storage, and posts rendered
/// beforehand.</summary>
internal static class IssueMeasures
{
    private static readonly int Customers = int.Parse(
        Environment.GetEnvironmentVariable("BENCH_CUSTOMERS") ?? "100000", CultureInfo.InvariantCulture);

    public static async Task Run()
    {
        foreach (var whole in (bool[])[false, true])
        {
            var what = whole ? "C3 whole pages" : "C2 shared page and substitutions";
            var shop = IssueShop.Write(whole);
            using var sink = new IssueSink();
            var floors = await IssueFloors.Measure(shop, sink);
            Say($"{what}: floor, posts rendered beforehand {floors.Posted,10:n0}/s");
            Say($"{what}: floor, without storage           {floors.Rendered,10:n0}/s");
            if (!whole) await Issues(what, shop, sink, Customers / 4, 1);
            await Issues(what, shop, sink, Customers, whole ? 2 : IssueShop.Dates.Length);
            var (operations, recipients) = await IssueFloors.Operations(shop, Math.Min(Customers, 100_000));
            Say($"{what}: {100.0 * operations / recipients:n2} storage operations per 100 recipients");
            Directory.Delete(shop, recursive: true);
        }
    }

    /// <summary>Several issues one after another in one process: the later ones are warm.</summary>
    private static async Task Issues(string what, string shop, IssueSink sink, int customers, int issues)
    {
        var data = Directory.CreateTempSubdirectory("bench-").FullName;
        await IssueShop.Put(data, customers);
        using var product = await Product.Start("Automation.Functions.dll",
            ["--Urls=http://127.0.0.1:{port}", "--Data:Folder={data}", $"--Shop:Folder={shop}",
                "--Api:Key=the-key-of-benchmarks", "--Mail:Transport=sendgrid", "--Mail:From=news@bench.example",
             "--Mail:TransactionalFrom=orders@bench.example", "--SendGrid:ApiKey=SG.bench",
                $"--SendGrid:BaseUrl={sink.Url}"], data: data);
        using var http = new HttpClient
        {
            BaseAddress = new($"http://127.0.0.1:{product.Port}"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "the-key-of-benchmarks") }
        };
        foreach (var date in IssueShop.Dates.Take(issues))
        {
            var (before, cpu) = (sink.Recipients, product.Cpu);
            var watch = Stopwatch.StartNew();
            using (var answer = await http.PostAsync($"/api/newsletters/weekly/issues/{date}/confirm", null))
                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            while (sink.Recipients - before < customers && watch.Elapsed < TimeSpan.FromMinutes(5)) await Task.Delay(2);
            var took = watch.Elapsed;
            JsonElement issue;
            while (true)
            {
                issue = await http.GetFromJsonAsync<JsonElement>($"/api/newsletters/weekly/issues/{date}");
                if (issue.GetProperty("state").GetString() is "sent" or "paused"
                    || watch.Elapsed > TimeSpan.FromMinutes(5)) break;
                await Task.Delay(20);
            }
            Say($"{what}: {customers:n0} recipients, {sink.Recipients - before:n0} at the sink in "
                + $"{took.TotalSeconds:n2} s = {customers / took.TotalSeconds,8:n0}/s, " +
                $"{(product.Cpu - cpu).TotalMicroseconds / customers:n1} µs CPU each, "
                + $"{product.ResidentBytes / 1e6:n0} MB resident, {product.PeakBytes / 1e6:n0} MB peak, sent "
                + $"{issue.GetProperty("sent")}, complete {issue.GetProperty("complete")}");
        }
    }

    private static void Say(string line) => System.Console.WriteLine(line);
}
