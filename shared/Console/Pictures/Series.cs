using System.Globalization;
using Automation.Marketing.Insights;

namespace Automation.Console.Pictures;

/// <summary>One value of a picture: where it stands on the axis, how much it is.</summary>
/// <param name="Label">As the axis and the table name it.</param>
/// <param name="Value">Null: nothing is known there.</param>
public sealed record Point(string Label, double? Value);

/// <summary>Values that belong together: a line, or one colour of the bars.</summary>
public sealed record Series(string Name, IReadOnlyList<Point> Points)
{
    /// <summary>One value a day.</summary>
    public static IReadOnlyList<Series> Daily(
        string name, IReadOnlyList<DayFigures> days, Func<DayFigures, decimal> value) =>
        [new(name, [.. days.Select(day => new Point(
            string.Create(CultureInfo.InvariantCulture, $"{day.Day.Month}/{day.Day.Day}"), (double)value(day)))])];
}

/// <summary>Geometry of pictures. Pure.</summary>
public static class Scale
{
    /// <summary>The axis' end: the next of 1, 2, 2.5, 5 times a power of ten.</summary>
    public static double Top(double largest)
    {
        if (largest <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        foreach (var step in (double[])[1, 2, 2.5, 5, 10])
            if (step * power >= largest) return step * power;
        return 10 * power;
    }

    /// <summary>A coordinate as SVG reads it.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A figure beside an axis: 1.2k.</summary>
    public static string Short(double value) => value switch
    {
        >= 1_000_000 => (value / 1_000_000).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 10_000 => (value / 1_000).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("#,##0.##", CultureInfo.InvariantCulture),
    };
}
