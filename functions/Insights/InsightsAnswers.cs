using System.Text.Json;
using Automation.Marketing.Insights;

namespace Automation.Functions.Insights;

/// <summary>Figures, shares and intervals as <c>/api</c> shows them.</summary>
public static class InsightsAnswers
{
    /// <summary>What is counted of mails, in the order of a mail's life.</summary>
    private static readonly string[] OfMails =
        ["sent", "refused", "uncertain", "delivered", "opened", "clicked", "bounced", "unsubscribed", "complained", "optedOut", "buyers", "orders", "revenue"];

    /// <summary>Those that were counted, by name.</summary>
    public static void Write(this Utf8JsonWriter json, Figures figures, string prefix, IEnumerable<string> names)
    {
        foreach (var name in names) json.WriteNumber(name, figures[$"{prefix}{name}"]);
    }

    public static void WriteMail(this Utf8JsonWriter json, Figures figures, string prefix) => json.Write(figures, prefix, OfMails);

    public static void Write(this Utf8JsonWriter json, string name, Share share)
    {
        json.WriteStartObject(name);
        json.WriteNumber("of", share.Of);
        json.WriteNumber("all", share.All);
        if (share.All > 0)
        {
            json.WriteNumber("share", Math.Round(share.Value, 4));
            json.WriteInterval(share.Interval());
        }
        json.WriteEndObject();
    }

    public static void WriteInterval(this Utf8JsonWriter json, (double Low, double High) interval)
    {
        json.WriteStartArray("interval95");
        json.WriteNumberValue(Math.Round(interval.Low, 4));
        json.WriteNumberValue(Math.Round(interval.High, 4));
        json.WriteEndArray();
    }

    public static void Write(this Utf8JsonWriter json, string name, ThanksLatency latency)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", latency.Count);
        if (latency.P50 is { } p50) json.WriteNumber("p50Seconds", Math.Round(p50, 1));
        if (latency.P95 is { } p95) json.WriteNumber("p95Seconds", Math.Round(p95, 1));
        json.WriteEndObject();
    }

    /// <summary>The comparison with the control group, or what is missing for one.</summary>
    public static void WriteLift(this Utf8JsonWriter json, Book book, string journey)
    {
        var lift = book.Lift(journey);
        json.WriteStartObject("lift");
        json.Write("walked", lift.Walked);
        json.Write("heldOut", lift.Held);
        json.WriteNumber("spentWalked", Math.Round(book.Spent(journey, ControlGroup.Walked), 2));
        json.WriteNumber("spentHeldOut", Math.Round(book.Spent(journey, ControlGroup.Held), 2));
        if (lift.NotEnough is { } missing) json.WriteString("verdict", missing);
        else
        {
            json.WriteNumber("difference", Math.Round(lift.Difference, 4));
            json.WriteInterval(lift.Interval());
            json.WriteNumber("moreBuyers", Math.Round(lift.Difference * (double)lift.Walked.All, 1));
            json.WriteString("verdict", lift.IsSure ? (lift.Difference > 0 ? "more of them buy" : "fewer of them buy") : "no difference to be seen yet: the interval holds 0");
        }
        json.WriteEndObject();
    }
}
