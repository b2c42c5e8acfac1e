using System.Net;
using AngleSharp.Html.Dom;
using Automation.Marketing.Answers;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Console.Tests.Answers;

/// <summary>Answers of the chat as a marketer writes them, without JavaScript.</summary>
public sealed class AnswerPagesTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private const string List = "/console/answers";

    [Fact]
    public async Task An_answer_is_found_in_the_list_changed_shown_and_said_from_then_on()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        var list = await mika.Open(List);
        Assert.NotNull(list.QuerySelector($"a[href='{List}/receipt']"));
        var page = await mika.Open($"{List}/receipt");
        var text = ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value + "\n領収書は郵送もできます。\n";
        using var shown = await mika.Submit(page, List, "/console/preview-answer", new() { ["text"] = text });
        Assert.Contains("領収書は郵送もできます。",
            WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.DoesNotContain("郵送", Said("receipt"), StringComparison.Ordinal);
        using var saved = await mika.Submit(page, List, new() { ["text"] = text });
        Assert.Equal($"{List}?done=saved", $"{saved.Headers.Location}");
        Assert.Contains("領収書は郵送もできます。", Said("receipt"), StringComparison.Ordinal);
        // Whoever had it open since before is told.
        using var late = await mika.Submit(page, List, new() { ["text"] = text + "!" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
    }

    [Fact]
    public async Task What_was_asked_in_vain_is_filled_in_and_becomes_an_answer()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer, "ja");
        var any = await mika.Open(List);
        var token = ((IHtmlInputElement)any.QuerySelector("input[name=token]")!).Value;
        using var begun = await mika.Post(
            "/console/write-answer", new() { ["token"] = token, ["ask"] = "急須の修理 | 欠けたら直せますか" });
        var page = await Visitor.Page(begun);
        var text = ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value;
        Assert.Contains("ask: 急須の修理 | 欠けたら直せますか", text, StringComparison.Ordinal);
        // A name that is taken is not written over.
        using var taken = await mika.Submit(page, List, new() { ["name"] = "receipt" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        using var odd = await mika.Submit(page, List, new() { ["name"] = "../shop" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, odd.StatusCode);
        using var wrong = await mika.Submit(page, List, new() { ["name"] = "repair", ["text"] = "---\nask:\n---\n" });
        Assert.NotNull((await Visitor.Page(wrong)).QuerySelector("[role=alert] li"));
        using var saved = await mika.Submit(page, List, new() { ["name"] = "repair" });
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal("ここに回答を書きます。", Said("repair"));
    }

    [Fact]
    public async Task Whoever_only_looks_saves_nothing()
    {
        using var kenji = await shop.SignedIn(OpenShop.Viewer);
        var page = await kenji.Open($"{List}/payment");
        Assert.Null(page.QuerySelector("button[value=save]"));
        using var refused = await kenji.Submit(page, List, new() { ["text"] = "---\nask: a way\n---\nNo.\n" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private string Said(string name) => shop.Product.Services.GetRequiredService<PublishedAnswers>().All
        .Single(one => one.File == $"answers/{name}.md").Said;
}
