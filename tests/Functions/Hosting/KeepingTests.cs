using System.Diagnostics;
using System.Net;
using System.Text;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Privacy;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The data folder: who may read it, when nothing starts on it, and what of the erased is left in
/// it.</summary>
public sealed class KeepingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public KeepingTests() => RunningShop.WriteShop(folder.File("shop"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("typo", "is not there")]
    [InlineData("unmounted", "is empty")]
    public async Task A_shop_folder_that_is_not_there_stops_the_start_of_a_shop_that_was_there(string name, string said)
    {
        await (await Open()).DisposeAsync();
        if (name == "unmounted") Directory.CreateDirectory(folder.File($"{name}/journeys"));
        var refused = await Assert.ThrowsAsync<SettingsException>(() => Open($"--Shop:Folder={folder.File(name)}"));
        Assert.Contains($"{folder.File(name)} {said}", refused.Message, StringComparison.Ordinal);
        await (await Open()).DisposeAsync();
    }

    [Fact]
    public async Task The_data_folder_its_database_and_the_outbox_are_their_owner_s_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            whole = file | UnixFileMode.UserExecute;
        for (var start = 0; start < 2; start++)
        {
            await using (var parts = await Open())
            {
                Assert.Equal(whole, File.GetUnixFileMode(folder.File("data")));
                Assert.Equal(whole, File.GetUnixFileMode(folder.File("data/outbox")));
                foreach (var database in Directory.GetFiles(folder.File("data"), "automation.db*"))
                    Assert.Equal((database, file), (database, File.GetUnixFileMode(database)));
            }
            // As an earlier version left it.
            File.SetUnixFileMode(folder.File("data"), (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(folder.File("data/outbox"), (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(folder.File("data/automation.db"), (UnixFileMode)0b110_100_100);
        }
    }

    [Fact]
    public async Task The_key_is_shown_when_it_is_made_and_never_again()
    {
        var said = new List<string>();
        for (var start = 0; start < 2; start++)
        {
            await using var host = await LocalHost.Start(Settings());
            using var words = new StringWriter();
            await Announcement.Print(host, words);
            said.Add(words.ToString());
            Assert.Contains(folder.File("data/api.key"), said[^1], StringComparison.Ordinal);
        }
        var key = await File.ReadAllTextAsync(folder.File("data/api.key"));
        Assert.Equal([true, false], said.Select(words => words.Contains(key, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_is_not_ready_while_another_program_holds_the_database_and_ready_afterwards()
    {
        await using var host = await LocalHost.Start(Settings());
        using var http = new HttpClient { BaseAddress = new(host.Addresses.First()) };
        raw.sqlite3_open(folder.File("data/automation.db"), out var other);
        raw.sqlite3_busy_timeout(other, 10_000);
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other, "BEGIN IMMEDIATE"));
        using (var held = await http.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, held.StatusCode);
            Assert.Contains(
                "another program holds it", await held.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        raw.sqlite3_close(other);
        using var free = await http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_the_erased_no_byte_is_left_after_the_night_nor_after_a_stop(bool stopped)
    {
        // Many around them, so that rows move from page to page.
        var people = Enumerable
            .Range(0, 160)
            .Select(n => (Email: $"gone{n}.kobayashi@example.jp", Erased: n % 4 == 1))
            .ToArray();
        var host = await LocalHost.Start(Settings());
        try
        {
            using var http = new HttpClient { BaseAddress = new(host.Addresses.First()) };
            for (var n = 0; n < people.Length; n++)
            {
                var order = $$$"""
                    {"specversion":"1.0","id":"o{{{n}}}","source":"s","type":"order.placed","data":{"id":"{{{n}}}",
                      "currency":"JPY","total":100,"lines":[],
                     "customer":{"id":"c{{{n}}}","email":"{{{people[n].Email}}}","familyName":"姓{{{n}}}幻",
                       "phone":"+8190{{{12340000 + n}}}","acceptsMarketing":true} } }
                    """;
                using var posted = await http.SendAsync(Post(order, host));
                Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
            }
            while (await host.Get<Tables>().OrderQueue.ApproximateCount() > 0) await Task.Yield();
            await host.Get<EmbeddedTaskHub>().WaitForIdleAsync();
            foreach (var (email, erased) in people.Where(one => one.Erased))
            {
                var id = (await host.Get<CustomerStore>().FindByIdentity(new("email", email)))!.Value.Id;
                Assert.True(await host.Get<Erasure>().Erase(id));
            }
            if (!stopped) await (await FunctionCall.All(host.Services))["KeepRetention"].Run(default);
            else await host.DisposeAsync();
            Find(folder.File("data"), people);
        }
        finally
        {
            if (!stopped) await host.DisposeAsync();
        }
    }

    private void Find(string data, (string Email, bool Erased)[] people)
    {
        var copy = Directory.CreateDirectory(folder.File("copy")).FullName;
        foreach (var file in Directory.GetFiles(data, "automation.db*"))
        {
            using var cp = Process.Start("cp", [file, copy]);
            cp.WaitForExit();
        }
        var bytes =
            string.Concat(Directory.GetFiles(copy).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        var left = people.Select((one, n) => (one, n)).Where(p => p.one.Erased && (bytes.Contains(
            p.one.Email, StringComparison.OrdinalIgnoreCase)
            || bytes.Contains(
                Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"姓{p.n}幻")),
                StringComparison.Ordinal) || bytes.Contains($"+8190{12340000 + p.n}", StringComparison.Ordinal)));
        Assert.Empty(left);
        Assert.All(
            people.Where(one => !one.Erased), one => Assert.Contains(one.Email, bytes, StringComparison.Ordinal));
    }

    private static HttpRequestMessage Post(string body, LocalHost host)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var secret = File.ReadAllText(Path.Combine(host.Get<Settings>().DataFolder, "demo.secret"));
        var request = RunningShop.Generic(bytes, secret);
        request.RequestUri = new("/webhooks/orders/demo", UriKind.Relative);
        return request;
    }

    private Settings Settings(params string[] more) => SettingsReader.Read(SettingsReader.Gather(
        ["--Urls=http://127.0.0.1:0", $"--Data:Folder={folder.File("data")}",
            $"--Shop:Folder={folder.File("shop")}", .. more]));

    private Task<OneMachine> Open(params string[] more) => OneMachine.Open(Settings(more));
}
