using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>Enrollments in the customers' timelines.</summary>
public sealed class EnrollmentStore(Tables tables)
{
    /// <summary>Every enrollment of the shop, ended ones too.</summary>
    internal static TableQuery All { get; } = new() { RowKeyFrom = "e|", RowKeyBelow = "e}" };

    public async ValueTask<Stored<Enrollment>?> Find(EnrollmentId id) =>
        await tables.Timeline.Find(id.Customer.Value, id.RowKey) is { } row ? Enrollment.Read(row) : null;

    /// <summary>The timeline of a walk's customer, for what the walk writes as long as its row is the one that was
    /// read.</summary>
    public TimelineBatch Timeline(Stored<Enrollment> walk) => new(tables, walk.Value.Id.Customer, walk.ETag);

    /// <summary>Adds an enrollment; refused where it exists already.</summary>
    public TableWrite Adds(Enrollment enrollment) =>
        new(tables.Timeline, new(RowActionKind.Add, enrollment.Entity()));

    /// <summary>All enrollments of a customer, of one journey if given; oldest key first.</summary>
    public async Task<List<Stored<Enrollment>>> Of(CustomerId customer, string? journey = null)
    {
        var found = new List<Stored<Enrollment>>();
        await foreach (var row in tables.Timeline.Query(TableQuery.Prefix(
            customer.Value, journey is null ? "e|" : $"e|{journey}|")))
            found.Add(Enrollment.Read(row));
        return found;
    }

    /// <summary>Every live enrollment of the shop, in no order; a scan: for sweeps and lists, not for the way of an
    /// order.</summary>
    public async IAsyncEnumerable<Stored<Enrollment>> Live()
    {
        await foreach (var row in tables.Timeline.Query(All))
            if (Enrollment.Read(row) is { Value.IsLive: true } live) yield return live;
    }

    /// <summary>Changes an enrollment; tries again where somebody else wrote in between. False where it is gone, or
    /// where <paramref name="change"/> leaves it as it is.</summary>
    public async Task<bool> Change(EnrollmentId id, Func<Enrollment, Enrollment> change)
    {
        while (true)
        {
            if (await Find(id) is not { } stored) return false;
            var changed = change(stored.Value);
            if (ReferenceEquals(changed, stored.Value)) return false;
            var answer = await tables.Timeline.Update(changed.Entity(), stored.ETag, UpdateMode.Replace);
            if (answer.Done) return true;
            if (answer.Status == 404) return false;
        }
    }
}
