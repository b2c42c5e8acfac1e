using Automation.Console;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;

namespace Automation.Functions.Console.Letters;

/// <summary>A mail or an issue as it is written: what it goes out as, once for each subject.</summary>
/// <param name="Variants">None: its front matter is wrong.</param>
public sealed record Letter(IReadOnlyList<MailSource> Variants, IReadOnlyList<Problem> Problems)
{
    public static Letter Mail(string name, string text)
    {
        var (source, problems) = MailSource.Parse(name, text);
        return new(source is null ? [] : [source], problems);
    }

    public static Letter Issue(string newsletter, string name, string text)
    {
        var (source, problems) = IssueSource.Parse(newsletter, name, text);
        return new(source?.Variants ?? [], problems);
    }

    public static string MailFile(string name) => $"mails/{name}.md";

    /// <summary>Can a mail have this name?</summary>
    public static bool IsMail(string name) =>
        name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '/' or '_' or '.')
        && ShopPackage.IsPlace(MailFile(name));

    /// <summary>What a new one begins with.</summary>
    public static string Beginning(Language say) => say[
        "---\nsubject: 件名をここに\npreheader: 受信箱で件名の横に出る一文\n---\n{{customer.salutation}}\n\n本文をここに書きます。"
        + "\n\n{{shop.name}}\n",
        "---\nsubject: The subject\npreheader: What inboxes show beside it\n---\n{{customer.salutation}}\n\nThe "
        + "text.\n\n{{shop.name}}\n"];
}
