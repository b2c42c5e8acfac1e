using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace Automation.Marketing.Mails;

/// <summary>Reads what stands between <c>```</c> lines; says what is wrong with it, at its line.</summary>
internal sealed partial class MailBlockReader(MailSource source, PlaceholderPass pass, List<Problem> problems)
{
    private static readonly char[] Between = [' ', '\t', ',', '、'];

    public const string Key = "mail block";

    /// <summary>The block it was read as; null: it was not.</summary>
    public static MailBlock? Of(FencedCodeBlock fenced) => fenced.GetData(Key) as MailBlock;

    /// <summary>All blocks of a mail, each kept at its node, too.</summary>
    public IReadOnlyList<PlacedBlock> ReadAll(MarkdownDocument document)
    {
        var found = new List<PlacedBlock>();
        foreach (var fenced in document.Descendants<FencedCodeBlock>())
        {
            var at = pass.Written(fenced.Span.Start);
            if (Read(fenced, at) is not { } block) continue;
            fenced.SetData(Key, block);
            found.Add(new(block, at));
            foreach (var name in Asked(block)) pass.Ask(name.Name, name.IsNeeded, at);
        }
        return found;
    }

    private MailBlock? Read(FencedCodeBlock fenced, int at)
    {
        var (word, rest) = (fenced.Info ?? "", fenced.Arguments?.Trim() ?? "");
        if (word is "products") return Products(fenced, at, rest);
        if (word is not ("order" or "coupon" or "social" or ""))
        {
            problems.Add(source.Problem(at, $"there is no block \"{word}\"; there are "
                + string.Join(", ", MailBlock.Words), Time.Nearest.To(word, MailBlock.Words) is { } near
                    ? $"```{near}" : null));
            return null;
        }
        if (rest.Length > 0) Say(at, $"nothing stands behind \"{word}\": \"{rest}\" has no meaning here");
        var lines = Lines(fenced);
        if (word is "" or "coupon")
        {
            if (lines is [var code, .. var notes])
                return new MailBlock.Coupon(code.Text, [.. notes.Select(note => note.Text)]);
            problems.Add(source.Problem(at, "a coupon has no code", "{{coupon.code}}"));
            return null;
        }
        if (lines is [var stray, ..])
            Say(pass.Written(stray.At), $"nothing stands in the block \"{word}\": close it with ``` before this line");
        return word == "order" ? new MailBlock.OrderTable() : new MailBlock.Social();
    }

    private MailBlock.Products? Products(FencedCodeBlock fenced, int at, string rest)
    {
        string? button = null;
        foreach (var (text, line) in Lines(fenced))
        {
            var colon = text.IndexOfAny([':', '：']);
            var name = (colon < 0 ? text : text[..colon]).Trim();
            if (name != "button" || colon < 0 || text[(colon + 1)..].Trim().Length == 0)
                problems.Add(source.Problem(
                    pass.Written(line), $"products have no \"{name}\"; they have \"button: \" and its words",
                    name == "button" ? "button: くわしく見る" : Time.Nearest.To(name, ["button"])));
            else button = text[(colon + 1)..].Trim();
        }
        var named = rest.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        switch (named)
        {
            case []:
                problems.Add(source.Problem(
                    at, "which products? Behind \"products\" stands suggestions, order, or up to three ids",
                    "```products suggestions"));
                return null;
            case ["suggestions"]: return new(ProductsOf.Suggestions, [], button);
            case ["order"]: return new(ProductsOf.Order, [], button);
            case { Length: > MailBlock.MostProducts }:
                Say(at, $"at most {MailBlock.MostProducts} products stand beside each other; here are {named.Length}");
                return null;
        }
        if (named.FirstOrDefault(id => !Id().IsMatch(id)) is not { } odd)
            return new(ProductsOf.Named, named, button);
        Say(at, $"\"{Shown(odd)}\" is not the id of a product");
        return null;
    }

    private void Say(int at, string message) => problems.Add(source.Problem(at, message));

    private static string Shown(string text) => Mark().Replace(text, "{{…}}");

    /// <summary>The lines that say something, and where each begins.</summary>
    private static List<(string Text, int At)> Lines(FencedCodeBlock fenced)
    {
        var lines = new List<(string, int)>();
        for (var n = 0; n < fenced.Lines.Count; n++)
            if (fenced.Lines.Lines[n].Slice is var slice && slice.ToString().Trim() is { Length: > 0 } text)
                lines.Add((text, slice.Start));
        return lines;
    }

    /// <summary>What a block looks at, as blanks do.</summary>
    private static IEnumerable<(string Name, bool IsNeeded)> Asked(MailBlock block) => block switch
    {
        MailBlock.Products { Of: ProductsOf.Suggestions } => [("suggestions", false)],
        MailBlock.Products { Of: ProductsOf.Order } or MailBlock.OrderTable => [("order.total", true)],
        _ => [],
    };

    [GeneratedRegex(@"^[\p{L}\p{N}_.:/#+-]+\z")]
    private static partial Regex Id();

    [GeneratedRegex("[\uFDD0-\uFDD4]\\d+\uFDD1")]
    private static partial Regex Mark();
}
