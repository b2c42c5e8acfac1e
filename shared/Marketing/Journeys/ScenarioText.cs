using System.Text;
using System.Text.Json;

namespace Automation.Marketing.Journeys;

/// <summary>Scenarios' files as text. Pure.</summary>
public static class ScenarioText
{
    /// <summary>The same scenario, expecting another diary; everything else stays as it is written.</summary>
    public static string WithDiary(string text, IReadOnlyList<string> diary)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(
            bytes, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1
                || !reader.ValueTextEquals("diary")) continue;
            reader.Read();
            var begin = (int)reader.TokenStartIndex;
            reader.Skip();
            return Encoding.UTF8.GetString(bytes.AsSpan(0, begin)) + Written(diary)
                + Encoding.UTF8.GetString(bytes.AsSpan((int)reader.BytesConsumed));
        }
        throw new ArgumentException("A scenario has a diary.", nameof(text));
    }

    /// <summary>One line of the diary a line.</summary>
    public static string Written(IReadOnlyList<string> diary) => diary.Count == 0 ? "[]"
        : $"[\n{string.Join(",\n", diary.Select(Line))}\n  ]";

    private static string Line(string line) => $"    {JsonSerializer.Serialize(line, RowJson.Readable)}";
}
