namespace Automation.Marketing.Customers;

/// <summary>E-mail addresses as we compare and store them.</summary>
public static class EmailAddress
{
    /// <summary>
    /// Trimmed, lower case; null where it is no address one could write to (RFC 5321 lengths, a domain with a dot).
    /// Japanese carriers' addresses with two dots in a row or before the @ are real and stay.
    /// </summary>
    public static string? Normalize(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var address = text.Trim().ToLowerInvariant();
        var at = address.LastIndexOf('@');
        if (at is < 1 or > 64 || address.Length > 254) return null;
        var domain = address.AsSpan(at + 1);
        if (domain.Length < 3 || domain[0] is '.' or '-' || domain[^1] is '.' or '-' || !domain.Contains('.') || domain.Contains("..", StringComparison.Ordinal)) return null;
        foreach (var c in domain) if (!char.IsLetterOrDigit(c) && c is not ('.' or '-')) return null;
        var local = address.AsSpan(0, at);
        foreach (var c in local) if (c <= ' ' || c is '@' or ',' or ';' or '<' or '>' or '(' or ')' or '[' or ']' or '\\' or '"' or ':' or '\u007f' || char.IsWhiteSpace(c) || char.IsControl(c)) return null;
        return address;
    }
}
