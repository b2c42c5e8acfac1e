using Automation.Marketing.Time;

namespace Automation.Marketing.Files;

/// <summary>The lines <c>name: value</c> between <c>---</c> and <c>---</c> at the beginning of a Markdown file, and the
/// body after them.</summary>
public sealed class FrontMatter
{
    /// <summary>Characters of one value: more than any inbox shows of a subject.</summary>
    private const int LongestValue = 500;

    private readonly string file, what, needed;
    private readonly IReadOnlyList<string> keys;
    private readonly Dictionary<string, Passage> values = [];
    private readonly List<Problem> problems = [];

    private FrontMatter(string file, string text, string what, IReadOnlyList<string> keys, string needed)
    {
        (this.file, this.what, this.keys, this.needed) = (file, what, keys, needed);
        Text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        Body = Read();
        if (problems.Count == 0 && !values.ContainsKey(needed)) Say(0, $"{what} needs {Needed}", $"{needed}: …");
        if (problems.Count == 0 && Body.Text.Trim().Length == 0)
            Say(Math.Min(Body.Offset, Text.Length), $"{what} needs a text");
    }

    /// <param name="what">Names the file in messages: "a mail".</param>
    /// <param name="keys">The names it may hold.</param>
    /// <param name="needed">The one it must.</param>
    public static FrontMatter Of(
        string file, string text, string what, IReadOnlyList<string> keys, string needed = "subject") =>
        new(file, text, what, keys, needed);

    private string Needed => needed == "subject" ? "a subject" : $"\"{needed}\"";

    /// <summary>The whole file; <see cref="Passage"/>s point into it.</summary>
    public string Text { get; }
    public Passage Body { get; }
    public IReadOnlyList<Problem> Problems => problems;

    public Passage? this[string key] => values.GetValueOrDefault(key);

    public void Say(int offset, string message, string? suggestion = null) =>
        problems.Add(At(file, Text, offset, message, suggestion));

    /// <summary>A problem at an offset of a text.</summary>
    public static Problem At(string file, string text, int offset, string message, string? suggestion = null)
    {
        var before = text.AsSpan(0, offset);
        return new(file, before.Count('\n') + 1, offset - before.LastIndexOf('\n'), message, suggestion);
    }

    private Passage Read()
    {
        if (!Text.StartsWith("---\n", StringComparison.Ordinal))
        {
            Say(0, $"{what} begins with a line --- and its {needed}", $"---\\n{needed}: …\\n---");
            return new(0, Text);
        }
        for (var at = 4; at < Text.Length;)
        {
            var end = Text.IndexOf('\n', at) is var newline && newline < 0 ? Text.Length : newline;
            var line = Text[at..end];
            if (line.TrimEnd() == "---")
                return new(Math.Min(end + 1, Text.Length), Text[Math.Min(end + 1, Text.Length)..]);
            ReadLine(at, line);
            at = end + 1;
        }
        problems.Insert(0, At(file, Text, 0, "the front matter is not closed by a line ---", "---"));
        return new(Text.Length, "");
    }

    private void ReadLine(int at, string line)
    {
        if (line.Trim().Length == 0 || line.StartsWith('#')) return;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 0 ? line.Trim() : line[..colon].Trim();
        if (colon < 0) Say(at, $"\"{key}\" is not of the form name: value", $"{Nearest.To(key, keys) ?? needed}: …");
        else if (!keys.Contains(key))
            Say(at, $"unknown \"{key}\"; {what} has {string.Join(", ", keys)}", Nearest.To(key, keys));
        else if (values.ContainsKey(key)) Say(at, $"\"{key}\" is there twice");
        else if (Value(at + colon + 1, line[(colon + 1)..]) is not { Text.Length: > 0 } value) Say(
            at, $"\"{key}\" is empty");
        else if (value.Text.Length > LongestValue) Say(
            value.Offset, $"\"{key}\" has at most {LongestValue} characters");
        else values[key] = value;
    }

    /// <summary>Trimmed, and without the quotes around it.</summary>
    /// <summary>The purpose it says, where it says one.</summary>
    public Purpose? Purpose()
    {
        if (this["purpose"] is not { } value) return null;
        foreach (var purpose in Enum.GetValues<Purpose>())
            if (value.Text.Equals(purpose.ToString(), StringComparison.OrdinalIgnoreCase)) return purpose;
        Say(value.Offset, $"\"{value.Text}\" is not a purpose",
            Nearest.To(value.Text, ["transactional", "marketing"]) ?? "transactional or marketing");
        return null;
    }

    private static Passage Value(int offset, string raw)
    {
        var value = raw.Trim();
        offset += raw.Length - raw.TrimStart().Length;
        return value is ['"', .., '"'] or ['\'', .., '\''] && value.Length > 1 ? new(offset + 1, value[1..^1])
            : new(offset, value);
    }
}

/// <summary>A piece of a file and where it begins there.</summary>
public sealed record Passage(int Offset, string Text)
{
    /// <summary>What stands between its <c>|</c>, without the spaces around.</summary>
    public IEnumerable<Passage> Parts()
    {
        var at = Offset;
        foreach (var part in Text.Split('|'))
        {
            yield return new(at + part.Length - part.TrimStart().Length, part.Trim());
            at += part.Length + 1;
        }
    }
}
