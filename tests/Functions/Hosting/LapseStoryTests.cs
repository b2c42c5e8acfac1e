using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Tests.WholeThing;
using MimeKit;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The README's story in time-lapse: the real server, its real queue, timers and outbox, with a wall clock
/// that the test moves as fast as it can.</summary>
public sealed class LapseStoryTests
{
    // a Tuesday, 9:00 in Tokyo
    private static readonly DateTimeOffset Begin = new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Diary =
    [
        "2026-11-03 09:00 welcome/thank-you",
        "2026-11-07 10:00 welcome/enjoy",
        "2026-11-17 09:00 second-purchase/how-is-it",
        "2026-11-24 09:00 second-purchase/next-for-you",
    ];

    [Fact]
    public async Task At_a_day_a_second_the_outbox_is_the_diarys_also_where_the_machine_is_busy()
    {
        using var busy = new CancellationTokenSource();
        var other = Task.Factory.StartNew(() => Spin(busy.Token), TaskCreationOptions.LongRunning);
        try
        {
            var outbox = await Outbox(TimeSpan.FromDays(24));
            Assert.Equal(Diary, outbox.Where(mail => !mail.Contains(" weekly/", StringComparison.Ordinal)));
            // The newsletter goes out beside it, on its own weekday, every text once.
            var letters = outbox
                .Where(mail => mail.Contains(" weekly/", StringComparison.Ordinal))
                .Select(mail => mail[..mail.IndexOf(" weekly", StringComparison.Ordinal)])
                .ToList();
            Assert.NotEmpty(letters);
            Assert.All(letters, day => Assert.Equal(
                DayOfWeek.Wednesday,
                DateTime.ParseExact(day, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).DayOfWeek));
            Assert.Distinct(letters);
        }
        finally
        {
            await busy.CancelAsync();
            await other;
        }
    }

    [Fact]
    public async Task A_time_lapse_stands_while_the_program_is_stopped_and_never_runs_back()
    {
        using var data = new TemporaryFolder();
        var wall = new HandTime(Begin);
        TimeProvider time;
        await using (var host = await Start(data.Path, wall, 86_400))
        {
            await Pass(host, wall, TimeSpan.FromDays(3));
            time = host.Get<TimeProvider>();
        }
        // Steps under way when it was told to stop are done by now.
        var stopped = time.GetUtcNow();
        wall.Advance(TimeSpan.FromHours(1));
        Assert.Equal(stopped, Clock.Lapse(data.Path, 86_400, wall).Time.GetUtcNow());
        var ordinary = Clock.Open(data.Path, 1, wall);
        Assert.Equal(stopped, ordinary.GetUtcNow());
        wall.Advance(TimeSpan.FromHours(1));
        Assert.Equal(stopped.AddHours(1), ordinary.GetUtcNow());
        Assert.Equal(stopped.AddHours(1), Clock.Open(data.Path, 1, wall).GetUtcNow());
    }

    [Fact]
    public async Task Figures_follow_the_shops_clock_and_an_issue_is_in_them_as_soon_as_it_is_sent()
    {
        using var data = new TemporaryFolder();
        var wall = new HandTime(new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        await using var host = await Start(data.Path, wall, 86_400, TestShop.Write(newsletter: true));
        using var http = new HttpClient
        {
            BaseAddress = new Uri(host.Addresses.First()),
            DefaultRequestHeaders = { Authorization = new("Bearer", RunningShop.Key) }
        };
        await Post(http, Order);
        await Pass(host, wall, TimeSpan.FromHours(26));
        Assert.Equal("weekly 1 of 1", Issues(await Insights()));
        await Pass(host, wall, TimeSpan.FromDays(3));
        var insights = await Insights();
        Assert.True(host.Get<TimeProvider>().GetUtcNow() - insights.GetProperty(
            "countedAt").GetDateTimeOffset() < TimeSpan.FromHours(8));
        Assert.Equal(1, insights.GetProperty("thanks").GetProperty("last7Days").GetProperty("sinceOrder").GetProperty(
            "count").GetInt32());

        async Task<JsonElement> Insights() =>
            JsonDocument.Parse(await http.GetStringAsync("/api/insights")).RootElement;
        static string Issues(JsonElement insights) => string.Join(", ", insights.GetProperty(
            "newsletters").EnumerateArray()
            .Select(one =>
                $"{one.GetProperty("newsletter")} {one.GetProperty("sent")} of {one.GetProperty("issues")}"));
    }

    private const string Order = """
        {"specversion":"1.0","id":"1001-placed","source":"me","type":"order.placed","data":{
          "id":"1001","number":"#1001","currency":"JPY","total":5456,
          "lines":[{"productId":"sencha-asamoya","title":"深蒸し煎茶「朝もや」 80g","quantity":2,"price":1298},
                   {"productId":"kohiki-yunomi","title":"粉引の湯のみ","quantity":1,"price":2860}],
          "customer":{"id":"7","email":"aoi.sato@example.jp","familyName":"佐藤","givenName":"葵",
            "acceptsMarketing":true}}}
        """;

    private static async Task<string[]> Outbox(TimeSpan days)
    {
        using var data = new TemporaryFolder();
        var wall = new HandTime(Begin);
        await using var host = await Start(data.Path, wall, 86_400);
        using var http = new HttpClient { BaseAddress = new Uri(host.Addresses.First()) };
        await Post(http, Order);
        await Post(http,
            """{"specversion":"1.0","id":"1001-fulfilled","source":"me","type":"order.fulfilled","data":"""
            + """{"id":"1001"}}""");
        await Pass(host, wall, days);
        return [.. Letters.To(Path.Combine(data.Path, "outbox"), "aoi.sato@example.jp").Select(Line)
            .Order(StringComparer.Ordinal)];
    }

    private static Task<LocalHost> Start(string data, TimeProvider wall, double rate, string? shop = null) =>
        LocalHost.Start(SettingsReader.Read(SettingsReader.Gather(
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Folder={data}", $"--Api:Key={RunningShop.Key}",
            $"--Shop:Folder={shop ?? Path.Combine(AppContext.BaseDirectory, "shop")}",
            "--Sources:generic:Platform=generic", $"--Sources:generic:Secret={RunningShop.Secret}",
            string.Create(CultureInfo.InvariantCulture, $"--Clock:Rate={rate}"),
        ])), wall: wall);

    private static async Task Post(HttpClient http, string body)
    {
        using var answer = await http.SendAsync(RunningShop.Generic(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task Pass(LocalHost host, HandTime wall, TimeSpan time)
    {
        var end = host.Get<TimeProvider>().GetUtcNow() + time;
        while (host.Get<TimeProvider>().GetUtcNow() < end)
        {
            wall.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private static string Line(MimeMessage letter) => string.Create(
        CultureInfo.InvariantCulture,
        $"{letter.Date.ToOffset(TimeSpan.FromHours(9)):yyyy-MM-dd HH:mm} {letter.Mail()}");

    private static void Spin(CancellationToken until)
    {
        while (!until.IsCancellationRequested) Thread.SpinWait(10_000);
    }
}
