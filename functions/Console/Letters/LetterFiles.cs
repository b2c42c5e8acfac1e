using System.Text;
using Automation.Console.Letters;
using Automation.Functions.Publishing;

namespace Automation.Functions.Console.Letters;

/// <summary>The files of mails and issues, as their editors read and save them.</summary>
public sealed class LetterFiles(ShopDraft draft, ShopFilePublisher shop)
{
    /// <summary>What the file says; null: there is none.</summary>
    public Task<string?> Written(string file) => draft.Written(file);

    /// <summary>The file as it is opened in the editor.</summary>
    /// <param name="beginning">What it says where there is none.</param>
    public async Task<(LetterDraft Draft, bool IsNew)> Open(string file, string beginning)
    {
        var written = await draft.Written(file);
        return (
            new() { Text = written ?? beginning, Version = ShopFilePublisher.Version(written) }, written is null);
    }

    /// <summary>Saves it and makes it count; null: done. Else the draft, with why it could not be saved.</summary>
    public async Task<LetterDraft?> Save(string file, LetterDraft typed)
    {
        var now = ShopFilePublisher.Version(await draft.Written(file));
        // Saved once more with what it is now in hand: they know, and mean it.
        if (now != typed.Version) return typed with { IsOutdated = true, Version = now };
        var written = await shop.Put(file, Encoding.UTF8.GetBytes(typed.Text), dryRun: false);
        if (written.Obstacle is { } obstacle) return typed with { Problems = [new(file, 1, 1, obstacle)] };
        return written.IsGood ? null : typed with { Problems = written.Problems };
    }
}
