using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Automation.Functions.Doctor;

/// <summary>What DNS says of a sender domain. A list is null where DNS did not answer, empty where it says that there
/// is nothing.</summary>
public sealed record DomainRecords(string Domain)
{
    /// <summary>Texts of the domain itself: SPF is among them.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Texts at <c>{selector}._domainkey.{domain}</c>, by selector.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>?> Keys { get; init; } =
        new Dictionary<string, IReadOnlyList<string>?>();

    /// <summary>DMARC's texts: at <c>_dmarc.</c> of the domain, else of the nearest domain above it that has
    /// one.</summary>
    public IReadOnlyList<string>? Policies { get; init; }
}

/// <summary>Asks DNS for what belongs to a sender domain.</summary>
/// <param name="server">Which server is asked; null: this machine's own.</param>
public sealed class DomainLookup(IPEndPoint? server)
{
    /// <summary>The selectors SendGrid signs with where nobody chose others (Twilio SendGrid, "Domain
    /// authentication": <c>s1</c> and <c>s2</c> by CNAME, <c>m1</c> where the records are kept by hand).</summary>
    public static readonly IReadOnlyList<string> Selectors = ["s1", "s2", "m1"];

    private readonly LookupClient dns = new(Options(server));

    private static LookupClientOptions Options(IPEndPoint? server)
    {
        var options = server is null ? new LookupClientOptions() : new LookupClientOptions(server);
        (options.UseCache, options.Timeout, options.Retries) = (false, TimeSpan.FromSeconds(3), 1);
        return options;
    }

    public async Task<DomainRecords> Look(string domain, CancellationToken cancellation)
    {
        var texts = Texts(domain, cancellation);
        var keys = Selectors.Select(selector => Texts($"{selector}._domainkey.{domain}", cancellation)).ToList();
        var policies = Policies(domain, cancellation);
        await Task.WhenAll([texts, policies, .. keys]);
        return new(domain)
        {
            Texts = await texts,
            Keys = Selectors.Zip(keys).ToDictionary(key => key.First, key => key.Second.Result),
            Policies = await policies,
        };
    }

    /// <summary>A policy above holds for what is below it (RFC 7489, 6.6.3), as far up as two labels.</summary>
    private async Task<IReadOnlyList<string>?> Policies(string domain, CancellationToken cancellation)
    {
        for (var at = domain; at.Contains('.', StringComparison.Ordinal); at = at[(at.IndexOf('.') + 1)..])
        {
            if (await Texts($"_dmarc.{at}", cancellation) is not { } texts) return null;
            string[] policies = [.. texts.Where(text => text.StartsWith("v=DMARC1", StringComparison.Ordinal))];
            if (policies.Length > 0) return policies;
        }
        return [];
    }

    private async Task<IReadOnlyList<string>?> Texts(string name, CancellationToken cancellation)
    {
        try
        {
            var answer = await dns.QueryAsync(name, QueryType.TXT, cancellationToken: cancellation);
            if (answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain) return null;
            return [.. answer.Answers.OfType<TxtRecord>().Select(record => string.Concat(record.Text))];
        }
        catch (DnsResponseException)
        {
            return null;
        }
    }
}
