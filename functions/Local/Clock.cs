using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Functions.Hosting;

namespace Automation.Functions.Local;

/// <summary>The shop's clock as <c>clock.json</c> remembers it: at a real moment it showed <see cref="Shop"/> and has
/// run at <see cref="Rate"/> since, also while the program was stopped; or, in a time-lapse of one machine, has shown
/// nothing after <see cref="Reached"/> and stands while the program is stopped.</summary>
public sealed record ClockAnchor(DateTimeOffset Real, DateTimeOffset Shop, double Rate, DateTimeOffset? Reached = null)
{
    public DateTimeOffset At(DateTimeOffset real) => Reached ?? Shop + (real - Real) * Rate;
}

/// <summary>Opens the shop's clock.</summary>
public static class Clock
{
    /// <summary>No time-lapse goes further.</summary>
    public const int LastYear = 2200;

    /// <summary>The system's clock at rate 1, unless the data folder has seen another time: then time never runs
    /// back.</summary>
    public static TimeProvider Open(string dataFolder, double rate, TimeProvider wall)
    {
        var file = FileOf(dataFolder);
        var known = Known(file);
        if (known is null && rate == 1) return wall;
        var now = wall.GetUtcNow();
        var shop = Shows(file, known, now);
        if (known?.Rate != rate || known.Reached is not null) Write(file, new(now, shop, rate));
        return new ScaledTime(shop, rate, wall);
    }

    /// <summary>The clock of one machine at another rate than 1: it waits for what is due, and stands while the program
    /// is stopped.</summary>
    public static TimeLapse Lapse(string dataFolder, double rate, TimeProvider wall)
    {
        var file = FileOf(dataFolder);
        var begin = Shows(file, Known(file), wall.GetUtcNow());
        Reach(begin);
        return new TimeLapse(begin, rate, wall, Reach);

        void Reach(DateTimeOffset moment) => Write(file, new(wall.GetUtcNow(), begin, rate, moment));
    }

    /// <summary>What the data folder remembers of the clock; null: it has seen no other than the system's.</summary>
    public static ClockAnchor? Remembered(string dataFolder) => Known(FileOf(dataFolder));

    private static string FileOf(string dataFolder) => Path.Combine(dataFolder, "clock.json");

    private static ClockAnchor? Known(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), ClockJson.Default.ClockAnchor) : null;

    private static DateTimeOffset Shows(string file, ClockAnchor? known, DateTimeOffset now)
    {
        if (known is null) return now;
        var isFar = known.Reached is null && (now - known.Real).TotalDays * known.Rate > 365.0 * (LastYear - 1970);
        return !isFar && known.At(now) is { Year: < LastYear } shop ? shop
            : throw new SettingsException(
                [$"The time-lapse in {file} has run past the year {LastYear}. Start with another Data:Folder, or "
                    + $"delete that folder to begin anew."]);
    }

    private static void Write(string file, ClockAnchor anchor) =>
        Files.Replace(file, JsonSerializer.SerializeToUtf8Bytes(anchor, ClockJson.Default.ClockAnchor));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ClockAnchor))]
internal sealed partial class ClockJson : JsonSerializerContext;
