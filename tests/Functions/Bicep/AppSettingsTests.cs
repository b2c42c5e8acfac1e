using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace Automation.Functions.Tests.Bicep;

public sealed class AppSettingsTests
{
    /// <summary>What the program reads and Azure need not set, and why.</summary>
    private static readonly Dictionary<string, string> Unset = new()
    {
        ["Urls"] = "the Functions host gives the port",
        ["Shop:Folder"] = "the shop's files are beside the program in the package",
        ["Storage:ConnectionString"] = "keys are switched off",
        ["Clock:Rate"] = "standalone only",
        ["Mail:SettleAfter"] = "its default is right",
        ["Site:Proxies"] = "the Functions host calls from this machine",
    };

    /// <summary>What the Functions host, its platform, .NET, Azure.Identity and OpenTelemetry read.</summary>
    private static readonly string[] Foreign =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "AzureFunctionsJobHost__logging__logLevel__default", "AzureFunctionsJobHost__logging__logLevel__Host",
        "AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__maxTelemetryItemsPerSecond",
        "AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__excludedTypes",
        "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID",
        "AzureWebJobsDisableHomepage", "AZURE_CLIENT_ID", "DOTNET_GCgen0size", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SERVICE_NAME", "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
    ];

    private static readonly string[] OfASource = ["Sources:*:Platform", "Sources:*:Secret", "Sources:*:PreviousSecret"];
    private static readonly Dictionary<string, Expression> Settings = SettingsOf(Folder.Read("modules/app.bicep"));

    [Fact]
    public void Everything_the_program_reads_is_set_or_right_without()
    {
        var read = Known().SelectMany(section => section.Value, (section, name) => $"{section.Key}:{name}").Concat(OfASource).Append("Urls").Order(StringComparer.Ordinal);
        var set = Settings.Keys.Except(Foreign).Select(Key).Concat(Unset.Keys).Order(StringComparer.Ordinal);
        Assert.Equal(read, set);
    }

    [Fact]
    public void Everything_that_is_set_is_read_by_somebody() => Assert.DoesNotContain(Settings.Keys, name => !IsRead(name));

    [Theory]
    [InlineData("Mail__Frm")]
    [InlineData("Sources__*__Secert")]
    [InlineData("AzureWebJobsStorage__account")]
    public void A_setting_nobody_reads_is_noticed(string name) => Assert.False(IsRead(name));

    [Fact]
    public void Every_name_is_one_that_Linux_takes() => Assert.All(Settings.Keys, name => Assert.Matches("^[A-Za-z0-9_*]+$", name));

    [Fact]
    public void Secrets_are_only_referred_to()
    {
        string[] secrets = [.. Settings.Keys.Where(name => Regex.IsMatch(name, "Secret$|ApiKey$|__Key$|PublicKey$"))];
        Assert.Equal(["Api__Key", "SendGrid__ApiKey", "SendGrid__WebhookPublicKey", "Sources__*__PreviousSecret", "Sources__*__Secret"], secrets.Order(StringComparer.Ordinal));
        Assert.All(secrets, name => Assert.Equal($"*{name.Replace("__", "--", StringComparison.Ordinal)})", Assert.IsType<Expression.Text>(Settings[name]).Letters));
        Assert.All(secrets, name => Assert.Equal("secretNamed", Assert.IsType<Expression.Name>(Assert.IsType<Expression.Text>(Settings[name]).Inside[0]).Id));
    }

    [Fact]
    public void Every_secret_and_every_role_is_in_the_instructions()
    {
        var instructions = Folder.Document("docs/deploying.md");
        Assert.All(["Api--Key", "SendGrid--ApiKey", "SendGrid--WebhookPublicKey", "Sources--shop--Secret"], secret => Assert.Contains(secret, instructions, StringComparison.Ordinal));
        Assert.All(Folder.Main.Of<Declaration.Output>(), output => Assert.Contains(output.Name, instructions, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("functions/Properties/launchSettings.json")]
    [InlineData("tests/Benchmarks/Properties/launchSettings.json")]
    public void Garbage_is_collected_as_often_on_Azure_as_by_dotnet_run_and_in_the_benchmarks(string path)
    {
        var profile = JsonDocument.Parse(Folder.Document(path)).RootElement.GetProperty("profiles").EnumerateObject().Single().Value;
        Assert.Equal(Assert.IsType<Expression.Text>(Settings["DOTNET_GCgen0size"]).Letters, profile.GetProperty("environmentVariables").GetProperty("DOTNET_GCgen0size").GetString());
    }

    public static TheoryData<string> Parameters => [.. Folder.Parameters];

    [Theory, MemberData(nameof(Parameters))]
    public void The_sources_of_a_parameter_file_are_such_as_the_program_takes(string path)
    {
        var sources = Assert.IsType<Expression.Array>(Folder.Read(path).Parameter("sources")?.Value).Items.OfType<Expression.Object>().ToList();
        Assert.NotEmpty(sources);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(sources.SelectMany(source => (KeyValuePair<string, string?>[])
            [new($"Sources:{Letters(source, "name")}:Platform", Letters(source, "platform")), new(
                $"Sources:{Letters(source, "name")}:Secret", "0123456789abcdef")])).Build();
        Assert.Equal(sources.Count, SettingsReader.Read(configuration).Sources.Count);
        Assert.All(sources, source => Assert.Matches("^[a-z0-9]+$", Letters(source, "name")));
        Assert.All(sources, source => Assert.IsType<Expression.Literal>(source["rotating"]));
    }

    private static Dictionary<string, Expression> SettingsOf(BicepFile file) => file.Expressions.OfType<Expression.Object>()
        .Where(setting => setting.Properties.Select(property => property.Name.Letters).SequenceEqual(["name", "value"]))
        .ToDictionary(setting => Letters(setting, "name"), setting => setting["value"]!);

    private static string Letters(Expression.Object of, string property) => Assert.IsType<Expression.Text>(of[property]).Letters;
    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);
    private static bool IsRead(string name) => Foreign.Contains(name) || (Key(name).StartsWith("Sources:", StringComparison.Ordinal) ? OfASource.Contains(Key(name)) : SettingsReader.IsKey(Key(name)));

    private static Dictionary<string, string[]> Known() =>
        Assert.IsType<Dictionary<string, string[]>>(typeof(SettingsReader).GetField("Known", BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null));
}
