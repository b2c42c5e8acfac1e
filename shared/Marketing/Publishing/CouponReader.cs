using System.Globalization;
using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Marketing.Publishing;

/// <summary>Reads <c>coupons/{pool}.csv</c>: a header <c>code</c> or <c>code,expires</c>, then one code a line. A file
/// with its header alone is a pool whose codes come by the API.</summary>
public static class CouponReader
{
    private const int LongestCode = 60;

    /// <summary>The pool of a file's text; every mistake has its line.</summary>
    public static (CouponFile? File, IReadOnlyList<Problem> Problems) Read(string file, string text)
    {
        var problems = new List<Problem>();
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var columns = lines[0].Split(',').Select(column => column.Trim()).ToArray();
        if (columns is not (["code"] or ["code", "expires"]))
            return (null, [new(file, 1, 1, "the first line must be \"code\" or \"code,expires\"")]);
        var (codes, seen) = (new List<Coupon>(), new HashSet<string>(StringComparer.Ordinal));
        for (var n = 1; n < lines.Length && problems.Count < 100; n++)
        {
            if (string.IsNullOrWhiteSpace(lines[n])) continue;
            var cells = lines[n].Split(',').Select(cell => cell.Trim()).ToArray();
            var expires = (DateOnly?)null;
            if (cells.Length > columns.Length) Say(n, $"there are {cells.Length} values, and {columns.Length} columns");
            else if (Wrong(cells[0]) is { } wrong) Say(n, wrong);
            else if (!seen.Add(cells[0])) Say(n, $"\"{cells[0]}\" is here twice");
            else if (cells is [_, { Length: > 0 } day] && !TryDay(day, out expires))
                Say(n, $"\"{day}\" is not a date; dates read \"2026-11-25\"");
            else codes.Add(new(Pool(file), cells[0], expires));
        }
        return problems.Count > 0
            ? (null, problems)
            : (new(Pool(file), codes, Keys.Hash(text, 32)), []);

        void Say(int line, string message) => problems.Add(new(file, line + 1, 1, message));
    }

    /// <summary>The codes of <c>{"codes":[…]}</c>, or what is wrong.</summary>
    public static (IReadOnlyList<Coupon> Codes, string? Wrong) Read(string pool, JsonElement body, int most)
    {
        if (body.ValueKind is not JsonValueKind.Object || !body.TryGetProperty("codes", out var list)
            || list.ValueKind is not JsonValueKind.Array)
            return ([], """Send {"codes":["A1B2",{"code":"C3D4","expires":"2026-12-31"}]}.""");
        if (list.GetArrayLength() > most)
            return ([], string.Create(CultureInfo.InvariantCulture, $"One request may have up to {most} codes."));
        var codes = new List<Coupon>();
        foreach (var item in list.EnumerateArray())
        {
            var (written, day) = item.ValueKind is JsonValueKind.Object
                ? (item.TryGetProperty("code", out var code) ? code : default,
                    item.TryGetProperty("expires", out var until) ? until : default)
                : (item, default);
            var expires = (DateOnly?)null;
            var text = written.ValueKind is JsonValueKind.String ? written.GetString()!.Trim() : "";
            if (Wrong(text) is { } wrong) return ([], $"Number {codes.Count + 1}: {wrong}.");
            if (day.ValueKind is not JsonValueKind.Undefined
                && (day.ValueKind is not JsonValueKind.String || !TryDay(day.GetString()!, out expires)))
                return ([], $"Number {codes.Count + 1}: \"expires\" reads \"2026-11-25\".");
            codes.Add(new(pool, text, expires));
        }
        return (codes, null);
    }

    /// <summary>What is wrong with a code; null: nothing.</summary>
    private static string? Wrong(string code) =>
        code.Length == 0 ? "there is no code"
        : code.Length > LongestCode ? $"a code has at most {LongestCode} characters"
        : Wording.HasLink(code) || code.Any(c => char.IsControl(c) || c is '"' or '<' or '>')
        ? $"\"{code}\" is not a code: letters, digits, hyphens"
        : null;

    private static string Pool(string file) => Path.GetFileNameWithoutExtension(file);

    private static bool TryDay(string text, out DateOnly? day)
    {
        var isDay = DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read);
        day = isDay ? read : null;
        return isDay;
    }
}
