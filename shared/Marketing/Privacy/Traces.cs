using System.Text;
using System.Text.RegularExpressions;
using Automation.Marketing.Inbox;
using Automation.Marketing.People;

namespace Automation.Marketing.Privacy;

/// <summary>What gives a person away in a webhook's raw body: their addresses as written, their id at the source where
/// a customer's id stands. Names are not trace: half a town is called 佐藤.</summary>
public static class Traces
{
    private const int TellingDigits = 9;

    /// <summary>Is one of these identities (<see cref="Identity"/>, as text) in a body that this source sent?</summary>
    public static bool Has(ReadOnlySpan<byte> body, string source, IEnumerable<string> identities)
    {
        var text = Encoding.UTF8.GetString(body);
        foreach (var identity in identities)
            if (Pattern(identity, source) is { } pattern
                && Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)) return true;
        return false;
    }

    private static string? Pattern(string identity, string source)
    {
        var colon = identity.IndexOf(':', StringComparison.Ordinal);
        var (kind, value) = (identity[..colon], identity[(colon + 1)..]);
        return kind switch
        {
            Identity.Email => Regex.Escape(value).Replace("@", @"(@|%40|\\u0040)", StringComparison.Ordinal),
            Identity.Phone => Digits(value),
            Identity.Line => Regex.Escape(value),
            _ when kind == source =>
                """("customer(_?id)?"\s*:\s*(\{[^{}]*"id"\s*:\s*)?"?|/Customer/)"""
                + Regex.Escape(value) + "(?![0-9A-Za-z])",
            _ => null,
        };
    }

    /// <summary>The last digits, however they are set: 090-1234-5678 and +81 90 1234 5678 are one number.</summary>
    private static string Digits(string phone)
    {
        var digits = phone.Where(char.IsAsciiDigit).ToArray();
        return string.Join(@"[-\s().]*", digits.TakeLast(TellingDigits));
    }
}

/// <summary>Bodies that were set aside (<see cref="Parking"/>) and speak of a person.</summary>
public sealed class ParkedTraces(Parking parking)
{
    /// <summary>The names of those that do, oldest first.</summary>
    public async Task<List<string>> Find(IReadOnlyCollection<string> identities)
    {
        var found = new List<string>();
        if (identities.Count == 0) return found;
        await foreach (var parked in parking.List())
            if (await parking.Body(parked.Name) is { } body && Traces.Has(body, parked.Source, identities))
                found.Add(parked.Name);
        return found;
    }

    /// <summary>Takes them away, body and all, and what was cut short after the body.</summary>
    public async Task Forget(IReadOnlyCollection<string> identities)
    {
        if (identities.Count == 0) return;
        await foreach (var parked in parking.List())
            if (await parking.Body(parked.Name) is not { } body || Traces.Has(body, parked.Source, identities))
                await parking.Dismiss(parked.Name);
    }
}
