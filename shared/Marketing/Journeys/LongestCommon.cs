namespace Automation.Marketing.Journeys;

/// <summary>What two lists of lines have in common, in order (LCS).</summary>
internal static class LongestCommon
{
    /// <summary>The places of the longest run of same lines in both, and last the two lists' ends.</summary>
    public static List<(int Left, int Right)> Of(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var length = new int[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
            for (var j = right.Count - 1; j >= 0; j--)
                length[i, j] = left[i] == right[j]
                    ? length[i + 1, j + 1] + 1
                    : Math.Max(length[i + 1, j], length[i, j + 1]);
        var common = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < left.Count && j < right.Count;)
            if (left[i] == right[j]) common.Add((i++, j++));
            else if (length[i + 1, j] >= length[i, j + 1]) i++;
            else j++;
        common.Add((left.Count, right.Count));
        return common;
    }
}
