using Automation.Console.Look;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Console.Newsletters;

/// <summary>Why an issue is as it is, and why somebody did not get it, in words.</summary>
public static class IssueWords
{
    /// <summary>For a badge: a slot without its issue is nothing to warn of until its time comes near.</summary>
    public static string? Style(this IssueState state, bool isWarned) =>
        (state is IssueState.Empty or IssueState.Draft) && !isWarned ? "quiet"
        : state == IssueState.Paused ? "bad"
        : SlotWords.Style(state);

    /// <summary>Why a mail was not sent, as the ledger says it.</summary>
    public static string Reason(string reason, Language say)
    {
        if (!say.IsJapanese) return reason;
        var (kind, of) = reason.Split(": ", 2) is [var head, var rest] ? (head, rest) : (reason, "");
        return kind switch
        {
            "consent" => of switch
            {
                "withdrawn" => "配信停止済み",
                "pending" => "配信の同意を確認中",
                _ => "配信の同意がない",
            },
            "suppressed" => of switch
            {
                "hard bounce" or "bounce" => "宛先不明などで送信を停止中",
                "complaint" => "迷惑メールの報告により停止中",
                _ => $"送信を停止中（{of}）",
            },
            "no email address" => "メールアドレスがない",
            "left this newsletter" => "このニュースレターを停止済み",
            "pauses mails" or "paused by the customer" => "お客様が一時停止中",
            "wants one issue a month" => "月1回を希望（今月は送信済み）",
            "cap" => $"通数の上限（{of}）",
            "quiet hours" => "送らない時間帯",
            "test customer" => "テスト用のお客様",
            "subject test" => "件名の比較を待っている",
            "erased" => "削除済みのお客様",
            _ => reason,
        };
    }

    /// <summary>Why an issue is as it is.</summary>
    public static string? Because(string? because, Language say) => because switch
    {
        null => null,
        Issue.ByHand => say["手動で変更", "by hand"],
        _ when say.IsJapanese && because.StartsWith("holiday: ", StringComparison.Ordinal) =>
            $"休業日（{because["holiday: ".Length..]}）",
        _ => because,
    };

    /// <summary>Why a slot is as it is: also that its fallbacks rest.</summary>
    public static string? Because(this CalendarEntry slot, Language say) =>
        slot.Of is { Issue: null, SlotContent: { Rests: not null } content }
            ? say[$"代わりの号も{say.Day(content.Spent.Min(spent => spent.AgainFrom))}までお休み", slot.Because ?? ""]
            : Because(slot.Because, say);

    /// <summary>When a newsletter goes out: 毎週水曜日 10:00.</summary>
    public static string Appointment(this Newsletter newsletter, Language say)
    {
        var days = newsletter.On.Select(day => say.IsJapanese ? $"{"日月火水木金土"[(int)day]}曜" : day.ToString());
        return say.IsJapanese
            ? $"毎週{string.Join('・', days)} {newsletter.At:HH\\:mm}"
            : $"every {string.Join(", ", days)} at {newsletter.At:HH\\:mm}";
    }

    /// <summary>What becomes of its slots on holidays.</summary>
    public static string InWords(this HolidayRule rule, Language say) => rule switch
    {
        HolidayRule.DayBefore => say["前の日に送る", "the day before"],
        HolidayRule.DayAfter => say["次の日に送る", "the day after"],
        HolidayRule.Skip => say["お休みにする", "not sent"],
        _ => say["そのまま送る", "sent all the same"],
    };

    /// <summary>Where an issue's page is.</summary>
    public static string Address(this CalendarEntry slot) => Address(slot.Newsletter, slot.Date);

    /// <inheritdoc cref="Address(CalendarEntry)"/>
    public static string Address(string newsletter, string date) => $"/console/newsletters/{newsletter}/{date}";
}
