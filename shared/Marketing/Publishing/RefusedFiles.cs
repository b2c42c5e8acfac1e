using Automation.Storage;

namespace Automation.Marketing.Publishing;

/// <summary>Files of the shop that were refused, one row of <c>Attention</c> each, there until the file is
/// mended.</summary>
public sealed class RefusedFiles(Tables tables, TimeProvider time)
{
    private const string Kind = "files";

    /// <summary>Makes the rows what is wrong now. May be repeated, and be cut short: the next publishing says the
    /// same.</summary>
    /// <param name="problems">All there are; files are named within the shop folder.</param>
    public async Task Note(IReadOnlyCollection<Problem> problems, CancellationToken cancellation)
    {
        var wrong = problems.GroupBy(problem => problem.File).ToDictionary(file => Keys.Safe(file.Key), InWords);
        await foreach (var row in tables.Attention.Query(new TableQuery { PartitionKey = Kind }, cancellation))
            if (!wrong.TryGetValue(row.RowKey, out var reason)) await tables.Attention.Delete(
                Kind, row.RowKey, ETag.All, cancellation);
            else if (row.GetString("Reason") == reason) wrong.Remove(row.RowKey);
        foreach (var (file, reason) in wrong)
            await tables.Attend(Kind, file, reason, time.GetUtcNow(), cancellation);
    }

    private static string InWords(IGrouping<string, Problem> file)
    {
        var others = file.Count() - 1;
        var first = file.First().ToString();
        return $"{(first.Length > 1000 ? first[..1000] : first)}"
            + $"{(others == 0 ? "" : $" (and {Amount.Of(others, "more mistake")})")}";
    }
}
