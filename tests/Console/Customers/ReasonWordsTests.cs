using Automation.Console.Customers;

namespace Automation.Console.Tests.Customers;

public class ReasonWordsTests
{
    [Theory]
    [InlineData("expired after 7 days: cap: 2 per 7 days", "送れないまま期限（7日）を過ぎました: 配信数の上限です（7日に2通）")]
    [InlineData("expired after 3 days: quiet hours", "送れないまま期限（3日）を過ぎました: おやすみ時間帯です")]
    [InlineData("expired after 3 days", "送れないまま期限（3日）を過ぎました")]
    [InlineData("customer.orders.usualInterval is not known", "いつもの注文間隔が分かりません")]
    [InlineData("left: order.placed", "ジャーニーを離れました: ご注文")]
    [InlineData("version 3 was published", "第3版が公開されました")]
    [InlineData("its date is another by now", "日付が変わりました")]
    [InlineData("interested", "interested")]
    public void A_reason_is_a_sentence_of_the_pages_language_and_what_a_marketer_wrote_stays(
        string reason, string japanese) =>
        Assert.Equal(japanese, ReasonWords.Of(reason, Language.Japanese));
}
