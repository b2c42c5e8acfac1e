using System.Text.Json;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Tests.Orders;
using Automation.Storage;

namespace Automation.Marketing.Tests.Newsletters.Issues;

/// <summary>How many an audience has, counted at night, and who is in it.</summary>
public sealed class AudiencesTests
{
    private static readonly Newsletter Everybody = new()
    {
        Id = "weekly",
        Name = "お便り",
        On = [DayOfWeek.Thursday],
        At = new(8, 0),
    };

    private static readonly Newsletter Members = Everybody with
    {
        Id = "members",
        Audience = new Condition.Test("customer.tags", Operator.Contains, JsonElement.Parse("\"会員\"")),
    };

    private sealed class These(params Newsletter[] all) : INewsletters
    {
        public List<Newsletter> List { get; } = [.. all];
        public IReadOnlyList<Newsletter> All() => List;
        public ValueTask<IssueText?> Text(IssueId id, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
        public ValueTask<SubjectTest> Test(IssueId id) => throw new NotSupportedException();
    }

    private static Audiences Audiences(House house, INewsletters newsletters) =>
        new(house.Tables, newsletters, house.Customers, house.Current, house.Clock);

    private static async Task Know(House house, int n, bool agrees, params string[] tags)
    {
        var buyer = new Buyer
        {
            Identities = [new(Identity.Email, $"c{n}@example.jp")],
            Email = $"c{n}@example.jp",
            Tags = tags,
            SeenAt = house.Clock.Now,
            Consent = agrees ? new Dictionary<string,
                ConsentRecord>
            { ["email"] = new(ConsentState.Given, house.Clock.Now, "checkout") } : [],
        };
        await house.Customers.Recognise(buyer, "x", has => has);
    }

    [Fact]
    public async Task An_audience_is_counted_at_night_with_those_of_it_who_may_be_written_to()
    {
        await using var house = await House.Open();
        for (var n = 0; n < 6; n++) await Know(house, n, agrees: n < 4, n % 2 == 0 ? ["会員"] : []);
        var newsletters = new These(Everybody, Members);
        var audiences = Audiences(house, newsletters);
        Assert.Empty(await audiences.Sizes(default));
        await audiences.Count(default);
        var sizes = await audiences.Sizes(default);
        Assert.Equal(new(6, 4), sizes["weekly"]);
        Assert.Equal(new(3, 2), sizes["members"]);

        house.Storage.Reset();
        await audiences.Count(default);
        Assert.Equal(["read Customers", "read Search"], house.Storage.Operations);

        newsletters.List[1] = Members with { Audience = new Condition.Not(Members.Audience!) };
        Assert.False((await audiences.Sizes(default)).ContainsKey("members"));
        newsletters.List.RemoveAt(1);
        await audiences.Count(default);
        Assert.Equal(["weekly"], await house.Tables.Search.Query(new TableQuery { PartitionKey = "audience" })
            .Select(row => row.RowKey).ToListAsync());
    }

    [Fact]
    public async Task Its_members_come_page_by_page_each_once()
    {
        await using var house = await House.Open();
        for (var n = 0; n < 400; n++) await Know(house, n, agrees: true, n % 3 == 0 ? ["会員"] : []);
        var audiences = Audiences(house, new These(Members));
        var (met, pages, next) = (new List<string>(), 0, (string?)null);
        do
        {
            var page = (await audiences.Members(Members, next, default))!;
            met.AddRange(page.Items.Select(one => one.Email!));
            (pages, next) = (pages + 1, page.Next);
        } while (next is not null);
        Assert.Equal(
            Enumerable.Range(0, 400).Where(n => n % 3 == 0).Select(n => $"c{n}@example.jp").Order(), met.Order());
        Assert.InRange(pages, 2, 4);
        Assert.Null(await audiences.Members(Members, "none*of*ours", default));
    }
}
