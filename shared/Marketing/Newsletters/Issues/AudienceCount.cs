using System.Globalization;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Whom an issue would reach now, and why others are left out; before caps, which look at more than one
/// issue.</summary>
/// <param name="Outside">How many are not in the newsletter's audience.</param>
/// <param name="LeftOut">How many would not be written to, by the gate's reason.</param>
/// <param name="IsExact">Everybody was looked at; else the first shards stand for all: who is in which is
/// chance.</param>
public sealed record AudienceCount(int Reached, int Outside, IReadOnlyDictionary<string, int> LeftOut, bool IsExact)
{
    /// <summary>Counts them as the sending would judge them; nothing is written.</summary>
    public static async Task<AudienceCount> Of(
        Tables tables, Newsletter newsletter, bool firstOfMonth, AudienceQuestion asked)
    {
        var (shard, seen, reached, outside) = ("", 0, 0, 0);
        var leftOut = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var row in tables.Customers.Query(new TableQuery()))
        {
            if (row.PartitionKey != shard && seen >= asked.Most)
                return new AudienceCount(reached, outside, leftOut, IsExact: true)
                    .StandingFor(Before(row.PartitionKey));
            (shard, seen) = (row.PartitionKey, seen + 1);
            if (CustomerJson.Read(row).Value is not { MergedInto: null, ErasedAt: null } customer) continue;
            var situation = new Situation { Customer = customer, Shop = asked.Shop, Now = asked.Now };
            switch (Readers.Judge(
                newsletter, firstOfMonth, situation, asked.Now,
                asked.ByLine is null ? "email" : Readers.Way(customer)))
            {
                case null: outside++; break;
                case Verdict.Allowed:
                    reached += asked is { CountsMessages: true, ByLine: SendBy.Both } && Readers.IsBothWays(customer)
                        ? 2 : 1;
                    break;
                case Verdict.Refused refused: Add(leftOut, refused.Reason); break;
                case Verdict.Deferred later: Add(leftOut, later.Reason); break;
            }
        }
        return new(reached, outside, leftOut, IsExact: true);
    }

    /// <summary>The first shards stand for all.</summary>
    private AudienceCount StandingFor(int shards) => new(
        Scaled(Reached, shards), Scaled(Outside, shards),
            LeftOut.ToDictionary(one => one.Key, one => Scaled(one.Value, shards)),
        IsExact: false);

    private static int Scaled(int count, int shards) => (int)((long)count * CustomerId.Shards.Count / shards);

    private static void Add(Dictionary<string, int> reasons, string reason) =>
        reasons[reason] = reasons.GetValueOrDefault(reason) + 1;

    /// <summary>How many shards come before one.</summary>
    private static int Before(string shard) => int.Parse(shard, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <summary>How an audience is counted.</summary>
/// <param name="Most">So many customers are looked at, and the rest of the shard they are in.</param>
public sealed record AudienceQuestion(ShopSettings Shop, DateTimeOffset Now, int Most)
{
    /// <summary>How it goes to who follows the shop on LINE; null: by mail.</summary>
    public SendBy? ByLine { get; init; }

    /// <summary>Whoever gets it both ways is two.</summary>
    public bool CountsMessages { get; init; }
}

/// <summary>Counts an audience before anything goes: where there are more customers than are looked at, the first
/// shards that hold so many stand for all; who is in which shard is chance.</summary>
/// <param name="before">How many are looked at before an issue goes.</param>
public sealed class AudienceForecast(
    Tables tables, PlannedMailings book, INewsletters newsletters, CurrentShop shop, TimeProvider time,
    int before = 20_000)
{
    /// <summary>How many customers are looked at for whoever looks at a newsletter: some tenths of a
    /// second.</summary>
    public const int Most = 5_000;

    /// <param name="id">The issue it would be; whether it is the month's first matters to some.</param>
    public Task<AudienceCount> Count(Newsletter newsletter, IssueId id) => Count(newsletter, id, Most, false);

    /// <summary>How many messages may go, before caps: to who gets it both ways two, as an issue that went counts
    /// them.</summary>
    public async ValueTask<Audience> Messages(IssueId id, Newsletter newsletter)
    {
        var found = await Count(newsletter, id, before, true);
        return new(found.Reached, found.IsExact);
    }

    private async Task<AudienceCount> Count(Newsletter newsletter, IssueId id, int most, bool messages)
    {
        var first = PlannedMailing.IsFirstOfMonthIn(await book.Read(), id);
        return await AudienceCount.Of(tables, newsletter, first, new(shop.Settings, time.GetUtcNow(), most)
        {
            ByLine = await newsletters.ByLine(id),
            CountsMessages = messages,
        });
    }
}
