using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Automation.Year.Tests.Faults;

/// <summary>Kills, clocks that are set, edited files, merges, pauses and a failing provider, in any order: nothing is
/// lost, nobody gets anything twice but as documented, nothing waits in silence. 40 stories, with THOROUGH=1 200, or
/// <c>FAULT_CASES</c>; <c>FAULT_SEED</c> plays one again.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private static readonly int Cases = Number("FAULT_CASES")
        ?? (Environment.GetEnvironmentVariable("THOROUGH") == "1" ? 200 : 40);

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number
            : null;

    [Fact]
    public async Task Whatever_happens_nothing_is_lost_nobody_gets_it_twice_and_nothing_waits_in_silence()
    {
        var (failed, watch) = (new ConcurrentDictionary<int, string>(), Stopwatch.StartNew());
        int[] seeds = Number("FAULT_SEED") is { } one ? [one] : [.. Enumerable.Range(1, Cases)];
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
        {
            if (await Play(seed) is not { } story) return;
            failed[seed] = story;
            await File.WriteAllTextAsync(
                Path.Combine(Path.GetTempPath(), $"fault-{seed}.txt"), story, CancellationToken.None);
        });
        output.WriteLine($"{seeds.Length} stories in {watch.Elapsed.TotalSeconds:F1} s");
        var broken = failed.OrderBy(one => one.Key).ToList();
        var stories = string.Join("\n\n", broken.Take(2).Select(one => $"seed {one.Key}:\n{one.Value}"));
        var all = string.Join('\n', broken.Select(one => $"{one.Key}: {one.Value.Split('\n')[0]}"));
        Assert.True(broken.Count == 0,
            $"{broken.Count} of {seeds.Length} (FAULT_SEED plays one again, {Path.GetTempPath()} has "
            + $"each)\n{stories}\nall:\n{all}");
    }

    /// <summary>The promises that were not kept, and the story; null: all were.</summary>
    private static async Task<string?> Play(int seed)
    {
        var story = new Story(seed);
        await using var shop = await FaultyShop.Open();
        try
        {
            await story.Play(shop);
            await story.Calm(shop, TimeSpan.FromDays(25));
            var broken = await new Promises(shop).Broken();
            return broken.Count == 0 ? null : $"{string.Join('\n', broken)}\n{string.Join('\n', story.Told)}";
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return $"{failure}\n{string.Join('\n', story.Told)}";
        }
    }
}
