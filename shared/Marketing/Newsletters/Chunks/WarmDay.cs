using System.Globalization;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>How much of a warming domain's day is taken. Pure. A grant has the name of the work it is for, which is
/// another once the work is claimed: whoever asks for the same work again was stopped or killed before, and gets the
/// same grant.</summary>
/// <param name="First">The first day it sent an issue.</param>
/// <param name="Grants">The latest; an older one that was never claimed is lost for the day.</param>
public sealed record WarmDay(DateOnly First, DateOnly Day, int Taken, IReadOnlyList<WarmGrant> Grants)
{
    /// <summary>More than can be under way at a time.</summary>
    private const int Remembered = 32;

    /// <summary>Where nothing is left it is the same day: there is nothing to write.</summary>
    /// <param name="most">How many may go that day.</param>
    public (WarmDay After, int Granted) Take(string work, int wanted, int most)
    {
        var had = Grants.FirstOrDefault(grant => grant.Work == work)?.Count ?? 0;
        var granted = Math.Min(wanted, had + Math.Max(0, most - Taken));
        if (granted <= had) return (this, granted);
        return (this with
        {
            Taken = Taken + granted - had,
            Grants = [.. Grants.Where(grant => grant.Work != work).Append(new(work, granted)).TakeLast(Remembered)]
        }, granted);
    }

    /// <summary>So many of those granted certainly did not go.</summary>
    public WarmDay GiveBack(int count) => this with { Taken = Math.Max(0, Taken - count) };
}

/// <summary>So many may go for a piece of work.</summary>
public sealed record WarmGrant(string Work, int Count)
{
    /// <summary>As a line of the day's row.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Work}");

    public static WarmGrant Parse(string line) => line.Split(' ', 2) is [var count, var work]
        ? new(work, int.Parse(count, CultureInfo.InvariantCulture)) : new("", 0);
}
