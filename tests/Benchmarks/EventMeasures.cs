using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Automation.Marketing;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;

namespace Automation.Benchmarks;

/// <summary>SendGrid's events, taken and worked off, beside the least both can cost; and once more with a kill in the
/// middle.</summary>
internal static class EventMeasures
{
    private static readonly int Sends = int.Parse(Environment.GetEnvironmentVariable("BENCH_SENDS") ?? "50000",
        System.Globalization.CultureInfo.InvariantCulture);
    private const int Connections = 16;

    public static async Task Run()
    {
        var mail = new EventMail(Sends);
        var bodies = mail.Bodies();
        var (floor, cpu) = await Floor(bodies);
        Say($"floor, JSON read, one row read and written per send of a batch   {4 * Sends / floor.TotalSeconds,10:n0} "
            + $"events/s, {cpu.TotalMicroseconds / (4 * Sends):n0} µs CPU each");
        await Worked(mail, bodies, kill: false);
        await Worked(mail, bodies, kill: true);
    }

    private static async Task Worked(EventMail mail, byte[][] bodies, bool kill)
    {
        var data = Directory.CreateTempSubdirectory("bench-").FullName;
        await mail.Seed(Path.Combine(data, "data"));
        var product = await Start(data);
        var requests = new Queue<byte[]>(EventMail.Requests(bodies, product.Port));
        var (cpu, watch) = (product.Cpu, Stopwatch.StartNew());
        var posted = kill ? bodies.Length / 2 : bodies.Length;
        var load = await Load.Closed(product.Port, Connections, Next, TimeSpan.FromMinutes(5), posted);
        var accepted = watch.Elapsed;
        if (kill)
        {
            product.Kill();
            product = await Start(data);
            await Load.Closed(product.Port, Connections, Next, TimeSpan.FromMinutes(5), bodies.Length - posted);
        }
        using (product)
        {
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{product.Port}") };
            while ((await http.GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("waiting").GetInt32() > 0)
                await Task.Delay(20);
            var (took, used) = (watch.Elapsed, product.Cpu - cpu);
            var times = load.LatenciesMs.Order().ToArray();
            if (!kill) Say(
                $"{4 * Sends:n0} events in {bodies.Length} batches of {bodies[0].Length / 1024} KB: accepted "
                + $"{4 * Sends / accepted.TotalSeconds:n0} events/s = {bodies.Length / accepted.TotalSeconds:n0} "
                + $"batches/s, " +
                    $"answer p50 {times[times.Length / 2]:n1} ms, p95 {times[times.Length * 95 / 100]:n1} ms; worked "
                    + $"off {4 * Sends / took.TotalSeconds:n0} events/s, {used.TotalMicroseconds / (4 * Sends):n0} µs "
                    + $"CPU each");
            product.Kill();
            var complete = await mail.Complete(Path.Combine(data, "data"));
            Say($"{(kill ? "killed in the middle: " : "")}{complete:n0} of {Sends:n0} sends have their whole story");
        }

        byte[] Next() { lock (requests) return requests.Dequeue(); }
    }

    /// <summary>The least it can cost: every batch read as JSON, and for each send in it its row read and written
    /// through the same group commit.</summary>
    private static async Task<(TimeSpan Took, TimeSpan Cpu)> Floor(byte[][] bodies)
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        using var database = SqliteDatabase.Open(Path.Combine(folder, "floor.db"));
        var tables = new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System));
        await tables.Create();
        var document = new string('x', 250);
        var (cpu, watch) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        foreach (var body in bodies)
        {
            using var batch = JsonDocument.Parse(body);
            var sends = batch.RootElement.EnumerateArray()
                .Select(happened => happened.GetProperty("send_id").GetString()!).Distinct().ToList();
            await Parallel.ForEachAsync(sends, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (send, _) =>
            {
                await tables.Timeline.Find(send[..24], $"g|{send}", CancellationToken.None);
                await tables.Timeline.Upsert(new Row(send[..24], $"g|{send}") { { "Doc", document } },
                    UpdateMode.Replace, CancellationToken.None);
            });
        }
        return (watch.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu);
    }

    private static Task<Product> Start(string data) =>
        Product.Start("Automation.Functions.dll",
            ["--Urls=http://127.0.0.1:{port}", "--Data:Folder={data}/data",
                $"--Shop:Folder={BenchShop.Write(journey: false)}",
                $"--SendGrid:WebhookPublicKey={EventMail.PublicKey}"], data: data);

    private static void Say(string line) => System.Console.WriteLine(line);
}
