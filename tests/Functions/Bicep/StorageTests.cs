using System.Text.Json;
using System.Text.RegularExpressions;

namespace Automation.Functions.Tests.Bicep;

public sealed class StorageTests
{
    private static readonly string Schema = Folder.Document("shared/Marketing/Tables.cs");

    [BicepFact]
    public void Azure_has_the_tables_of_the_schema() =>
        Assert.Equal(InSchema("GetTable"), Made("Microsoft.Storage/storageAccounts/tableServices/tables"));

    [BicepFact]
    public void Azure_has_the_queues_of_the_schema_and_where_their_hopeless_messages_go() => Assert.Equal(
        typeof(Marketing.Queues).GetFields().Select(field => (string)field.GetValue(null)!)
            .SelectMany(queue => (string[])[queue, $"{queue}-poison"]).Order(StringComparer.Ordinal),
        Made("Microsoft.Storage/storageAccounts/queueServices/queues"));

    [BicepFact]
    public void Every_alert_on_a_figure_is_explained()
    {
        var figures = Deployment.Dev.Resources("Microsoft.Insights/scheduledQueryRules")
            .SelectMany(rule => Regex.Matches(Query(rule), @"automation(\.[A-Za-z]+)+")).Select(figure => figure.Value)
            .Distinct().ToList();
        Assert.NotEmpty(figures);
        Assert.All(figures,
            figure => Assert.Contains($"`{figure}`", Folder.Document("docs/deploying.md"), StringComparison.Ordinal));
    }

    [BicepFact]
    public void The_alert_of_silence_reads_what_the_host_counts_of_a_timer_of_every_minute()
    {
        var query = Query(Deployment.Dev.Resources("Microsoft.Insights/scheduledQueryRules")
            .Single(rule => rule.GetProperty("name").GetString()!.EndsWith("-silent", StringComparison.Ordinal)));
        var function = Assert.Single(Regex.Matches(query, "Name == '([A-Za-z]+) Successes'")).Groups[1].Value;
        Assert.Contains("AppMetrics", query, StringComparison.Ordinal);
        Assert.Contains(
            "\"0 * * * * *\"", Folder.Document($"functions/Newsletters/{function}.cs"), StringComparison.Ordinal);
        var levels = JsonDocument.Parse(Folder.Document("host.json")).RootElement.GetProperty("logging")
            .GetProperty("logLevel");
        Assert.Equal("Information", levels.GetProperty("Host.Aggregator").GetString());
    }

    private static string Query(JsonElement rule) =>
        rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query")
            .GetString()!;

    private static IEnumerable<string> InSchema(string get) => Regex.Matches(Schema, $"{get}\\(\"([^\"]+)\"\\)")
        .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Made(string type) => Deployment.Dev.Names(type).Order(StringComparer.Ordinal);
}
