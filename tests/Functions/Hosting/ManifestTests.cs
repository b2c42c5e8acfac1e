using System.Text;
using Automation.Functions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Functions.Tests.Hosting;

public sealed class ManifestTests
{
    private readonly IReadOnlyList<Manifest> manifests = Manifest.ReadAll(AppContext.BaseDirectory);

    [Fact]
    public async Task Every_manifest_has_its_handler_and_every_handler_its_manifest()
    {
        using var data = new TemporaryFolder();
        RunningShop.WriteShop(data.File("shop"));
        var settings = SettingsReader.Read(SettingsReader.Gather([$"--Data:Folder={data.Path}", $"--Shop:Folder={data.File("shop")}"]));
        await using var parts = await Parts.Open(settings, NullLoggerFactory.Instance);
        Assert.NotEmpty(manifests);
        Assert.Empty(Functions.Of(parts).Mismatches(manifests));
    }

    [Fact]
    public void No_two_functions_answer_the_same_method_of_the_same_route()
    {
        var routes = from manifest in manifests
                     let http = manifest.Trigger as Trigger.Http
                     where http is not null
                     from method in http.Methods
                     group manifest.Function by $"{method} /{System.Text.RegularExpressions.Regex.Replace(http.Route, @"\{[^}]*\}", "{}")}";
        Assert.All(routes, route => Assert.True(route.Count() == 1, $"{route.Key}: {string.Join(", ", route)}"));
    }

    [Fact]
    public void Every_schedule_can_be_read() =>
        Assert.All(manifests.Select(m => m.Trigger).OfType<Trigger.Timer>(), timer => Assert.NotNull(Schedule.Parse(timer.Schedule).Next(DateTimeOffset.UnixEpoch)));

    [Fact]
    public void Every_http_function_answers_through_its_http_output() =>
        Assert.All(manifests.Where(m => m.Trigger is Trigger.Http), m =>
            Assert.Contains("\"type\": \"http\"", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, m.Function, "function.json")), StringComparison.Ordinal));

    [Fact]
    public void A_handler_without_manifest_and_a_manifest_without_handler_are_told_apart()
    {
        Manifest[] odd = [new("Nobody", new Trigger.Timer("0 0 0 * * *"))];
        Assert.Equal(["Nobody: its manifest says Timer, but there is no such handler."], new Functions().Mismatches(odd));
    }

    [Theory]
    [InlineData("""{"bindings":[]}""", "exactly one trigger")]
    [InlineData("""{"bindings":[{"type":"blobTrigger"}]}""", "blobTrigger")]
    [InlineData("""{"bindings":[{"type":"queueTrigger"}]}""", "queueName")]
    public void A_manifest_that_makes_no_sense_is_refused_by_name(string json, string said)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Manifest.Read("Odd", Encoding.UTF8.GetBytes(json)));
        Assert.Contains("Odd", refused.Message, StringComparison.Ordinal);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }
}
