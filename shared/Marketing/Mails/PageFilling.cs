using Automation.Marketing.Files;

namespace Automation.Marketing.Mails;

/// <summary>
/// Fills parts of a page from a model: the one meaning blanks have, for one customer's mail as for an issue's page. Pure
/// but for the ink.
/// </summary>
internal static class PageFilling
{
    public static void Write(IReadOnlyList<TemplateNode> parts, Dictionary<string, object?> model, PageEntry? entry, bool isHtml, Utf8Buffer ink)
    {
        for (var n = 0; n < parts.Count; n++)
            switch (parts[n])
            {
                case TemplateNode.Literal literal: ink.Write(literal.Utf8); break;
                case TemplateNode.Value value: Write(value, model, entry, isHtml, ink); break;
                case TemplateNode.Block { Word: "each" } each: Repeat(each, model, entry, isHtml, ink); break;
                case TemplateNode.Block block: Write(Branch(block, model, entry), model, entry, isHtml, ink); break;
            }
    }

    /// <summary>Which of an if's or unless's branches is taken.</summary>
    public static IReadOnlyList<TemplateNode> Branch(TemplateNode.Block block, Dictionary<string, object?> model, PageEntry? entry) =>
        IsSomething(block.Path.Find(model, entry)) == (block.Word == "if") ? block.Then : block.Else;

    private static void Write(TemplateNode.Value value, Dictionary<string, object?> model, PageEntry? entry, bool isHtml, Utf8Buffer ink)
    {
        var found = value.Path.Find(model, entry);
        var text = value.Helper is { } helper ? Placeholders.Shape(helper, found, value.Name, value.Argument) : found as string ?? "";
        if (isHtml) ink.WriteEscaped(text);
        else ink.Write(text);
    }

    private static void Repeat(TemplateNode.Block each, Dictionary<string, object?> model, PageEntry? entry, bool isHtml, Utf8Buffer ink)
    {
        if (each.Path.Find(model, entry) is not List<Dictionary<string, object?>> { Count: > 0 } rows)
        {
            Write(each.Else, model, entry, isHtml, ink);
            return;
        }
        for (var n = 0; n < rows.Count; n++)
            if (each.Entries is { } entries) ink.Write(entries.GetValue(rows[n], row => Alone(each, row, isHtml)));
            else Write(each.Then, model, new(rows[n], n, n == rows.Count - 1), isHtml, ink);
    }

    /// <summary>What a list's entry is to everybody.</summary>
    private static byte[] Alone(TemplateNode.Block each, Dictionary<string, object?> row, bool isHtml)
    {
        var ink = new Utf8Buffer();
        Write(each.Then, [], new(row, 0, false), isHtml, ink);
        return ink.Written.ToArray();
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
