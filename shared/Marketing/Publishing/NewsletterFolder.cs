using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Publishing;

/// <summary>The file of an issue: <paramref name="Name"/> is its name without the ending.</summary>
public sealed record IssueFile(string Newsletter, string Name, string Path);

/// <summary>Reads shop/newsletters: the series, and which issues there are.</summary>
internal static class NewsletterFolder
{
    public static (Dictionary<string, NewsletterFile> Newsletters, IReadOnlyList<IssueFile> Issues) Read(
        string root, Names names, DateOnly today, List<Problem> problems)
    {
        var issues = Issues(root, names.Newsletters!, problems);
        var newsletters = new Dictionary<string, NewsletterFile>();
        foreach (var file in ShopFolder.Files(root, "newsletters", "*.json", SearchOption.TopDirectoryOnly))
        {
            if (ShopFolder.Bytes(file, problems) is not { } bytes) continue;
            var id = Path.GetFileNameWithoutExtension(file);
            var (newsletter, found) = NewsletterReader.Read(
                file, bytes, names, [.. issues.Where(issue => issue.Newsletter == id).Select(issue => issue.Name)]);
            problems.AddRange(found);
            if (newsletter is null) continue;
            newsletters[id] = new NewsletterFile(id, file, Encoding.UTF8.GetString(bytes), newsletter);
            foreach (var issue in issues.Where(issue => issue.Newsletter == id))
                if (Unreachable(newsletter, issue, names.Shop, today) is { } problem) problems.Add(problem);
        }
        return (newsletters, issues);
    }

    /// <summary>Every issue lies directly in the folder of its newsletter; a file anywhere else would be silently
    /// without effect.</summary>
    private static List<IssueFile> Issues(string root, IReadOnlyCollection<string> newsletters, List<Problem> problems)
    {
        var issues = new List<IssueFile>();
        foreach (var file in ShopFolder.Files(root, "newsletters", "*.md", SearchOption.AllDirectories))
        {
            if (file[($"{root}/newsletters/").Length..].Split('/') is [var newsletter, var name])
            {
                if (newsletters.Contains(newsletter)) issues.Add(new(newsletter, name[..^".md".Length], file));
                else problems.Add(new(
                    file, 1, 1, $"there is no newsletter \"{newsletter}\"", Nearest.To(newsletter, newsletters)));
            }
            else problems.Add(new(
                file, 1, 1, "issues lie in the folder of their newsletter: newsletters/weekly/2026-12-02.md"));
        }
        return issues;
    }

    /// <summary>A file that no slot would ever send.</summary>
    private static Problem? Unreachable(Newsletter newsletter, IssueFile issue, ShopSettings? shop, DateOnly today)
    {
        if (IssueId.Parse($"{newsletter.Id}/{issue.Name}") is not { } id)
            return newsletter.Fallbacks.Contains(issue.Name) ? null
                : new(
                    issue.Path,
                    1,
                    1,
                    $"\"{issue.Name}\" is neither a date nor a fallback of {newsletter.Id}",
                    Nearest.To(issue.Name, newsletter.Fallbacks));
        if (shop is null || id.Date < today || SlotRules.On(newsletter, shop, id.Date) is { Skipped: false })
            return null;
        var why = SlotRules.On(newsletter, shop, id.Date) is { Holiday: { } holiday }
            ? $"{newsletter.Id} skips its slot of that day, a holiday ({holiday})"
            : $"{id.RowKey} is a {id.Date.DayOfWeek}, and {newsletter.Id} goes out on "
                + $"{string.Join(", ", newsletter.On)}";
        return new(issue.Path, 1, 1, why, SlotRules.Nearest(newsletter, shop, id.Date)?.Id.RowKey);
    }
}
