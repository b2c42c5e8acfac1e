using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Functions.Metrics;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;

namespace Automation.Functions.Tests.Telemetry;

/// <summary><c>/metrics</c> as Prometheus reads it.</summary>
public sealed partial class MetricsTests(AskedShop asked) : IClassFixture<AskedShop>
{
    [Fact]
    public async Task An_order_and_its_mail_are_in_the_figures_of_the_built_program_behind_a_viewer_s_key()
    {
        await using var product = new ProductProcess(new()
        {
            ["Shop:Folder"] = TestShop.Write(),
            ["Metrics:Enabled"] = "true",
            ["Api:Keys:prometheus:Key"] = "a-key-for-prometheus",
            ["Api:Keys:prometheus:Role"] = "viewer",
        });
        await product.Start();
        using (var stranger = new HttpClient { BaseAddress = product.Http.BaseAddress })
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/metrics")).StatusCode);
        product.Http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", "a-key-for-prometheus");
        using (var order = ShopifyOrder.Created(1, DateTimeOffset.UtcNow))
            (await product.Http.SendAsync(order)).EnsureSuccessStatusCode();
        var figures = await product.Until(
            async () => await Read(product) is var read
                && read.ContainsKey("automation_sends_accepted_total{channel=email,mail=three/thank-you,"
                    + "purpose=transactional}")
                && read.GetValueOrDefault("automation_queue_messages{queue=orders}", 1) == 0 ? read : null,
            TimeSpan.FromSeconds(30), "the mail is counted");
        foreach (var (figure, value) in ((string, double)[])[
            ("automation_orders_total{source=demo}", 1),
            ("automation_webhooks_total{answer=accepted,source=demo}", 1),
            ("automation_sends_accepted_total{channel=email,mail=three/thank-you,purpose=transactional}", 1),
            ("automation_thankyou_latency_seconds_count{journey=three}", 1),
            ("automation_thankyou_latency_seconds_bucket{journey=three,le=+Inf}", 1),
            ("automation_attention{kind=uncertain}", 0)])
            Assert.True(
                figures.TryGetValue(figure, out var is1) && is1 == value,
                $"{figure} is not {value}:\n{string.Join('\n', figures)}");
        Assert.True(figures["automation_disk_free_bytes{}"] > 0);
        Assert.True(figures["automation_queue_age_seconds_sum{queue=orders}"] >= 0);
        var buckets = figures.Where(one => one.Key.StartsWith(
            "automation_thankyou_latency_seconds_bucket", StringComparison.Ordinal)).Select(one => one.Value);
        Assert.Equal(buckets.Order(), buckets);
    }

    [Fact]
    public async Task Where_nobody_wants_them_no_figures_are_kept_and_it_says_how_they_would_be()
    {
        using var answer = await asked.Shop.Api(HttpMethod.Get, "/metrics");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Metrics:Enabled", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issue_s_recipients_are_told_as_the_API_tells_them()
    {
        var text = new PrometheusText();
        await asked.Shop.Product.Get<StandingFigures>().Write(text, default);
        var figures = Parse(text.ToString());
        using var answer = await asked.Shop.Api(HttpMethod.Get, "/api/newsletters/weekly/issues/2026-12-02");
        var report = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            report.GetProperty("sent").GetInt32(),
            figures["automation_issue_recipients{issue=2026-12-02,newsletter=weekly,state=sent}"]);
        Assert.Equal(
            report.GetProperty("audience").GetInt32(),
            figures.Where(one => one.Key.Contains("2026-12-02", StringComparison.Ordinal)).Sum(one => one.Value));
        Assert.Equal(1, figures["automation_attention{kind=parked}"]);
    }

    [Fact]
    public void What_stands_in_names_is_escaped()
    {
        var text = new PrometheusText()
            .Family("a", "gauge", "one\ntwo\\", [new("", [("mail", "a\"b\\c\nd")], 0.5)])
            .Family("none", "gauge", "nothing", []);
        Assert.Equal("# HELP a one\\ntwo\\\\\n# TYPE a gauge\na{mail=\"a\\\"b\\\\c\\nd\"} 0.5\n", text.ToString());
    }

    private static async Task<Dictionary<string, double>> Read(ProductProcess product)
    {
        using var answer = await product.Http.GetAsync("/metrics");
        answer.EnsureSuccessStatusCode();
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var text = await answer.Content.ReadAsStringAsync();
        foreach (var personal in (string[])["customer1", "example.jp", "佐藤"])
            Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
        return Parse(text);
    }

    /// <summary>Every line is one that the format knows; by name and sorted labels.</summary>
    private static Dictionary<string, double> Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var (found, types) = (new Dictionary<string, double>(), new HashSet<string>());
        foreach (var line in text.Split('\n')[..^1])
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) Assert.True(types.Add(line.Split(' ')[2]), line);
            if (line[0] == '#') continue;
            var sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            var labels = Label().Matches(sample.Groups["labels"].Value)
                .Select(label => $"{label.Groups[1].Value}={label.Groups[2].Value}").Order(StringComparer.Ordinal);
            found.Add($"{sample.Groups["name"].Value}{{{string.Join(',', labels)}}}",
                double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture));
        }
        return found;
    }

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*)\})? """
        + "(?<value>[0-9.E+-]+)$")]
    private static partial Regex Sample();

    [GeneratedRegex("([a-z_]+)=\"([^\"]*)\"")]
    private static partial Regex Label();
}
