using System.Buffers.Text;
using System.Text;
using Automation.Marketing.Customers;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>How many a newsletter's audience has.</summary>
/// <param name="Members">Whom its condition holds for.</param>
/// <param name="Reachable">Those of them who would get an issue: who agreed and did not choose otherwise.</param>
public sealed record AudienceSize(int Members, int Reachable);

/// <summary>The newsletters' audiences: counted once a night, all of them in one walk through the customers; looked
/// into a page at a time.</summary>
public sealed class Audiences(
    Tables tables, INewsletters newsletters, CustomerStore customers, CurrentShop shop, TimeProvider time)
{
    private const string Partition = "audience";

    /// <summary>So many members are enough for a page, and so many customers are looked at for one.</summary>
    private const int Enough = 50, Most = 10_000;

    private const int Least = 100, Largest = 1000;

    /// <summary>What an audience asks for, as it was written; empty: nothing, it is for all who agreed.</summary>
    public static string Asks(Newsletter newsletter) =>
        newsletter.Audience is { } audience ? Conditions.InWords(audience) : "";

    /// <summary>Counts all of them anew; what is as it was is not written.</summary>
    public async Task Count(CancellationToken cancellation)
    {
        var all = newsletters.All();
        var (now, members, reachable) = (time.GetUtcNow(), new int[all.Count], new int[all.Count]);
        await foreach (var (customer, _) in customers.InShard(null).WithCancellation(cancellation))
        {
            var situation = Of(customer, now);
            for (var n = 0; n < all.Count; n++)
            {
                if (customer.Test
                    || Readers.Judge(all[n], firstOfMonth: true, situation, now) is not { } verdict) continue;
                members[n]++;
                if (verdict is Verdict.Allowed) reachable[n]++;
            }
        }
        var known = await Rows(cancellation);
        for (var n = 0; n < all.Count; n++)
        {
            var row = new Row(Partition, all[n].Id)
            {
                { "Asks", Asks(all[n]) }, { "Members", members[n] }, { "Reachable", reachable[n] },
            };
            if (!known.Remove(row.RowKey, out var has) || !row.All(one => Equals(has[one.Key], one.Value)))
                await tables.Search.Upsert(row, UpdateMode.Replace, cancellation);
        }
        foreach (var gone in known.Keys) await tables.Search.Delete(Partition, gone, ETag.All, cancellation);
    }

    /// <summary>As of the last night, by newsletter: one read. Whose condition is another since is not among
    /// them.</summary>
    public async Task<IReadOnlyDictionary<string, AudienceSize>> Sizes(CancellationToken cancellation)
    {
        var rows = await Rows(cancellation);
        return newsletters.All()
            .Where(one => rows.GetValueOrDefault(one.Id)?.GetString("Asks") == Asks(one))
            .ToDictionary(
                one => one.Id,
                one => new AudienceSize(
                    rows[one.Id].GetInt32("Members") ?? 0, rows[one.Id].GetInt32("Reachable") ?? 0));
    }

    /// <summary>Members as they are now, from where the page before ended; there may be few on a page, where few are
    /// members. Null: where it goes on is not one of ours.</summary>
    public async Task<Page<Customer>?> Members(Newsletter newsletter, string? next, CancellationToken cancellation)
    {
        if (next is not null && !Base64Url.IsValid(next)) return null;
        var token = next is null ? null : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(next));
        var (now, members, looked, size) = (time.GetUtcNow(), new List<Customer>(), 0, Least);
        try
        {
            do
            {
                var page = await tables.Customers.QueryPage(new TableQuery { PageSize = size }, token, cancellation);
                members.AddRange(page.Values.Select(row => CustomerJson.Read(row).Value).Where(customer =>
                    customer is { MergedInto: null, ErasedAt: null, Test: false }
                    && Conditions.Holds(newsletter.Audience, Of(customer, now))));
                token = page.ContinuationToken;
                looked += page.Values.Count;
                size = Math.Min(Largest, 2 * size);
            } while (token is not null && members.Count < Enough && looked < Most);
        }
        catch (FormatException) when (next is not null && looked == 0)
        {
            return null;
        }
        return new(members, token is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token)));
    }

    private Situation Of(Customer customer, DateTimeOffset now) =>
        new() { Customer = customer, Shop = shop.Settings, Now = now };

    private async Task<Dictionary<string, Row>> Rows(CancellationToken cancellation) =>
        await tables.Search.Query(new TableQuery { PartitionKey = Partition }, cancellation)
            .ToDictionaryAsync(row => row.RowKey, cancellationToken: cancellation);
}
