using System.Collections.Concurrent;

namespace Automation.Functions.Orders;

/// <summary>When each source's last webhook came, as far as this process saw.</summary>
public sealed class Arrivals
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> last = new(StringComparer.Ordinal);

    public void Note(string source, DateTimeOffset at) => last[source] = at;

    /// <summary>Null: none since the process began.</summary>
    public DateTimeOffset? Last(string source) => last.TryGetValue(source, out var at) ? at : null;
}
