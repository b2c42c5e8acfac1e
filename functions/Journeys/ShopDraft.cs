using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Shop;

namespace Automation.Functions.Journeys;

/// <summary>A change of a journey's file, tried on a copy of the shop folder before it is made.</summary>
public sealed class ShopDraft(string folder)
{
    /// <summary>The journey as its file says; null: there is none.</summary>
    public async Task<string?> Written(string id) => JourneyReader.IsWellFormedId(id) && File.Exists(Place(id)) ? await File.ReadAllTextAsync(Place(id)) : null;

    /// <summary>What is wrong with the journey if this were its text.</summary>
    public Task<IReadOnlyList<Problem>> Check(string id, ReadOnlyMemory<byte> text) => With(id, text, copy => Task.FromResult<IReadOnlyList<Problem>>(
        [.. Publishing.Check(copy)
            .Where(problem => problem.File.EndsWith($"/journeys/{id}.json", StringComparison.Ordinal))
            .Select(problem => problem with { File = $"journeys/{id}.json" })]));

    /// <summary>Lets somebody look at the shop folder as it would be with this text (null: as it is).</summary>
    public async Task<T> With<T>(string id, ReadOnlyMemory<byte>? text, Func<string, Task<T>> look)
    {
        var copy = Directory.CreateTempSubdirectory("shop-draft-").FullName;
        try
        {
            Copy(folder, copy);
            Directory.CreateDirectory(Path.Combine(copy, "journeys"));
            if (text is { } changed) await File.WriteAllBytesAsync(Path.Combine(copy, "journeys", $"{id}.json"), changed);
            return await look(copy);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Makes it the journey's file.</summary>
    public void Write(string id, ReadOnlySpan<byte> text) => Files.Replace(Place(id), text);

    private string Place(string id) => Path.Combine(folder, "journeys", $"{id}.json");

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
    }
}
