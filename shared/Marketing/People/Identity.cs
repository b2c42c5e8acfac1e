namespace Automation.Marketing.People;

/// <summary>One way to recognise a customer, written <c>kind:value</c>: <c>email:taro@example.jp</c> (trimmed, lower
/// case), <c>phone:+819012345678</c> (E.164), <c>line:U…</c>, or <c>{source}:{customer id there}</c>.</summary>
public readonly record struct Identity(string Kind, string Value)
{
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Line = "line";

    /// <summary>The identity written as text, normalised; null where it is none (no colon, no value, no such
    /// address).</summary>
    public static Identity? Parse(string? text)
    {
        if (text?.IndexOf(':') is not (> 0 and var colon) || colon == text.Length - 1) return null;
        var (kind, value) = (text[..colon], text[(colon + 1)..].Trim());
        return kind switch
        {
            Email => EmailAddress.Normalize(value) is { } email ? new(kind, email) : null,
            Phone => PhoneNumber.Normalize(value) is { } phone ? new(kind, phone) : null,
            _ => value.Length > 0 ? new(kind, value) : null,
        };
    }

    /// <summary>An id at a source, as against an address or number that several people may use.</summary>
    public static bool IsName(Identity identity) => identity.Kind is not (Email or Phone or Line);

    public override string ToString() => $"{Kind}:{Value}";
}
