namespace Automation.Storage.Azure;

/// <summary>
/// Who wrote a row last: every write carries a mark of its own in the property <see cref="Property"/>, which readers do not see.
/// A write that is repeated because nobody answered, and is then refused (409, 412), finds out by the mark whether it was itself
/// that was there first. Costs some 40 bytes a row; left out where a row has no room for it.
/// </summary>
internal static class WriteMark
{
    public const string Property = "_write";
    private const int Room = 64;
    private static readonly string Process = Guid.NewGuid().ToString("N")[..16];
    private static long last;

    /// <summary>A mark no other write has, in no process.</summary>
    public static string Next() => $"{Process}{Interlocked.Increment(ref last):x}";

    /// <summary>Has the row room for a mark? <paramref name="size"/> is the entity's, in bytes as the service counts.</summary>
    public static bool Fits(Row entity, int size) => entity.Count < RowRules.MostProperties && size + Room <= RowRules.LargestEntity;
}
