using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Privacy;

/// <summary>Which rows of a timeline have been kept long enough? Pure.</summary>
public static class Expiry
{
    /// <summary>The moments before which a thing is old.</summary>
    public sealed record Limits(
        DateTimeOffset Enrollments, DateTimeOffset Sends, DateTimeOffset Engagement, DateTimeOffset Consent)
    {
        public static Limits At(DateTimeOffset now, Retention retention, TimeZoneInfo zone) => new(
            retention.Enrollments.Before(now, zone), retention.Sends.Before(now, zone),
            retention.Engagement.Before(now, zone), retention.Consent.Before(now, zone));
    }

    /// <summary>May the row go? <paramref name="next"/> is the row behind it, if any: whether there is a later walk or
    /// saying.</summary>
    public static bool IsOver(Row row, Row? next, Limits limits) => row.RowKey[..2] switch
    {
        "e|" => EndedBefore(row, limits.Enrollments) && !IsLatestWalk(row, next),
        "s|" => Ledger.Read(row).Send is { State: not SendState.Claimed } send && send.At < limits.Sends,
        "g|" => LastMoment(row) < limits.Engagement,
        "c|" => next is not null && IsSaying(next) && IsSameChannel(row, next) && Said(next).At < limits.Consent,
        _ => false,
    };

    private static bool EndedBefore(Row row, DateTimeOffset limit) =>
        Enrollment.Read(row).Value is { IsLive: false, EndedAt: { } ended } && ended < limit;

    /// <summary>Walks counted by number say whether, and under which number, the customer may come again; one walk per
    /// order says nothing about the next.</summary>
    private static bool IsLatestWalk(Row row, Row? next)
    {
        var key = row.RowKey.Split('|', 3);
        return key[2].All(char.IsAsciiDigit) && !(next is not null && next.PartitionKey == row.PartitionKey
            && next.RowKey.Split('|', 3) is ["e", var journey, var number] && journey == key[1]
            && number.All(char.IsAsciiDigit));
    }

    private static bool IsSaying(Row row) => row.RowKey.StartsWith("c|", StringComparison.Ordinal);

    private static bool IsSameChannel(Row row, Row next) =>
        row.PartitionKey == next.PartitionKey && row.RowKey.Split('|', 3)[2] == next.RowKey.Split('|', 3)[2];

    private static ConsentRecord Said(Row row) => Documents.Read(row, CustomerJson.ConsentRecord).Value;

    /// <summary>The latest of the document's moments; a document without any is as old as its row.</summary>
    private static DateTimeOffset? LastMoment(Row row)
    {
        DateTimeOffset? last = null;
        using var document = JsonDocument.Parse(Documents.Text(row));
        foreach (var property in document.RootElement.EnumerateObject())
            if (property.Value.ValueKind == JsonValueKind.String && property.Value.TryGetDateTimeOffset(out var at)
                && !(at < last)) last = at;
        return last ?? row.Timestamp;
    }
}
