using System.Globalization;
using System.Runtime.CompilerServices;

namespace Automation.Marketing.Mails;

/// <summary>Fills parts of a page from a model: the one meaning blanks have, for one customer's mail as for an issue's
/// page. Pure but for the ink.</summary>
internal readonly struct PageFilling(Dictionary<string, object?> model, bool isHtml, Utf8Buffer ink)
{
    /// <summary>Do others get the very same entries of lists? Then each is written once for all of them; one customer's
    /// own would only be kept in vain.</summary>
    public bool SharesEntries { get; init; }

    /// <summary>Values are kept here and a mark with their number is written in their place
    /// (<see cref="PlaceholderPass"/>); null: they are written themselves.</summary>
    public List<string>? Kept { get; init; }

    public void Write(IReadOnlyList<TemplateNode> parts, PageEntry? entry = null)
    {
        for (var n = 0; n < parts.Count; n++)
            switch (parts[n])
            {
                case TemplateNode.Literal literal: ink.Write(literal.Utf8); break;
                case TemplateNode.Value value: Write(value, entry); break;
                case TemplateNode.Block { Word: "each" } each: Repeat(each, entry); break;
                case TemplateNode.Block block: Write(Branch(block, model, entry), entry); break;
            }
    }

    /// <summary>Which of an if's or unless's branches is taken.</summary>
    public static IReadOnlyList<TemplateNode> Branch(
        TemplateNode.Block block, Dictionary<string, object?> model, PageEntry? entry) =>
        IsSomething(block.Path.Find(model, entry)) == (block.Word == "if") ? block.Then : block.Else;

    private void Write(TemplateNode.Value value, PageEntry? entry)
    {
        var found = value.Path.Find(model, entry);
        var text = value.Helper is { } helper
            ? Placeholders.Shape(helper, found, value.Name, value.Argument)
            : found as string ?? "";
        if (Kept is { } kept)
        {
            ink.Write(string.Create(
                CultureInfo.InvariantCulture, $"{PlaceholderPass.Value}{kept.Count}{PlaceholderPass.Close}"));
            kept.Add(text);
        }
        else if (isHtml) ink.WriteEscaped(text);
        else ink.Write(text);
    }

    private void Repeat(TemplateNode.Block each, PageEntry? entry)
    {
        if (each.Path.Find(model, entry) is not List<Dictionary<string, object?>> { Count: > 0 } rows)
        {
            Write(each.Else, entry);
            return;
        }
        for (var n = 0; n < rows.Count; n++)
            if (SharesEntries && each.Entries is { } entries) ink.Write(Once(each, entries, rows[n]));
            else Write(each.Then, new(rows[n], n, n == rows.Count - 1));
    }

    private byte[] Once(
        TemplateNode.Block each,
        ConditionalWeakTable<Dictionary<string, object?>, byte[]> entries,
        Dictionary<string, object?> row)
    {
        var (html, whole) = (isHtml, model);
        return entries.GetValue(row, key =>
        {
            var alone = new Utf8Buffer();
            new PageFilling(whole, html, alone).Write(each.Then, new(key, 0, false));
            return alone.Written.ToArray();
        });
    }

    /// <summary>Nothing, no, 0 and what is empty are not.</summary>
    private static bool IsSomething(object? value) => value switch
    {
        null => false,
        bool yes => yes,
        string text => text.Length > 0,
        int number => number != 0,
        long number => number != 0,
        decimal number => number != 0,
        System.Collections.ICollection many => many.Count > 0,
        _ => true,
    };
}
