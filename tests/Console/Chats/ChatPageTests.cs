using System.Net;
using System.Text;
using Automation.Marketing;
using Automation.Marketing.Chat;
using Automation.Marketing.Customers;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.People;

namespace Automation.Console.Tests.Chats;

/// <summary>Somebody asked in the chat at night; a person answers in the browser.</summary>
public sealed class ChatPageTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private const string User = "U206d25c2ea6bd87c17655609a1c37cb8";
    private static readonly string Page = $"/console/chats/{Conversation.IdOf("line", User)}";

    private async Task Ask(string id, string text)
    {
        await shop.Product.Get<OrderIngestion>().Handle("till", new SourceEvent.CustomerUpserted(
            new Buyer
            {
                Identities = [new("till", "7"), new(Identity.Email, "aoi@example.jp"), new(Identity.Line, User)],
                Email = "aoi@example.jp",
                FamilyName = "佐藤",
                GivenName = "葵",
                SeenAt = DateTimeOffset.UtcNow.AddDays(-1),
            }, Created: true));
        await shop.Product.Get<ChatService>().Handle(new()
        {
            Id = id,
            Channel = "line",
            Address = User,
            At = DateTimeOffset.UtcNow,
            Says = new Utterance.Words(text),
        });
    }

    [Fact]
    public async Task The_conversation_leads_from_attention_and_the_answer_goes_by_mail_where_LINE_does_not_take_it()
    {
        await Ask("q1", "担当者と話したいです");
        using var visitor = await shop.SignedIn(OpenShop.Marketer, "ja");
        var attention = await visitor.Open("/console/attention");
        Assert.NotNull(attention.QuerySelector($"a[href='{Page}']"));
        var page = await visitor.Open(Page);
        Assert.Contains("担当者と話したいです", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("佐藤", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        using var empty = await visitor.Submit(page, $"{Page}/answer", new() { ["text"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var sent = await visitor.Submit(page, $"{Page}/answer", new() { ["text"] = "お待たせしました。" });
        Assert.Equal($"{Page}?done=mailed", $"{sent.Headers.Location}");
        using var again = await visitor.Submit(page, $"{Page}/answer", new() { ["text"] = "お待たせしました。" });
        Assert.Equal($"{Page}?done=mailed", $"{again.Headers.Location}");
        var mails = Directory.EnumerateFiles(shop.Outbox, "*.eml").Select(File.ReadAllText)
            .Where(mail => mail.Contains("aoi@example.jp", StringComparison.Ordinal)).ToList();
        Assert.Single(mails);
        Assert.DoesNotContain(
            await shop.Product.Get<AttentionList>().First(200, default), entry => entry.Kind == Conversations.Waiting);
        var after = await visitor.Open(Page);
        Assert.Contains("mika", after.QuerySelector(".talk")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_reads_and_does_not_answer_and_what_is_not_there_is_not_found()
    {
        await Ask("q2", "送料はいくらですか");
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        Assert.Empty((await visitor.Open(Page)).QuerySelectorAll($"form[action^='{Page}']"));
        using var missing = await visitor.Get("/console/chats/line-00000000000000000000000000000000");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        var report = await visitor.Open("/console/chats");
        Assert.NotNull(report.QuerySelector("#learned, [id=learned]"));
    }
}
