using System.Diagnostics;
using System.Globalization;

namespace Automation.Benchmarks;

/// <summary>What is measured, each beside its floor; figures are printed, never asserted.</summary>
internal static class Measures
{
    private static readonly TimeSpan WarmUp = Seconds("BENCH_WARMUP", 15);
    private static readonly TimeSpan Run = Seconds("BENCH_SECONDS", 10);
    private const int Connections = 64;

    /// <summary>Signed webhooks accepted per second; floors: bare Kestrel + HMAC, and with one group-committed
    /// insert.</summary>
    public static async Task Intake()
    {
        var bare = await Accepted(await StartFloor("bare"));
        var group = await Accepted(await StartFloor("group"));
        using var sink = new Sink();
        var product = await Accepted(await StartProduct(sink, journey: false));
        Say($"floor, bare Kestrel + HMAC              {bare,10:n0}/s");
        Say($"floor, + group-committed insert         {group,10:n0}/s");
        Say($"intake                                  {product,10:n0}/s   {product / group:p0} of the floor");
    }

    /// <summary>A burst of orders of new customers until the last welcome mail is at the sink.</summary>
    public static async Task Journeys()
    {
        using var sink = new Sink();
        using var product = await StartProduct(sink, journey: true);
        var orders = Requests(product);
        var burst = int.Parse(
            Environment.GetEnvironmentVariable("BENCH_BURST") ?? "20000", CultureInfo.InvariantCulture);
        foreach (var (what, count) in ((string, int)[])[("warm-up", burst), ("burst", burst), ("burst", burst)])
            await Burst(product, sink, orders, what, count);
    }

    private static async Task Burst(Product product, Sink sink, Orders orders, string what, int count)
    {
        var (before, cost) = (sink.Mails, product.Cost);
        var watch = Stopwatch.StartNew();
        var load = await Load.Closed(
            product.Port, Connections, () => orders.Next().Request, TimeSpan.FromMinutes(5), count);
        var accepted = watch.Elapsed;
        await Until(() => sink.Mails - before >= count, TimeSpan.FromMinutes(5));
        Say($"{what,-8} {count:n0} orders: accepted in {accepted.TotalSeconds:n1} s, all mails at the sink after "
            + $"{watch.Elapsed.TotalSeconds:n1} s = " +
            $"{count / watch.Elapsed.TotalSeconds:n0} journeys/s, {product.Cost.Each(cost, count)}; {load.Failures} "
            + $"refused");
    }

    /// <summary>From posting an order to its mail at the sink, at steady rates.</summary>
    public static async Task Latency()
    {
        using var sink = new Sink();
        using var product = await StartProduct(sink, journey: true);
        var orders = Requests(product);
        foreach (var (rate, time) in ((int, TimeSpan)[])[(300, WarmUp), (100, Run), (300, Run)])
        {
            var posted = new System.Collections.Concurrent.ConcurrentDictionary<long, long>();
            sink.Arrivals.Clear();
            var cost = product.Cost;
            await Load.Steady(product.Port, 16, rate, time, () =>
            {
                var (request, customer) = orders.Next();
                posted[customer] = Stopwatch.GetTimestamp();
                return request;
            });
            await Until(() => sink.Arrivals.Count >= posted.Count, TimeSpan.FromSeconds(30));
            var times = posted.Where(p => sink.Arrivals.ContainsKey(p.Key))
                .Select(p => Stopwatch.GetElapsedTime(p.Value, sink.Arrivals[p.Key]).TotalMilliseconds)
                .Order().ToArray();
            Say($"{rate,4}/s for {time.TotalSeconds:n0} s: webhook to mail p50 {At(times, 0.50):n1} ms, p95 "
                + $"{At(times, 0.95):n1} ms, p99 {At(times, 0.99):n1} ms, {posted.Count - times.Length} missing; "
                + product.Cost.Each(cost, posted.Count));
        }
    }

