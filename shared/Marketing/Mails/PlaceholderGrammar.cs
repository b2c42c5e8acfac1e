namespace Automation.Marketing.Mails;

/// <summary>Whether blanks make sense: names that exist, filters with their arguments, blocks that close.</summary>
public static class PlaceholderGrammar
{
    /// <summary>Blocks within each other.</summary>
    private const int Deepest = 20;

    private static readonly string[] Filters = ["money", "date", "default", "様"];

    /// <param name="first">The number the first blank gets.</param>
    public static List<PlaceholderUse> Read(
        MailSource source, List<Placeholder> blanks, int first, List<Problem> problems)
    {
        var uses = new List<PlaceholderUse>();
        var open = new Stack<(int Index, string? List)>();
        foreach (var blank in blanks)
        {
            var list = open.TryPeek(out var inner) ? inner.List : null;
            var index = uses.Count;
            uses.Add(blank.Kind switch
            {
                BlankKind.Value => Value(source, blank, list, problems),
                BlankKind.If or BlankKind.Unless => new(blank, Name(source, blank.Words[0], list, true, problems)),
                BlankKind.Each => new(blank, List(source, blank, problems)),
                _ => new(blank, null),
            });
            if (blank.Kind is BlankKind.If or BlankKind.Unless or BlankKind.Each && open.Count == Deepest)
                problems.Add(source.Problem(
                    blank.Offset, $"blocks are nested too deeply: at most {Deepest} within each other"));
            if (blank.Kind is BlankKind.If or BlankKind.Unless) open.Push((index, list));
            if (blank.Kind is BlankKind.Each)
                open.Push((index, blank.Words[0].Text is var name && MailNames.Lists.ContainsKey(name) ? name : list));
            if (blank.Kind is BlankKind.Else or BlankKind.End) Continue(source, uses, index, first, open, problems);
        }
        foreach (var (index, _) in open)
            problems.Add(source.Problem(
                uses[index].Placeholder.Offset, $"{{{{#{Word(uses[index].Placeholder)}}}}} is never closed",
                $"{{{{/{Word(uses[index].Placeholder)}}}}}"));
        return uses;
    }

    /// <summary>An else or end belongs to the innermost open block.</summary>
    private static void Continue(MailSource source, List<PlaceholderUse> uses, int index, int first,
        Stack<(int Index, string? List)> open, List<Problem> problems)
    {
        var blank = uses[index].Placeholder;
        if (!open.TryPop(out var block))
        {
            problems.Add(source.Problem(blank.Offset, blank.Kind == BlankKind.Else
                ? "{{else}} without a block" : $"{{{{/{blank.Words[0].Text}}}}} closes nothing"));
            return;
        }
        var opener = uses[block.Index].Placeholder;
        var (from, again) = (block.Index, opener.Kind == BlankKind.Else);
        uses[from] = uses[from] with { Partner = first + index };
        var word = again ? "" : Word(opener);
        if (blank.Kind == BlankKind.Else && again)
            problems.Add(source.Problem(blank.Offset, "a block has one {{else}}"));
        if (blank.Kind == BlankKind.Else) open.Push((index, word == "each" ? Outer(open) : block.List));
        else if (WordOf(uses, block.Index, first) is var opened && blank.Words[0].Text != opened)
            problems.Add(source.Problem(
                blank.Offset, $"{{{{/{blank.Words[0].Text}}}}} closes a {{{{#{opened}}}}}", $"{{{{/{opened}}}}}"));
    }

    private static string? Outer(Stack<(int Index, string? List)> open) =>
        open.TryPeek(out var outer) ? outer.List : null;

    /// <summary>The word of the block an opener or its else belongs to.</summary>
    private static string WordOf(List<PlaceholderUse> uses, int index, int first) =>
        uses[index].Placeholder.Kind == BlankKind.Else
            ? WordOf(uses, uses.FindIndex(use => use.Partner == first + index), first) : Word(uses[index].Placeholder);

    private static string Word(Placeholder blank) => blank.Kind.ToString().ToLowerInvariant();

    private static PlaceholderUse Value(MailSource source, Placeholder blank, string? list, List<Problem> problems)
    {
        var words = blank.Words;
        if (words.Count == 1 && !words[0].IsLiteral)
            return new(blank, Name(source, words[0], list, false, problems));
        var filter = words[0].Text;
        if (words[0].IsLiteral || !Filters.Contains(filter))
        {
            problems.Add(source.Problem(
                words[0].Offset, $"\"{filter}\" does nothing to a blank; there are {string.Join(", ", Filters)}",
                Time.Nearest.To(filter, Filters)));
            return new(blank, null);
        }
        var (min, max) = filter switch { "default" => (3, 3), "様" => (2, 2), _ => (2, 3) };
        if (words.Count < min || words.Count > max || words[1].IsLiteral
            || (words.Count == 3 && (!words[2].IsLiteral || words[2].Text.Contains('"', StringComparison.Ordinal)
                && words[2].Text.Contains('\'', StringComparison.Ordinal))))
        {
            problems.Add(source.Problem(blank.Offset, $"{filter} is written otherwise", Example(filter)));
            return new(blank, null);
        }
        return new(blank, Name(source, words[1], list, false, problems))
        {
            Filter = filter,
            Argument = words.Count == 3 ? words[2].Text : null,
        };
    }

    private static string Example(string filter) => filter switch
    {
        "default" => "{{default customer.familyName \"お客様\"}}",
        "date" => "{{date order.placedAt \"M月d日\"}}",
        "money" => "{{money order.total}}",
        _ => "{{様 customer.familyName}}",
    };

    private static string? Name(MailSource source, Word word, string? list, bool asked, List<Problem> problems)
    {
        if (!word.IsLiteral && MailNames.Resolve(word.Text, list, asked) is { } path) return path;
        problems.Add(source.Problem(word.Offset, $"unknown blank \"{word.Text}\"", MailNames.Near(word.Text, list)));
        return null;
    }

    private static string? List(MailSource source, Placeholder blank, List<Problem> problems)
    {
        var word = blank.Words[0];
        if (MailNames.Lists.ContainsKey(word.Text)) return $"@root.{word.Text}";
        problems.Add(source.Problem(word.Offset, $"\"{word.Text}\" is not a list",
            Time.Nearest.To(word.Text, MailNames.Lists.Keys) ?? string.Join(" or ", MailNames.Lists.Keys)));
        return null;
    }
}
