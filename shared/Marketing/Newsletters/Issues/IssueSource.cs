using System.Globalization;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>An issue as the marketer writes it (shop/newsletters/{id}/{date}.md): a mail, and how its subject is
/// chosen.</summary>
public sealed record IssueSource
{
    /// <inheritdoc cref="MailSource.Longest"/>
    public const int Longest = MailSource.Longest;

    private static readonly string[] Keys = ["subject", "subjectB", "subjectC", "testShare", "decideAfter", "draft",
        "preheader", "from", "language", "line", "by"];

    public required string Newsletter { get; init; }

    /// <summary>The file's name without its ending: a date, or e.g. <c>fallback</c>.</summary>
    public required string File { get; init; }

    /// <summary>The mail, with its first subject.</summary>
    public required MailSource Mail { get; init; }

    /// <summary>Not to be sent yet.</summary>
    public bool Draft { get; init; }

    /// <summary>A second and a third subject to be tried against the first.</summary>
    public Passage? SubjectB { get; init; }
    public Passage? SubjectC { get; init; }

    /// <summary>The LINE text that goes to who follows the shop there; null: it is a mail for all.</summary>
    public Passage? Line { get; init; }

    /// <summary>With a LINE text: does that go instead of the mail, or beside it?</summary>
    public SendBy By { get; init; }

    /// <summary>Per cent of the audience that subjects are tried on.</summary>
    public int TestShare { get; init; } = 20;

    /// <summary>How long the subjects are compared before the rest gets the better one.</summary>
    public Period DecideAfter { get; init; } = new(4, PeriodUnit.Hour);

    /// <summary>E.g. <c>weekly/2026-12-02</c>.</summary>
    public string Name => Mail.Name;
    public string Text => Mail.Text;

    /// <summary>The mail once for each subject, the first first.</summary>
    public IReadOnlyList<MailSource> Variants => [Mail,
        .. ((Passage?[])[SubjectB, SubjectC]).OfType<Passage>().Select(subject => Mail with { Subject = subject })];

    /// <summary>How its subjects are tried; with one there is nothing to try.</summary>
    public SubjectTest Test => new(Variants.Count, TestShare,
        DecideAfter.After(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) - DateTimeOffset.UnixEpoch);

    /// <summary>The source, or what is wrong with its front matter.</summary>
    public static (IssueSource? Source, IReadOnlyList<Problem> Problems) Parse(
        string newsletter, string file, string text)
    {
        var (name, path) = ($"{newsletter}/{file}", $"newsletters/{newsletter}/{file}.md");
        var front = FrontMatter.Of(path, text, "an issue", Keys);
        if (front.Text.Length > Longest) front.Say(Longest, $"an issue has at most {Longest} characters");
        var (share, after, draft, by) = (Share(front), After(front), Flag(front), Way(front));
        MailSource.CheckLanguage(front);
        foreach (var stray in (string[])["subjectC", "testShare", "decideAfter"])
            if (front["subjectB"] is null && front[stray] is { } value)
                front.Say(value.Offset, $"\"{stray}\" needs \"subjectB\": a subject to compare with", "subjectB: …");
        if (front.Problems.Count > 0) return (null, front.Problems);
        var issue = new IssueSource
        {
            Newsletter = newsletter,
            File = file,
            Mail = MailSource.Of(name, path, front),
            SubjectB = front["subjectB"],
            SubjectC = front["subjectC"],
            Line = front["line"],
            By = by,
            Draft = draft
        };
        return (issue with { TestShare = share ?? issue.TestShare, DecideAfter = after ?? issue.DecideAfter }, []);
    }

    /// <summary>The file's text as a draft, or as none; the rest of it as it is.</summary>
    public static string Drafted(string text, bool isDraft)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToList();
        if (lines[0] != "---") return text;
        var end = lines.FindIndex(1, line => line.TrimEnd() == "---");
        if (end < 0) return text;
        for (var n = end - 1; n > 0; n--)
            if (lines[n].StartsWith("draft:", StringComparison.Ordinal)) lines.RemoveAt(n);
        if (isDraft) lines.Insert(1, "draft: true");
        return string.Join('\n', lines);
    }

    private static int? Share(FrontMatter front)
    {
        if (front["testShare"] is not { } value) return null;
        if (int.TryParse(value.Text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 1 and <= 100) return percent;
        front.Say(
            value.Offset, $"\"{value.Text}\" is not a share; shares are per cent of the audience, from 1 to 100", "20");
        return null;
    }

    private static Period? After(FrontMatter front)
    {
        if (front["decideAfter"] is not { } value) return null;
        if (Period.TryParse(value.Text, out var period, out var problem)) return period;
        front.Say(value.Offset, problem.Message, problem.Suggestion);
        return null;
    }

    private static SendBy Way(FrontMatter front)
    {
        if (front["by"] is not { } value) return SendBy.Preferred;
        if (front["line"] is null)
            front.Say(value.Offset, "\"by\" needs \"line\": the LINE text that goes instead of the mail, or beside it",
                "line: …");
        if (StepReader.By.TryGetValue(value.Text, out var by)) return by;
        front.Say(value.Offset, $"by is preferred or both, not \"{value.Text}\"",
            Nearest.To(value.Text, StepReader.By.Keys) ?? "preferred");
        return SendBy.Preferred;
    }

    private static bool Flag(FrontMatter front)
    {
        if (front["draft"] is not { } value) return false;
        if (value.Text is "true" or "false") return value.Text == "true";
        front.Say(value.Offset, $"draft is true or false, not \"{value.Text}\"",
            Nearest.To(value.Text, ["true", "false"]) ?? "true");
        return false;
    }
}
