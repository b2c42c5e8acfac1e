using Automation.Marketing.People;

namespace Automation.Marketing.Intake;

/// <summary>What all dialects agree on about the person who buys.</summary>
internal static class Buyers
{
    /// <summary>Families share a phone: it recognises somebody only where there is no e-mail address.</summary>
    public static List<Identity> Identities(
        string source, string? id, string? email, string? phone, string? line = null)
    {
        var identities = new List<Identity>(2);
        if (id is not null) identities.Add(new(source, id));
        if (email is not null) identities.Add(new(Identity.Email, email));
        if (line is not null) identities.Add(new(Identity.Line, line));
        if (phone is not null && email is null) identities.Add(new(Identity.Phone, phone));
        return identities;
    }

    public static IReadOnlyDictionary<string, ConsentRecord> ByMail(ConsentRecord? consent) =>
        consent is null ? None : new Dictionary<string, ConsentRecord>(1) { ["email"] = consent };

    private static readonly Dictionary<string, ConsentRecord> None = [];
}
