using Automation.Storage.Tests.Azure;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Automation.Functions.Tests.LongFirst", "Automation.Functions.Tests")]

namespace Automation.Functions.Tests;

/// <summary>Takes more than twenty seconds, most of them waiting: begins before the others, so that the end waits for
/// nobody.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LongAttribute(int seconds) : Attribute
{
    /// <summary>About how many, alone on the machine.</summary>
    public int Seconds { get; } = seconds;
}

/// <summary>The longest first.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    // xunit names the collection of a class by it.
    private const string OfClass = "Test collection for ";

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(Seconds);

    private static int Seconds(ITestCollection collection)
    {
        // It publishes the program, for which others wait.
        if (collection.DisplayName == AzuriteTests.Name) return int.MaxValue;
        var type = collection.DisplayName.StartsWith(OfClass, StringComparison.Ordinal)
            ? typeof(LongFirst).Assembly.GetType(collection.DisplayName[OfClass.Length..]) : null;
        return type?.GetCustomAttributes(typeof(LongAttribute), false) is [LongAttribute found] ? found.Seconds : 0;
    }
}
