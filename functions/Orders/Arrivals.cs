using System.Collections.Concurrent;
using Automation.Marketing.Intake;

namespace Automation.Functions.Orders;

/// <summary>What came, as far as this process saw: when each source's last webhook did, and the latest
/// bodies.</summary>
public sealed class Arrivals
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> last = new(StringComparer.Ordinal);
    private readonly SeenBodies seen = new();

    public void Note(string source, DateTimeOffset at) => last[source] = at;

    /// <inheritdoc cref="SeenBodies.IsForeign"/>
    public bool IsForeign(Verification.Accepted accepted) => seen.IsForeign(accepted);

    /// <summary>Null: none since the process began.</summary>
    public DateTimeOffset? Last(string source) => last.TryGetValue(source, out var at) ? at : null;
}
