using System.Text.Json;
using System.Text.Json.Serialization;

namespace Automation.Functions.Hosting;

/// <summary>
/// The shop's clock as <c>clock.json</c> remembers it: at a real moment it showed <see cref="Shop"/> and has run at
/// <see cref="Rate"/> since, also while the program was stopped. So a restart goes on where the time-lapse would be.
/// </summary>
public sealed record ClockAnchor(DateTimeOffset Real, DateTimeOffset Shop, double Rate)
{
    public DateTimeOffset At(DateTimeOffset real) => Shop + (real - Real) * Rate;
}

/// <summary>Opens the shop's clock.</summary>
public static class Clock
{
    private const int LastYear = 2200;

    /// <summary>The system's clock at rate 1, unless the data folder has seen another time: then time never runs back.</summary>
    public static TimeProvider Open(string dataFolder, double rate, TimeProvider wall)
    {
        var file = Path.Combine(dataFolder, "clock.json");
        var known = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), ClockJson.Default.ClockAnchor) : null;
        if (known is null && rate == 1) return wall;

        var now = wall.GetUtcNow();
        if ((now - (known?.Real ?? now)).TotalDays * (known?.Rate ?? 1) > 365.0 * (LastYear - 1970) || (known?.At(now) ?? now).Year >= LastYear)
            throw new SettingsException([$"The time-lapse in {file} has run past the year {LastYear}. Start with another Data:Folder, or delete that folder to begin anew."]);
        var shop = known?.At(now) ?? now;
        if (known?.Rate != rate) Files.Replace(file, JsonSerializer.SerializeToUtf8Bytes(new ClockAnchor(now, shop, rate), ClockJson.Default.ClockAnchor));
        return new ScaledTime(shop, rate, wall);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ClockAnchor))]
internal sealed partial class ClockJson : JsonSerializerContext;