    /// <summary>Disk and memory that enrollments cost while they wait.</summary>
    public static async Task Waiting()
    {
        using var sink = new Sink();
        using var product = await StartProduct(sink, journey: true);
        var orders = Requests(product);
        await Burst(product, sink, orders, "warm-up", 10_000);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var (memory, disk) = (product.ResidentBytes, product.DiskBytes);
        await Burst(product, sink, orders, "waiting", 20_000);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Say($"memory: {(product.ResidentBytes - memory) / 20_000.0 * 10_000 / 1048576:n1} MB per 10,000 waiting "
            + $"enrollments (resident {product.ResidentBytes / 1048576.0:n0} MB)");
        Say($"disk: {(product.DiskBytes - disk) / 20_000.0:n0} bytes per order of a new customer, all rows and log "
            + $"included");
        foreach (var line in DiskUse.Tables(Path.Combine(product.Data, "data"))) Say(line);
    }

    /// <summary>From starting the process to its first answer, and what it holds when idle.</summary>
    public static async Task StartUp()
    {
        using var sink = new Sink();
        using (var floor = await StartFloor("bare")) Say(
            $"floor, bare Kestrel: ready after {floor.StartUp.TotalMilliseconds:n0} ms, "
            + $"{floor.ResidentBytes / 1048576.0:n0} MB");
        for (var i = 0; i < 3; i++)
        {
            using var product = await StartProduct(sink, journey: true);
            await Task.Delay(TimeSpan.FromSeconds(3));
            Say($"ready after {product.StartUp.TotalMilliseconds:n0} ms, {product.ResidentBytes / 1048576.0:n0} "
                + $"MB idle");
        }
    }

    private static async Task<double> Accepted(Product server)
    {
        using var _ = server;
        var orders = Requests(server);
        await Load.Closed(server.Port, Connections, () => orders.Next().Request, WarmUp);
        var result = await Load.Closed(server.Port, Connections, () => orders.Next().Request, Run);
        if (result.Failures > 0) Say($"{result.Failures} were not accepted");
        return result.PerSecond;
    }

    private static Orders Requests(Product product) => new($"127.0.0.1:{product.Port}", "/webhooks/orders/bench");

    private static Task<Product> StartFloor(string mode) =>
        Product.Start("Automation.Benchmarks.dll", ["floor", mode, "{port}", "{data}"], SlowSync());

    private static Task<Product> StartProduct(Sink sink, bool journey) =>
        Product.Start("Automation.Functions.dll",
            ["--Urls=http://127.0.0.1:{port}", "--Data:Folder={data}/data", $"--Shop:Folder={BenchShop.Write(journey)}",
             "--Sources:bench:Platform=shopify", $"--Sources:bench:Secret={Orders.Secret}", "--Mail:Transport=sendgrid",
             "--Mail:From=shop@bench.example", "--Mail:TransactionalFrom=orders@bench.example",
             "--SendGrid:ApiKey=SG.bench", $"--SendGrid:BaseUrl=http://127.0.0.1:{sink.Port}"], SlowSync());

    /// <summary>BENCH_SLOWSYNC=1000 adds that many microseconds to every flush (fixtures/slowsync.c, built with
    /// gcc).</summary>
    private static Dictionary<string, string> SlowSync()
    {
        if (Environment.GetEnvironmentVariable("BENCH_SLOWSYNC") is not { } microseconds) return [];
        var library = Path.Combine(Path.GetTempPath(), "slowsync.so");
        Process.Start("gcc", ["-shared", "-fPIC", "-O2", "-o", library,
            Path.Combine(AppContext.BaseDirectory, "fixtures", "slowsync.c"), "-ldl"]).WaitForExit();
        return new() { ["LD_PRELOAD"] = library, ["SLOWSYNC_US"] = microseconds };
    }

    private static async Task Until(Func<bool> done, TimeSpan most)
    {
        for (var watch = Stopwatch.StartNew(); !done();)
        {
            if (watch.Elapsed > most) { Say("gave up waiting"); return; }
            await Task.Delay(5);
        }
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
    private static TimeSpan Seconds(string variable, int otherwise) =>
        TimeSpan.FromSeconds(double.Parse(
            Environment.GetEnvironmentVariable(variable) ?? $"{otherwise}", CultureInfo.InvariantCulture));
    private static void Say(string line) => System.Console.WriteLine(line);
}
