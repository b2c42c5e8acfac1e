using System.Reflection;
using System.Runtime.CompilerServices;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The shape of the source: who holds more than six things does several jobs, and a record of more than four
/// positions is read by counting.</summary>
public sealed class ShapeTests
{
    private const int MostHeld = 6, MostPositions = 4;

    /// <summary>Written one a line in a table, or in every reader of files.</summary>
    private static readonly string[] Tables = ["EventPhrase", "Field", "Problem"];

    private static IEnumerable<Type> Types() =>
        from assembly in (string[])
            ["Functions", "Console", "Marketing", "DurableTask", "Storage", "Sqlite"]
        from type in Assembly.Load($"Automation.{assembly}").GetTypes()
        where type.Namespace?.StartsWith("Automation.", StringComparison.Ordinal) == true
            && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            && !type.Name.Contains('<', StringComparison.Ordinal)
        select type;

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static int Largest(Type type) => type
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Select(made => made.GetParameters().Length).Append(0).Max();

    [Fact]
    public void Nobody_holds_more_than_six_things() =>
        Assert.Empty(Types().Where(type => !IsRecord(type) && Largest(type) > MostHeld).Select(type => type.FullName));

    [Fact]
    public void No_record_has_more_than_four_positions() => Assert.Empty(Types()
        .Where(type => IsRecord(type) && Largest(type) > MostPositions && !Tables.Contains(type.Name))
        .Select(type => type.FullName));
}
