using Automation.Functions.Commands;
using Automation.Functions.Simulation;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing.Chat;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Tests.Simulation;

/// <summary>Every scenario of the shop is a test: the diary that must come out.</summary>
[Long(30)]
public sealed class DiaryTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "shop");
    private static readonly Lazy<ShopContents> Shop = new(() => ShopFolder.Read(Folder));

    /// <summary>What the documentation shows.</summary>
    private static readonly string Examples = Path.Combine(AppContext.BaseDirectory, "examples");
    private static readonly Lazy<ShopContents> Shown = new(() => ShopFolder.Read(Examples));

    public static TheoryData<string> Scenarios => In(Folder);
    public static TheoryData<string> ExampleScenarios => In(Examples);

    private static TheoryData<string> In(string folder) => [.. Directory
        .EnumerateFiles(Path.Combine(folder, "tests"), "*.json").Where(file => !ChatScenario.Is(file))
        .Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Scenarios))]
    public async Task The_diary_is_what_the_scenario_says(string file)
    {
        var scenario = Shop.Value.Scenarios.Single(known => Path.GetFileName(known.Key) == file).Value;
        Assert.Empty(DiaryFormat.Differences(scenario.Diary, await Simulator.Play(Folder, Shop.Value.Shop!, scenario)));
    }

    [Theory, MemberData(nameof(ExampleScenarios))]
    public async Task The_diary_of_an_example_is_what_its_scenario_says(string file)
    {
        var scenario = Shown.Value.Scenarios.Single(known => Path.GetFileName(known.Key) == file).Value;
        Assert.Empty(DiaryFormat.Differences(
            scenario.Diary, await Simulator.Play(Examples, Shown.Value.Shop!, scenario)));
    }

    [Fact]
    public void The_examples_have_nothing_wrong_and_every_journey_of_theirs_is_played()
    {
        using var said = new StringWriter();
        Assert.Equal(CommandLine.Fine, ValidateCommand.Run(Examples, said));
        Assert.DoesNotContain("warning", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            Shown.Value.Journeys.Keys.Order(StringComparer.Ordinal),
            Shown.Value.Scenarios.Values.Select(one => one.Journey).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_diary_that_came_out_otherwise_is_shown_line_by_line()
    {
        var scenario = Shop.Value.Scenarios.First(known => known.Key.EndsWith(
            "second-purchase.buys-again.json", StringComparison.Ordinal)).Value;
        var said = await Simulator.Play(Folder, Shop.Value.Shop!, scenario);
        Assert.Contains(DiaryFormat.Differences([.. scenario.Diary, "day 99 00:00 completed"], said),
            line => line.StartsWith("- day 99", StringComparison.Ordinal));
    }

    [Fact]
    public void The_shop_as_shipped_has_nothing_wrong() =>
        Assert.Equal(CommandLine.Fine, ValidateCommand.Run(Folder, TextWriter.Null));

    [Fact]
    public void One_of_a_kind_is_not_called_many()
    {
        using var said = new StringWriter();
        Assert.Equal(CommandLine.Fine, ValidateCommand.Run(TestShop.Write(newsletter: true), said));
        Assert.Equal("1 journey, 3 mails, 1 newsletter with 1 issue, 0 scenarios: all right", said.ToString().Trim());
    }
}
