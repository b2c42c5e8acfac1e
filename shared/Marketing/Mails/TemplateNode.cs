using System.Runtime.CompilerServices;

namespace Automation.Marketing.Mails;

/// <summary>A piece of a mail's template as it is filled: text, a value or a block of further pieces.</summary>
public abstract record TemplateNode
{
    /// <summary>The same for everybody.</summary>
    public sealed record Literal(string Text) : TemplateNode
    {
        public byte[] Utf8 { get; } = System.Text.Encoding.UTF8.GetBytes(Text);
    }

    /// <summary>A value, shaped by a helper (<c>say</c>, <c>money</c> …; null: written as it is).</summary>
    /// <param name="Source">The expression as written.</param>
    public sealed record Value(string Source, string? Helper, PagePath Path, string Name) : TemplateNode
    {
        public string? Argument { get; init; }
    }

    /// <summary><c>if</c>, <c>unless</c> or <c>each</c> with its two branches.</summary>
    public sealed record Block(
        string Word, PagePath Path, IReadOnlyList<TemplateNode> Then, IReadOnlyList<TemplateNode> Else) : TemplateNode
    {
        /// <summary>All of it as written.</summary>
        public required string Source { get; init; }

        /// <summary>What its entries were written as; null: they are not written alike for everybody, or it goes
        /// through no list.</summary>
        public ConditionalWeakTable<Dictionary<string, object?>, byte[]>? Entries { get; } =
            Word == "each" && Then.All(IsOfEntry) ? [] : null;
    }

    private TemplateNode() { }

    /// <summary>Does it speak of nothing but the entry of a list, and of what is the same for everybody?</summary>
    private static bool IsOfEntry(TemplateNode part) => part switch
    {
        Literal => true,
        Value value => value.Path.IsOfEntry || value.Path.IsShared,
        Block block => (block.Path.IsOfEntry || block.Path.IsShared) && block.Word != "each"
            && block.Then.All(IsOfEntry) && block.Else.All(IsOfEntry),
        _ => false,
    };

    /// <summary>What of the model they look at.</summary>
    public static IEnumerable<string> Looked(IEnumerable<TemplateNode> parts) => parts.SelectMany(part => part switch
    {
        Value value => value.Path.Looked,
        Block block => [.. block.Path.Looked, .. Looked(block.Then), .. Looked(block.Else)],
        _ => [],
    });
}

/// <summary>Where a value is in the model: <c>@root.customer.salutation</c>, <c>this.title</c>,
/// <c>@index</c>.</summary>
public sealed class PagePath(string text)
{
    private readonly string[] names = Names(text);

    /// <summary>What of the model it looks at, e.g. <c>customer</c> and <c>customer.orders</c>.</summary>
    public IEnumerable<string> Looked => names is not ["@root", var first, .. var rest] ? []
        : rest is [var second, ..] ? [first, $"{first}.{second}"] : [first];

    /// <summary>The same for every customer of an issue?</summary>
    public bool IsShared => names is ["@root", "shop" or "marketing", ..];

    /// <summary>Something of a list's entry itself, not of its place in the list?</summary>
    public bool IsOfEntry => names[0] == "this";

    /// <param name="entry">The entry of the innermost list; null outside.</param>
    public object? Find(IReadOnlyDictionary<string, object?> model, PageEntry? entry)
    {
        object? value = names[0] switch
        {
            "@root" => model,
            "this" => entry?.Names,
            "@first" => entry is { Index: 0 },
            "@last" => entry is { IsLast: true },
            "@index" => entry?.Index,
            _ => null,
        };
        for (var n = 1; n < names.Length && value is not null; n++)
            value =
                value is Dictionary<string, object?> inner && inner.TryGetValue(names[n], out var found) ? found : null;
        return value;
    }

    /// <summary>At the dots; what stands in brackets is one name.</summary>
    private static string[] Names(string path)
    {
        var names = new List<string>();
        for (var at = 0; at < path.Length;)
        {
            var bracketed = path[at] == '[';
            var end = path.IndexOf(bracketed ? ']' : '.', at) is var found and >= 0 ? found : path.Length;
            names.Add(path[(bracketed ? at + 1 : at)..end]);
            at = end + (bracketed ? 2 : 1);
        }
        return [.. names];
    }
}

/// <summary>One entry of a list that is being gone through.</summary>
public sealed record PageEntry(Dictionary<string, object?> Names, int Index, bool IsLast);
