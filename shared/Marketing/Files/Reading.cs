using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Automation.Marketing.Files;

/// <summary>One reading of one JSON file: its tree with positions, and every problem met on the way. The files are
/// plain JSON (RFC 8259): no comments, no trailing commas, no property twice. A syntax error ends the reading; all
/// other problems are collected.</summary>
public sealed class Reading(string file, ReadOnlySpan<byte> json, Names known)
{
    private readonly byte[] bytes = json.ToArray();
    private readonly List<Problem> problems = [], warnings = [];

    /// <summary>Problems named in one file: who has more of them mends these first.</summary>
    private const int Most = 100;

    public Names Known { get; } = known;

    /// <summary>In the order they stand in the file.</summary>
    public IReadOnlyList<Problem> Problems => [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)];
    public bool Failed => problems.Count > 0;

    /// <summary>What is right as it stands and yet may not be what was meant, in the order it stands in the
    /// file.</summary>
    public IReadOnlyList<Problem> Warnings => [.. warnings.OrderBy(w => w.Line).ThenBy(w => w.Column)];

    /// <summary>Warns: the file is taken all the same.</summary>
    public void Warn(Node at, string message)
    {
        var (line, column) = Place(at.Start);
        if (warnings.Count < Most) warnings.Add(new(file, line, column, message));
    }

    public void Say(int at, string message, string? suggestion = null)
    {
        if (problems.Count > Most) return;
        var (line, column) = Place(at);
        problems.Add(problems.Count < Most ? new Problem(file, line, column, message, suggestion)
            : new Problem(file, line, column, "there are more mistakes from here on: mend the others first"));
    }

    public void Say(Node at, string message, string? suggestion = null) => Say(at.Start, message, suggestion);

    /// <summary>Line and column, from 1, of a byte of the file.</summary>
    public (int Line, int Column) Place(int at)
    {
        var before = bytes.AsSpan(Bom, Math.Max(0, Math.Min(at, bytes.Length) - Bom));
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        var column = 1;
        foreach (var b in before[lineStart..])
            if ((b & 0xC0) != 0x80) column++;
        return (before.Count((byte)'\n') + 1, column);
    }

    /// <summary>A value of the file as System.Text.Json knows it.</summary>
    public JsonElement Element(Node node) => JsonElement.Parse(bytes.AsSpan(node.Start, node.End - node.Start));

    /// <summary>The whole file; null where it is not JSON (said so).</summary>
    public Node? Parse()
    {
        if (!IsText()) return null;
        var reader = new Utf8JsonReader(bytes.AsSpan(Bom));
        try
        {
            reader.Read();
            var root = Value(ref reader);
            while (reader.Read()) { }
            return root;
        }
        catch (JsonException e)
        {
            var at = Offset((int)(e.LineNumber ?? 0), (int)(e.BytePositionInLine ?? 0));
            Say(at, Syntax(e, at));
            return null;
        }
        catch (InvalidOperationException)
        {
            Say(Bom + (int)reader.TokenStartIndex, "this text holds half a character (an unpaired \\u surrogate)");
            return null;
        }
    }

    /// <summary>Is the file UTF-8? Says where it is not.</summary>
    public bool IsText()
    {
        if (Utf8.IsValid(bytes)) return true;
        Say(FirstInvalid(), "the file is not UTF-8 text: save it as UTF-8 (an editor may call Shift_JIS ANSI)");
        return false;
    }

    private int Bom => bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;

    private Node Value(ref Utf8JsonReader reader)
    {
        var start = Bom + (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var (members, names) = (new List<Member>(), new HashSet<string>(StringComparer.Ordinal));
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var (name, at) = (reader.GetString()!, Bom + (int)reader.TokenStartIndex);
                    reader.Read();
                    var value = Value(ref reader);
                    if (!names.Add(name)) Say(at, $"\"{name}\" is here twice");
                    else members.Add(new Member(name, at, value));
                }
                return new Node(JsonValueKind.Object, start, Bom + (int)reader.BytesConsumed) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Value(ref reader));
                return new Node(JsonValueKind.Array, start, Bom + (int)reader.BytesConsumed) { Items = items };
            case JsonTokenType.String:
                return new Node(
                    JsonValueKind.String, start, Bom + (int)reader.BytesConsumed)
                { Text = reader.GetString() };
            default:
                var kind = reader.TokenType switch
                {
                    JsonTokenType.Number => JsonValueKind.Number,
                    JsonTokenType.True => JsonValueKind.True,
                    JsonTokenType.False => JsonValueKind.False,
                    _ => JsonValueKind.Null,
                };
                return new Node(kind, start, Bom + (int)reader.BytesConsumed);
        }
    }

    private string Syntax(JsonException e, int at)
    {
        var rest = bytes.AsSpan(Math.Min(at, bytes.Length));
        if (rest.StartsWith("/"u8)) return "comments are not allowed in these files";
        if (bytes.AsSpan(Bom).Trim(" \t\r\n"u8).IsEmpty) return "the file is empty";
        if (rest.IsEmpty) return "the file ends too early: a bracket or quote is not closed";
        if (rest[0] is (byte)'}' or (byte)']' && bytes.AsSpan(0, at).TrimEnd(" \t\r\n"u8).EndsWith(","u8))
            return "no comma is allowed after the last entry";
        if (e.Message.Contains("depth", StringComparison.Ordinal))
            return "brackets are nested too deeply: at most 64 of them within each other";
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"not JSON: {(end > 0 ? e.Message[..end] : e.Message)}";
    }

    private int Offset(int line, int inLine)
    {
        var at = Bom;
        for (; line > 0; line--)
        {
            var next = bytes.AsSpan(at).IndexOf((byte)'\n');
            if (next < 0) break;
            at += next + 1;
        }
        return Math.Min(at + inLine, bytes.Length);
    }

    private int FirstInvalid()
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes.AsSpan(at), out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }
}
