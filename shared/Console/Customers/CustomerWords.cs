using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Console.Customers;

/// <summary>Customers, their consent and their rhythm in words.</summary>
public static class CustomerWords
{
    /// <summary>A name as its owner writes it; without one an address, else the id.</summary>
    public static string Name(Customer customer, Language say)
    {
        var isWestern = customer.Language is { } language
            && !language.StartsWith("ja", StringComparison.OrdinalIgnoreCase);
        string?[] parts =
            isWestern ? [customer.GivenName, customer.FamilyName] : [customer.FamilyName, customer.GivenName];
        var name = string.Join(' ', parts.Where(part => !string.IsNullOrWhiteSpace(part)));
        if (name.Length > 0) return name;
        if (customer.ErasedAt is not null) return say["消去済みのお客様", "An erased customer"];
        return customer.Email ?? customer.Phone ?? say["お名前のないお客様", "A customer without a name"];
    }

    public static string Channel(string channel, Language say) => channel switch
    {
        "email" => say["メール", "E-mail"],
        "line" => "LINE",
        "sms" => "SMS",
        _ => channel,
    };

    public static string State(ConsentState state, Language say) => state switch
    {
        ConsentState.Given => say["同意あり", "agreed"],
        ConsentState.Withdrawn => say["配信停止", "stopped"],
        ConsentState.Pending => say["確認待ち", "not confirmed yet"],
        _ => say["同意なし", "not asked"],
    };

    public static string Style(ConsentState state) => state switch
    {
        ConsentState.Given => "good",
        ConsentState.Withdrawn => "bad",
        ConsentState.Pending => "warn",
        _ => "quiet",
    };

    /// <summary>Where a consent was said.</summary>
    public static string How(string how, Language say) => how switch
    {
        "checkout" => say["ご注文時", "at the checkout"],
        "unsubscribe link" => say["配信停止リンク", "by the unsubscribe link"],
        "one-click" => say["ワンクリック解除", "by one-click unsubscribe"],
        "preference page" => say["配信設定のページ", "on the preference page"],
        "api" => say["API", "by the API"],
        "import" => say["取り込み", "by an import"],
        "source" => say["ショップからの通知", "told by the shop"],
        "console" => say["この画面から", "in this console"],
        "line follow" => say["LINEの友だち追加", "by following on LINE"],
        "line unlink" => say["LINE連携の解除", "by unlinking the LINE account"],
        "line unfollow" => say["LINEのブロック", "by blocking on LINE"],
        "complaint" => say["迷惑メールの報告", "by a complaint"],
        _ => how,
    };

    /// <summary>usually every 28 days, now 41; null: too few orders for a rhythm.</summary>
    public static string? Rhythm(OrderFigures orders, Language say)
    {
        if (orders is not { UsualIntervalDays: { } usual, DaysSinceLast: { } since }) return null;
        var (every, now) = (Days(usual), Days(since));
        return say[
            $"いつもは{say.Number(every)}日ごと、いまは{say.Number(now)}日",
            $"usually every {say.Count(every, "", "day|days")}, now {say.Number(now)}"];
    }

    public static decimal Days(double days) => Math.Round((decimal)Math.Min(days, 100_000));
}
