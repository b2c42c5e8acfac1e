using System.Text.Json;

namespace Automation.Marketing.Files;

/// <summary>One value of a JSON file and where it stands (bytes from the file's start).</summary>
public sealed record Node(JsonValueKind Kind, int Start, int End)
{
    /// <summary>What a string says.</summary>
    public string? Text { get; init; }
    public IReadOnlyList<Member> Members { get; init; } = [];
    public IReadOnlyList<Node> Items { get; init; } = [];

    /// <summary>The kind in words a marketer knows.</summary>
    public string InWords => Kind switch
    {
        JsonValueKind.Object => "an object { }",
        JsonValueKind.Array => "a list [ ]",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}

/// <summary>One property of an object; <paramref name="At"/> is where its name stands.</summary>
public sealed record Member(string Name, int At, Node Value);
