using Automation.Console.Words;
using Automation.Marketing.Shop;

namespace Automation.Console.Calendar;

/// <summary>The shop's sending discipline in sentences.</summary>
public static class PlanWords
{
    public static IEnumerable<string> InWords(this ShopSettings shop, Language say)
    {
        foreach (var cap in shop.Plan.Caps)
            yield return say[
                $"おひとりへのご案内メールは、{cap.Per.Stretch(say)}に{cap.Messages}通まで。",
                $"At most {say.Count(cap.Messages, "", "marketing mail|marketing mails")} to one customer within "
                + $"{cap.Per.Stretch(say)}."];
        if (shop.QuietHours is { } quiet)
            yield return say[
                $"{quiet.From:HH\\:mm}から{quiet.To:HH\\:mm}の間は、ご案内メールを送りません（お客様の現地時間）。",
                $"No marketing between {quiet.From:HH\\:mm} and {quiet.To:HH\\:mm}, in the customer's zone."];
        if (shop.Plan.NewsletterDayKeepsBack)
            yield return say[
                "ニュースレターが届く日は、ジャーニーのご案内メールを翌日以降に回します。",
                "On the day of a customer's newsletter journeys keep their marketing back."];
        if (shop.Plan.Caps.Count > 0 || shop.QuietHours is not null)
            yield return say[
                $"待たされたメールは、{shop.Plan.Expires.Stretch(say)}を過ぎると送りません。",
                $"What is held back longer than {shop.Plan.Expires.Stretch(say)} is not sent any more."];
        if (shop.Plan.Caps.Count == 0 && shop.QuietHours is null)
            yield return say[
                "通数の上限も、送らない時間帯も決められていません（shop.json の plan と quietHours）。",
                "There are no caps and no quiet hours (plan and quietHours in shop.json)."];
    }
}
