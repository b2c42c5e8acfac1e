using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
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
        ["Chat:Model"] = "a shop that wants one sets it by itself: docs/chat.md",
        ["Clock:Rate"] = "standalone only",
        ["Mail:SettleAfter"] = "its default is right",
        ["Demo:Customers"] = "the demo is for one machine",
        ["Api:PreviousKey"] = "only while the key is being changed",
        ["Api:Keys"] = "people get keys of their own one by one: docs/security.md",
        ["Dns:Server"] = "doctor asks on the machine it runs on",
        ["Metrics:Enabled"] = "several machines would each tell their own; figures go by OTLP",
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
        "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "WEBSITE_RUN_FROM_PACKAGE",
        "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID",
        "AzureWebJobsDisableHomepage", "AZURE_CLIENT_ID", "DOTNET_GCgen0size", "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_SERVICE_NAME", "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
    ];

    private static readonly string[] OfASource = ["Sources:*:Platform", "Sources:*:Secret", "Sources:*:PreviousSecret"];

    /// <summary>On either plan.</summary>
    private static IEnumerable<string> Names => Deployment.Dev.Settings.Keys.Union(Deployment.Prod.Settings.Keys);

    [BicepFact]
    public void Everything_the_program_reads_is_set_or_right_without()
    {
        var read = Known().SelectMany(section => section.Value, (section, name) => $"{section.Key}:{name}")
            .Concat(OfASource).Append("Urls").Order(StringComparer.Ordinal);
        var set = Names.Except(Foreign).Select(Key).Concat(Unset.Keys).Order(StringComparer.Ordinal);
        Assert.Equal(read, set);
    }

    [BicepFact]
    public void Everything_that_is_set_is_read_by_somebody() => Assert.DoesNotContain(Names, name => !IsRead(name));

    [Theory]
    [InlineData("Mail__Frm")]
    [InlineData("Sources__shop__Secert")]
    [InlineData("AzureWebJobsStorage__account")]
    public void A_setting_nobody_reads_is_noticed(string name) => Assert.False(IsRead(name));

    [BicepFact]
    public void Every_name_is_one_that_Linux_takes() =>
        Assert.All(Names, name => Assert.Matches("^[A-Za-z0-9_]+$", name));

    [BicepFact]
    public void The_host_runs_the_program_as_an_isolated_worker_on_the_NET_it_was_published_for()
    {
        var flex = Site(Deployment.Dev).GetProperty("functionAppConfig").GetProperty("runtime");
        Assert.Equal("dotnet-isolated", flex.GetProperty("name").GetString());
        Assert.Equal($"{Environment.Version.Major}.0", flex.GetProperty("version").GetString());
        Assert.DoesNotContain("FUNCTIONS_WORKER_RUNTIME", Deployment.Dev.Settings.Keys);
        Assert.Equal("dotnet-isolated", Deployment.Prod.Settings["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal(
            $"DOTNET-ISOLATED|{Environment.Version.Major}.0",
            Site(Deployment.Prod).GetProperty("siteConfig").GetProperty("linuxFxVersion").GetString());

        static JsonElement Site(Deployment deployment) =>
            deployment.Resources("Microsoft.Web/sites").Single().GetProperty("properties");
    }

    [BicepFact]
    public void Secrets_are_only_referred_to()
    {
        string[] secrets = [.. Names.Where(name => Regex.IsMatch(name, "Secret$|ApiKey$|__Key$|PublicKey$"))];
        Assert.Equal(
            ["Api__Key", "SendGrid__ApiKey", "SendGrid__WebhookPublicKey", "Sources__shop__PreviousSecret",
                "Sources__shop__Secret"],
            secrets.Order(StringComparer.Ordinal));
        var vault = Assert.Single(Deployment.Dev.Names("Microsoft.KeyVault/vaults"));
        Assert.All(secrets, name => Assert.Equal(
            $"@Microsoft.KeyVault(VaultName={vault};SecretName={name.Replace("__", "--", StringComparison.Ordinal)})",
            Deployment.Dev.Settings[name]));
    }

    [BicepFact]
    public void A_previous_secret_counts_only_while_it_is_rotating() =>
        Assert.DoesNotContain("Sources__shop__PreviousSecret", Deployment.Prod.Settings.Keys);

    [BicepFact]
    public void Every_secret_and_every_role_is_in_the_instructions()
    {
        var instructions = Folder.Document("docs/deploying.md");
        string[] secrets = ["Api--Key", "SendGrid--ApiKey", "SendGrid--WebhookPublicKey", "Sources--shop--Secret"];
        Assert.All(secrets.Concat(Deployment.Dev.Outputs),
            name => Assert.Contains(name, instructions, StringComparison.Ordinal));
    }

    [BicepTheory]
    [InlineData("functions/Properties/launchSettings.json")]
    [InlineData("tests/Benchmarks/Properties/launchSettings.json")]
    public void Garbage_is_collected_as_often_on_Azure_as_by_dotnet_run_and_in_the_benchmarks(string path)
    {
        var profile = JsonDocument.Parse(Folder.Document(path)).RootElement.GetProperty("profiles").EnumerateObject()
            .Single().Value;
        Assert.Equal(
            Deployment.Prod.Settings["DOTNET_GCgen0size"],
            profile.GetProperty("environmentVariables").GetProperty("DOTNET_GCgen0size").GetString());
    }

    [BicepTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_sources_of_a_parameter_file_are_such_as_the_program_takes(bool prod)
    {
        var set = (prod ? Deployment.Prod : Deployment.Dev).Settings.Where(
            setting => setting.Key.StartsWith("Sources__", StringComparison.Ordinal));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(set.Select(setting => KeyValuePair.Create(
            Colons(setting.Key),
            setting.Key.EndsWith("Secret", StringComparison.Ordinal) ? "0123456789abcdef" : setting.Value))!).Build();
        Assert.NotEmpty(SettingsReader.Read(configuration).Sources);
    }

    private static string Colons(string name) => name.Replace("__", ":", StringComparison.Ordinal);
    private static string Key(string name) => Regex.Replace(Colons(name), "^Sources:[a-z0-9]+:", "Sources:*:");
    private static bool IsRead(string name) => Foreign.Contains(name) || OfASource.Contains(Key(name))
        || SettingsReader.IsKey(Key(name)) && !Key(name).StartsWith("Sources:", StringComparison.Ordinal);

    private static Dictionary<string, string[]> Known() =>
        Assert.IsType<Dictionary<string, string[]>>(
            typeof(SettingsReader).GetField("Known", BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null));
}
