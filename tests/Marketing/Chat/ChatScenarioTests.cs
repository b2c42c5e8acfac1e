using System.Text;
using Automation.Marketing.Chat;
using Automation.Marketing.Files;

namespace Automation.Marketing.Tests.Chat;

public sealed class ChatScenarioTests
{
    public static TheoryData<string> Files => [.. TeaShop.Scenarios.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void What_comes_back_is_what_the_scenario_says(string file) =>
        Assert.Empty(ChatPlay.Differences(TeaShop.Scenarios[file], TeaShop.Shop, TeaShop.Index));

    [Fact]
    public void The_shop_is_asked_by_day_and_night_in_two_languages_by_people_known_and_unknown()
    {
        var talks = TeaShop.Scenarios.Values.SelectMany(chat => chat.Talks).ToList();
        Assert.True(talks.Count >= 60, $"{talks.Count} conversations");
        Assert.True(talks.Count(talk => talk.At.Hour is >= 20 or < 8) >= 10);
        Assert.True(talks.Count(talk => talk.IsLinked) >= 10);
        Assert.True(talks.Count(talk => talk.Turns[0].Says.Any(c => c is >= 'a' and <= 'z')) >= 8);
    }

    [Theory]
    [InlineData("\"cmoes\": \"answer\"", "a turn has no \"cmoes\"", "comes")]
    [InlineData("\"comes\": \"anwser\"", "unknown comes \"anwser\"", "answer")]
    [InlineData("\"answer\": \"shiping-fee\"", "unknown answer \"shiping-fee\"", "shipping-fee")]
    [InlineData("\"tap\": \"はい\", \"comes\": \"answer\"", "one of \"say\", \"tap\" and \"send\"", null)]
    [InlineData("\"later\": \"2 minutes\"", "a turn says what must come back", null)]
    public void A_slip_is_said_with_its_place(string turn, string message, string? meant)
    {
        var (scenario, problems) = Read($$"""
            { "conversations": [
              { "turns": [
                { "say": "送料", {{turn}} } ] } ] }
            """);
        Assert.Null(scenario);
        Assert.Contains(problems, problem => problem.Line == 3
            && problem.Message.Contains(message, StringComparison.Ordinal) && problem.Suggestion == meant);
    }

    [Fact]
    public void A_difference_says_where_it_is_what_was_expected_and_what_came()
    {
        var (scenario, _) = Read("""
            { "conversations": [ { "about": "送料", "turns": [
              { "say": "送料はいくら", "comes": "choices", "contains": ["999円"], "lacks": ["550円"] },
              { "tap": "ない", "comes": "answer" } ] } ] }
            """);
        var differences = ChatPlay.Differences(scenario!, TeaShop.Shop, TeaShop.Index);
        Assert.StartsWith("1 (送料): \"ない\" cannot be tapped", Assert.Single(differences), StringComparison.Ordinal);
        (scenario, _) = Read("""
            { "conversations": [ { "about": "送料", "turns": [
              { "say": "送料はいくら", "comes": "choices", "contains": ["999円"], "lacks": ["550円"] } ] } ] }
            """);
        Assert.Collection(ChatPlay.Differences(scenario!, TeaShop.Shop, TeaShop.Index),
            line => Assert.Contains("choices was expected, answer came", line, StringComparison.Ordinal),
            line => Assert.Contains("lacks \"999円\"", line, StringComparison.Ordinal),
            line => Assert.Contains("says \"550円\"", line, StringComparison.Ordinal));
    }

    private static (ChatScenario? Scenario, IReadOnlyList<Problem> Problems) Read(string json) =>
        ChatScenarioReader.Read("shop/tests/x.chat.json", Encoding.UTF8.GetBytes(json), new Names
        {
            Shop = TeaShop.Shop,
            Answers = [.. TeaShop.Index.Answers.Select(answer => answer.Name)],
        });
}
