using System.Text.Unicode;
using Automation.Marketing;

namespace Automation.Functions.Publishing;

/// <summary>What became of one file that was handed in.</summary>
/// <param name="Obstacle">Why it cannot be written; null: it can.</param>
/// <param name="Problems">What is wrong with it; then nothing was changed.</param>
/// <param name="Others">What is wrong with other files, with this one as it is now.</param>
public sealed record WrittenFile(string? Obstacle, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Others)
{
    public bool IsGood => Obstacle is null && Problems.Count == 0;
}

/// <summary>Takes one file of the shop: checked in the whole folder, written, published. API and console come
/// here.</summary>
public sealed class ShopFilePublisher(ShopDraft draft, ShopWatch shop)
{
    /// <param name="dryRun">Only says.</param>
    public async Task<WrittenFile> Put(string file, ReadOnlyMemory<byte> text, bool dryRun)
    {
        if (draft.Obstacle(file) is { } obstacle) return new(obstacle, [], []);
        var problems = await draft.CheckAll(file, text);
        List<Problem> own = [.. problems.Where(problem => problem.File == file)];
        if (!dryRun && own.Count == 0)
        {
            await draft.Write(file, text);
            await shop.Publish(CancellationToken.None);
        }
        return new(null, own, [.. problems.Where(problem => problem.File != file)]);
    }

    public static bool IsText(ReadOnlyMemory<byte> text) => Utf8.IsValid(text.Span);

    /// <summary>Names a text, so that whoever edits it notices that somebody else did meanwhile; empty: there is
    /// none.</summary>
    public static string Version(string? text) => text is null ? "" : Keys.Hash(text.ReplaceLineEndings("\n"), 8);
}
