using System.Text;
using Automation.Marketing;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Publishing;

/// <summary>A change of one of the shop's files, tried on a copy of the shop folder before it is made. Files are named
/// within the folder.</summary>
public sealed class ShopDraft(ShopFiles files, TimeProvider time)
{
    public static string Journey(string id) => $"journeys/{id}.json";
    public static string Scenario(string id) => $"tests/{id}.json";
    public static string Newsletter(string id) => $"newsletters/{id}.json";
    public static string Issue(string newsletter, string name) => $"newsletters/{newsletter}/{name}.md";

    /// <summary>What the file says; null: there is none.</summary>
    public async Task<string?> Written(string file) =>
        File.Exists(Place(file)) && files.LinkTo(file) is null ? await File.ReadAllTextAsync(Place(file)) : null;

    /// <summary>What is wrong with the file if this were its text.</summary>
    public async Task<IReadOnlyList<Problem>> Check(string file, ReadOnlyMemory<byte> text) =>
        [.. (await CheckAll(file, text)).Where(problem => problem.File == file)];

    /// <summary>What in the file may not be meant as it is written.</summary>
    public Task<IReadOnlyList<Problem>> Warnings(string file, ReadOnlyMemory<byte> text) =>
        With(file, text, copy => Task.FromResult<IReadOnlyList<Problem>>(
            [.. ShopFolder.Read(copy).Warnings
                .Select(warning => warning with { File = Path.GetRelativePath(copy, warning.File).Replace('\\', '/') })
                .Where(warning => warning.File == file)]));

    /// <summary>What is wrong with the whole shop if this were the file's text.</summary>
    public Task<IReadOnlyList<Problem>> CheckAll(string file, ReadOnlyMemory<byte> text) =>
        With(file, text, copy => Task.FromResult(CheckIn(copy)));

    /// <summary>The same if these were the texts of several.</summary>
    public Task<IReadOnlyList<Problem>> CheckAll(IReadOnlyDictionary<string, string> texts) =>
        With(texts, copy => Task.FromResult(CheckIn(copy)));

    private IReadOnlyList<Problem> CheckIn(string copy) =>
        [.. ShopPublisher.Check(copy, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).Select(
            problem => problem with { File = Path.GetRelativePath(copy, problem.File).Replace('\\', '/') })];

    /// <summary>Why the file cannot be written, in words; null: it can.</summary>
    public string? Obstacle(string file) => files.LinkTo(file) is { } link
        ? $"{link} is a link, and nothing is written through links: put the file itself there."
        : null;

    /// <summary>Lets somebody look at the shop folder as it would be with this text (null: as it is).</summary>
    public Task<T> With<T>(string file, ReadOnlyMemory<byte>? text, Func<string, Task<T>> look) =>
        With(text is { } bytes ? [(file, bytes)] : [], look);

    /// <summary>The same with the texts of several files.</summary>
    public Task<T> With<T>(IReadOnlyDictionary<string, string> texts, Func<string, Task<T>> look) =>
        With([.. texts.Select(one => (one.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(one.Value)))], look);

    private async Task<T> With<T>(IReadOnlyList<(string File, ReadOnlyMemory<byte> Text)> texts,
        Func<string, Task<T>> look)
    {
        var copy = Directory.CreateTempSubdirectory("shop-draft-").FullName;
        try
        {
            await files.Look(folder => Copy(folder, copy));
            foreach (var (file, text) in texts)
            {
                var changed = Path.Combine(copy, file);
                Directory.CreateDirectory(Path.GetDirectoryName(changed)!);
                await File.WriteAllBytesAsync(changed, text);
            }
            return await look(copy);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Makes it the file's text.</summary>
    public Task Write(string file, ReadOnlyMemory<byte> text) => files.Change(file, text);

    private string Place(string file) => Path.Combine(files.Folder, file);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", Links.Below))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            try { File.Copy(file, place); }
            catch (FileNotFoundException) { /* an editor's own, gone meanwhile */ }
        }
    }
}
