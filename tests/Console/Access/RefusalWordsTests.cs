using System.Net;
using System.Reflection;
using Automation.Console.Access;
using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Issues;

namespace Automation.Console.Tests.Access;

/// <summary>On a Japanese page a refusal is Japanese.</summary>
public sealed class RefusalWordsTests(OpenShop shop) : IClassFixture<OpenShop>
{
    public static TheoryData<string> Details =>
    [
        .. typeof(Functions.Http.Missing).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(one => ((Refusal)one.GetValue(null)!).Detail!),
        Refusal.NotFromHere.Detail!, Refusal.Forbidden(Marketing.Access.Role.Operator).Detail!,
        "There is no such mail.", "There is no such LINE text.", "There is no such answer.",
        "There is no such source.", "There is no such scenario.", "The form is too large.",
        "This cannot be done: its slot has not come. It can be cancelled.",
        "The slot was acted on (state sent); its text does not change any more.",
        "newsletters is a link, and nothing is written through links: put the file itself there.",
        .. from move in Enum.GetValues<IssueMove>()
           from state in Enum.GetValues<IssueState>()
           let refused = IssueMoves.Make(
               move, new() { State = state, Slot = DateTimeOffset.UnixEpoch }, DateTimeOffset.UnixEpoch).Refusal
           where refused is not null
           group refused by refused into one
           select $"This cannot be done: {one.Key}.",
    ];

    [Theory]
    [MemberData(nameof(Details))]
    public void Every_refusal_is_said_in_the_language_of_the_page(string detail)
    {
        Assert.Equal(detail, RefusalWords.Of(detail, Language.English));
        var said = RefusalWords.Of(detail, Language.Japanese)!;
        Assert.DoesNotMatch("[A-Za-z]{2,} [A-Za-z]{2,}", said);
        Assert.Matches("[ぁ-ん]", said);
    }

    [Theory]
    [InlineData("/console/customers/ffffffffffffffffffffffff", "そのお客様は見つかりません。")]
    [InlineData("/console/journeys/nothing", "そのジャーニーは見つかりません。")]
    [InlineData("/console/mails/nothing", "そのメールは見つかりません。")]
    [InlineData("/console/lines/nothing", "そのLINEのメッセージは見つかりません。")]
    [InlineData("/console/newsletters/nothing", "そのニュースレターは見つかりません。")]
    [InlineData("/console/simulator?scenario=nothing", "そのシナリオは見つかりません。")]
    public async Task What_is_not_there_is_not_there_in_japanese(string path, string said)
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer, "ja");
        using var answer = await visitor.Get(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(
            said, (await Visitor.Page(answer)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
