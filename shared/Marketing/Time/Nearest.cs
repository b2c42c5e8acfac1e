namespace Automation.Marketing.Time;

/// <summary>The known word a misspelt one was meant to be.</summary>
public static class Nearest
{
    /// <summary>The nearest of <paramref name="known"/> by edit distance (swapped neighbours count as one edit); null
    /// where none is near enough to be meant.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        var (best, distance) = ((string?)null, int.MaxValue);
        foreach (var candidate in known)
        {
            var d = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (d < distance) (best, distance) = (candidate, d);
        }
        var allowed = Math.Max(1, Math.Max(word.Length, best?.Length ?? 0) / 3);
        return distance <= allowed ? best : null;
    }

    /// <summary>Optimal string alignment distance.</summary>
    public static int Distance(string a, string b)
    {
        if (a.Length > 200 || b.Length > 200) return int.MaxValue;
        var (older, previous, row) =
            (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], older[j - 2] + 1);
            }
            (older, previous, row) = (previous, row, older);
        }
        return previous[b.Length];
    }
}
