using Automation.Marketing.Journeys;
using Automation.Marketing.Time;

namespace Automation.Marketing.Mails;

/// <summary>A mail as the marketer writes it (shop/mails/{name}.md): front matter, then Markdown with blanks.</summary>
public sealed record MailSource
{
    private static readonly string[] Keys = ["subject", "preheader", "purpose", "from"];

    /// <summary>E.g. <c>second-purchase/how-is-it</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The whole file, as written; <see cref="Passage"/>s point into it.</summary>
    public required string Text { get; init; }
    public required Passage Subject { get; init; }

    /// <summary>What inboxes show beside the subject.</summary>
    public Passage? Preheader { get; init; }

    /// <summary>Null: the journey's.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>The sender's display name; null: the configured one. The address is never the mail's to choose.</summary>
    public string? From { get; init; }
    public required Passage Body { get; init; }

    public string File => $"mails/{Name}.md";

    /// <summary>The source, or what is wrong with its front matter.</summary>
    public static (MailSource? Source, IReadOnlyList<Problem> Problems) Parse(string name, string text)
    {
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var problems = new List<Problem>();
        var values = new Dictionary<string, Passage>();
        var body = FrontMatter(name, text, values, problems);
        if (problems.Count == 0 && !values.ContainsKey("subject")) problems.Add(At(name, text, 0, "a mail needs a subject", "subject: …"));
        var purpose = ReadPurpose(name, text, values.GetValueOrDefault("purpose"), problems);
        if (problems.Count == 0 && body.Text.Trim().Length == 0) problems.Add(At(name, text, Math.Min(body.Offset, text.Length), "the mail has no text"));
        if (problems.Count > 0) return (null, problems);
        return (new MailSource
        {
            Name = name,
            Text = text,
            Subject = values["subject"],
            Preheader = values.GetValueOrDefault("preheader"),
            Purpose = purpose,
            From = values.GetValueOrDefault("from")?.Text,
            Body = body,
        }, []);
    }

    /// <summary>A problem at an offset of the file.</summary>
    public Problem Problem(int offset, string message, string? suggestion = null) => At(Name, Text, offset, message, suggestion);

    private static Problem At(string name, string text, int offset, string message, string? suggestion = null)
    {
        var before = text.AsSpan(0, offset);
        return new($"mails/{name}.md", before.Count('\n') + 1, offset - before.LastIndexOf('\n'), message, suggestion);
    }

    private static Passage FrontMatter(string name, string text, Dictionary<string, Passage> values, List<Problem> problems)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            problems.Add(At(name, text, 0, "a mail begins with a line --- and its subject", "---\\nsubject: …\\n---"));
            return new(0, text);
        }
        for (var at = 4; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is var newline && newline < 0 ? text.Length : newline;
            var line = text[at..end];
            if (line.TrimEnd() == "---") return new(Math.Min(end + 1, text.Length), text[Math.Min(end + 1, text.Length)..]);
            ReadLine(name, text, at, line, values, problems);
            at = end + 1;
        }
        problems.Insert(0, At(name, text, 0, "the front matter is not closed by a line ---", "---"));
        return new(text.Length, "");
    }

    private static void ReadLine(string name, string text, int at, string line, Dictionary<string, Passage> values, List<Problem> problems)
    {
        if (line.Trim().Length == 0 || line.StartsWith('#')) return;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 0 ? line.Trim() : line[..colon].Trim();
        if (colon < 0) problems.Add(At(name, text, at, $"\"{key}\" is not of the form name: value", $"{Nearest.To(key, Keys) ?? "subject"}: …"));
        else if (!Keys.Contains(key)) problems.Add(At(name, text, at, $"unknown \"{key}\"; a mail has {string.Join(", ", Keys)}", Nearest.To(key, Keys)));
        else if (values.ContainsKey(key)) problems.Add(At(name, text, at, $"\"{key}\" is there twice"));
        else if (Value(at + colon + 1, line[(colon + 1)..]) is { Text.Length: > 0 } value) values[key] = value;
        else problems.Add(At(name, text, at, $"\"{key}\" is empty"));
    }

    /// <summary>Trimmed, and without the quotes around it.</summary>
    private static Passage Value(int offset, string raw)
    {
        var value = raw.Trim();
        offset += raw.Length - raw.TrimStart().Length;
        return value is ['"', .., '"'] or ['\'', .., '\''] && value.Length > 1 ? new(offset + 1, value[1..^1]) : new(offset, value);
    }

    private static Purpose? ReadPurpose(string name, string text, Passage? value, List<Problem> problems)
    {
        if (value is null) return null;
        foreach (var purpose in Enum.GetValues<Purpose>())
            if (value.Text.Equals(purpose.ToString(), StringComparison.OrdinalIgnoreCase)) return purpose;
        problems.Add(At(name, text, value.Offset, $"\"{value.Text}\" is no purpose", Nearest.To(value.Text, ["transactional", "marketing"]) ?? "transactional or marketing"));
        return null;
    }
}

/// <summary>A piece of a file and where it begins there.</summary>
public sealed record Passage(int Offset, string Text);
