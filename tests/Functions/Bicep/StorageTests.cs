using System.Text.Json;
using System.Text.RegularExpressions;

namespace Automation.Functions.Tests.Bicep;

public sealed class StorageTests
{
    private static readonly string Schema = Folder.Document("shared/Marketing/Tables.cs");

    [Fact]
    public void Azure_has_the_tables_of_the_schema() => Assert.Equal(InSchema("GetTable"), InTemplate("tables"));

    [Fact]
    public void Azure_has_the_queues_of_the_schema_and_where_their_hopeless_messages_go() =>
        Assert.Equal(InSchema("GetQueue").SelectMany(queue => (string[])[queue, $"{queue}-poison"]).Order(StringComparer.Ordinal), InTemplate("queues"));

    [Fact]
    public void Every_alert_on_a_figure_is_explained() =>
        Assert.All(Folder.Read("modules/alerts.bicep").Expressions.OfType<Expression.Text>().Where(text => text.Letters.StartsWith("automation.", StringComparison.Ordinal)),
            figure => Assert.Contains($"`{figure.Letters}`", Folder.Document("docs/deploying.md"), StringComparison.Ordinal));

    [Fact]
    public void The_alert_of_silence_reads_what_the_host_counts_of_a_timer_of_every_minute()
    {
        var query = Assert.IsType<Expression.Text>(Folder.Read("modules/alerts.bicep").Of<Declaration.Variable>().Single(declared => declared.Name == "ticked").Value).Letters;
        var function = Assert.Single(Regex.Matches(query, "Name == '([A-Za-z]+) Successes'")).Groups[1].Value;
        Assert.Contains("AppMetrics", query, StringComparison.Ordinal);
        Assert.Contains("\"0 * * * * *\"", Folder.Document($"functions/Newsletters/{function}.function.json"), StringComparison.Ordinal);
        var levels = JsonDocument.Parse(Folder.Document("host.json")).RootElement.GetProperty("logging").GetProperty("logLevel");
        Assert.Equal("Information", levels.GetProperty("Host.Aggregator").GetString());
    }

    private static IEnumerable<string> InSchema(string get) => Regex.Matches(Schema, $"{get}\\(\"([^\"]+)\"\\)").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

    private static IEnumerable<string> InTemplate(string variable)
    {
        var value = Folder.Read("modules/storage.bicep").Of<Declaration.Variable>().Single(declared => declared.Name == variable).Value;
        return Assert.IsType<Expression.Array>(value).Items.Select(item => Assert.IsType<Expression.Text>(item).Letters).Order(StringComparer.Ordinal);
    }
}
