using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>A file of a newsletter's folder, and what is wrong with it.</summary>
/// <param name="Source">Null: it cannot be read.</param>
public sealed record CheckedIssue(IssueSource? Source, IReadOnlyList<Problem> Problems);

/// <summary>The issues and fallbacks of a shop's folder.</summary>
public static class IssueFiles
{
    /// <summary>Every one of them, as its newsletter would send it.</summary>
    public static IReadOnlyList<CheckedIssue> Check(
        ShopContents contents, ShopSettings? shop)
    {
        var found = new List<CheckedIssue>();
        foreach (var file in contents.Issues)
        {
            var unread = new List<Problem>();
            if (ShopFolder.Text(file.Path, unread) is not { } text) { found.Add(new(null, unread)); continue; }
            var (source, problems) = IssueCheck.Check(file.Newsletter, file.Name, text, shop);
            if (source is not null && LineTexts.Missing(source, contents) is { } missing)
                problems = [.. problems, missing];
            found.Add(new(source, [.. problems.Select(problem => problem with { File = file.Path })]));
        }
        return found;
    }
}
