using System.Runtime.CompilerServices;
using Automation.Marketing;
using Automation.Marketing.Chat;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Simulation;

/// <summary>A scenario of a shop folder, played.</summary>
/// <param name="File">Where it lies, as the folder was named.</param>
/// <param name="Diary">What happened to its customer.</param>
public sealed record ScenarioPlay(string File, Scenario Scenario, IReadOnlyList<string> Diary)
{
    /// <summary>Where the diary is another than the scenario says; none: it is as expected.</summary>
    public IReadOnlyList<string> Differences { get; } = DiaryFormat.Differences(Scenario.Diary, Diary);

    /// <summary>All of a folder, in the order of their files; none where its <c>shop.json</c> cannot be read.</summary>
    /// <param name="journey">Only those of this one; null: of all.</param>
    public static async IAsyncEnumerable<ScenarioPlay> All(
        string folder, string? journey, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var contents = ShopFolder.Read(folder);
        if (contents.Shop is not { } shop) yield break;
        foreach (var (file, scenario) in contents.Scenarios.OrderBy(one => one.Key, StringComparer.Ordinal))
            if (journey is null || scenario.Journey == journey)
                yield return new(file, scenario, await Simulator.Play(folder, shop, scenario, cancellation));
    }

    /// <summary>What stands against publishing the folder: a scenario that says what is to happen, where something else
    /// does. Files are named within the folder.</summary>
    /// <inheritdoc cref="All" path="/param"/>
    public static async Task<IReadOnlyList<Problem>> Broken(
        string folder, string? journey, CancellationToken cancellation)
    {
        var broken = new List<Problem>();
        await foreach (var played in All(folder, journey, cancellation))
            if (played.Scenario.Diary.Count > 0) Look(played.File, played.Differences);
        if (journey is null)
            foreach (var (file, differences) in Chats(folder)) Look(file, differences);
        return broken;

        void Look(string file, IReadOnlyList<string> differences)
        {
            if (differences.Count > 0) broken.Add(new(
                Path.GetRelativePath(folder, file).Replace('\\', '/'), 1, 1,
                $"this comes out differently:\n{string.Join('\n', differences)}"));
        }
    }

    /// <summary>The chat's scenarios of a folder, and where something else comes back than they say; none where its
    /// <c>shop.json</c> cannot be read.</summary>
    public static IEnumerable<(string File, IReadOnlyList<string> Differences)> Chats(string folder)
    {
        var contents = ShopFolder.Read(folder);
        if (contents.Shop is not { } shop || contents.Chats.Count == 0) return [];
        var index = AnswerFiles.Index(contents, shop);
        return [.. contents.Chats.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => (one.Key, ChatPlay.Differences(one.Value, shop, index)))];
    }
}
