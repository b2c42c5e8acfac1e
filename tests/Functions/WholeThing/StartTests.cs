using Automation.Functions.Tests.Hosting;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>The built program where it cannot start: one line says why, and the exit code is that of a
/// misuse.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_data_folder_with_something_else_in_it_is_said_in_one_line()
    {
        Directory.CreateDirectory(folder.File("data"));
        await File.WriteAllTextAsync(folder.File("data/automation.db"), new string('x', 5000));
        Assert.Contains(
            "not a database", await Refusal($"--Data:Folder={folder.File("data")}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Old_Shop", 2, "cannot be a source's name")]
    [InlineData("old-shop", 0, "No source old-shop is configured (demo)")]
    public async Task Ids_of_a_source_that_is_not_there_are_not_taken_in_silence(string source, int exit, string said)
    {
        await File.WriteAllTextAsync(folder.File("a.csv"), "customerId,email\n1,a@example.jp\n");
        var run = await CommandRun.Of(folder.Path, "import", "a.csv", $"--source={source}",
            $"--Data:Folder={folder.File("data")}", $"--Shop:Folder={Path.Combine(AppContext.BaseDirectory, "shop")}");
        Assert.Equal(exit, run.Exit);
        Assert.Contains(said, Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_appsettings_json_that_is_no_JSON_is_said_in_one_line()
    {
        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{ "Mail": { "From" "a@b.jp" } }""");
        var refusal = await Refusal($"--Data:Folder={folder.File("data")}");
        Assert.Contains(folder.File("appsettings.json"), refusal, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 0", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_this_machine_s_is_said_in_one_line() =>
        Assert.Contains("address", await Refusal(
            $"--Data:Folder={folder.File("data")}", "--Urls=http://192.0.2.7:8299"), StringComparison.Ordinal);

    [Fact]
    public async Task An_address_somebody_else_listens_on_is_said_in_one_line_without_a_stack()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var refusal = await CommandRun.Of(
            folder.Path,
            $"--Shop:Folder={Path.Combine(AppContext.BaseDirectory, "shop")}",
            $"--Data:Folder={folder.File("data")}",
            $"--Urls=http://127.0.0.1:{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(2, refusal.Exit);
        Assert.Contains("another process listens there", Assert.Single(refusal.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refusal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simple", @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [a-z]{4}: ")]
    [InlineData("json", @"^{""Timestamp"":""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"",.*}$")]
    public async Task The_log_says_when_a_line_each_in_the_form_that_is_wanted(string form, string line)
    {
        await using var product = new ProductProcess(new()
        {
            ["Shop:Folder"] = TestShop.Write(),
            ["Logging:Console:FormatterName"] = form,
            ["Logging:LogLevel:Default"] = "Debug",
            ["Logging:LogLevel:Microsoft"] = "Warning",
        });
        await product.Start();
        using (var order = await product.Http.SendAsync(ShopifyOrder.Created(1, DateTimeOffset.UtcNow)))
            order.EnsureSuccessStatusCode();
        await product.Until(() => Task.FromResult(Lines().Length > 0 ? "" : null), TimeSpan.FromSeconds(30), "a line");
        Assert.All(Lines(), said => Assert.Matches(line, said));

        // What is announced at the start is for people, and no part of the log.
        string[] Lines()
        {
            lock (product.Said)
                return [.. product.Said.Where(said => said.Contains("Automation.", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public async Task A_form_of_the_log_that_there_is_not_is_refused() => Assert.Contains(
        "simple, json or systemd",
        await Refusal($"--Data:Folder={folder.File("data")}", "--Logging:Console:FormatterName=jsonl"),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_scenario_in_which_nobody_is_enrolled_says_so_and_is_wrong()
    {
        RunningShop.WriteShop(folder.File("shop"));
        Directory.CreateDirectory(folder.File("shop/tests"));
        await File.WriteAllTextAsync(
            folder.File("shop/tests/x.json"),
            """{ "journey": "hello", "customer": {}, "events": [ { "day": 0, "event": "review.posted" } ],"""
            + """ "diary": [] }""");
        var run = await CommandRun.Of(folder.Path, "simulate", "shop/tests/x.json");
        Assert.Equal(1, run.Exit);
        Assert.Equal(
            "nobody was enrolled in hello: it waits for order.fulfilled, and what happens is review.posted",
            run.Output.Trim());
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_start_is_said_at_once()
    {
        var run = await CommandRun.Of(
            folder.Path, "--Clock:Rate=fast", "--Mial:From=a@b.jp", "--Mail:Transport=smtp", "--Api:Key", "srve",
            $"--Data:Folder={folder.File("data")}", "--Shop:Folder=/no/such/shop");
        Assert.Equal(2, run.Exit);
        foreach (var said in (string[])["--Mial:From is not known", "--Api:Key has no value", "'srve' is",
            "Clock:Rate is 'fast'", "Mail:Transport is 'smtp'", "/no/such/shop is not there"])
            Assert.Contains(run.Errors, line => line.Contains(said, StringComparison.Ordinal));
    }

    /// <summary>What it says on the error stream.</summary>
    private async Task<string> Refusal(params string[] arguments)
    {
        var run = await CommandRun.Of(
            folder.Path, [$"--Shop:Folder={Path.Combine(AppContext.BaseDirectory, "shop")}", .. arguments]);
        Assert.Equal(2, run.Exit);
        return Assert.Single(run.Errors);
    }
}
