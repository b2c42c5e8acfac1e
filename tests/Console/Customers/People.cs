using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Search;

namespace Automation.Console.Tests.Customers;

/// <summary>A shop with a few customers in it.</summary>
public sealed class People : IAsyncLifetime, IDisposable
{
    public OpenShop Shop { get; } = new();

    /// <summary>Sato Hanako bought tea four times, every 28 days, and last 41 days ago: not late yet.</summary>
    public Customer Hanako { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Shop.InitializeAsync();
        var now = DateTimeOffset.UtcNow;
        for (var n = 0; n < 4; n++) await Buy("hanako", "佐藤", "花子", $"#10{n:D2}", now.AddDays(-41 - 28 * (3 - n)));
        await Buy("taro", "山田", "太郎", "#2001", now.AddDays(-3));
        Hanako = await Find("hanako");
        await Shop.Product.Get<SearchIndexer>().Run();
    }

    /// <summary>An order of the past: no journey begins with it.</summary>
    public async Task<Customer> Buy(
        string who, string family, string given, string number, DateTimeOffset at, bool agrees = true)
    {
        var order = new Order
        {
            Source = "main",
            Id = $"{who}{number}",
            Number = number,
            PlacedAt = at,
            UpdatedAt = at,
            PaidAt = at,
            Currency = "JPY",
            Total = 5800,
            Lines =
            [
                new()
                {
                    Id = "1",
                    ProductId = "p1",
                    Title = "深蒸し煎茶",
                    Quantity = 2,
                    Price = 2900,
                    Url = "https://shop.example/p1",
                    ImageUrl = "https://cdn.example/p1.jpg"
                },
            ],
        };
        await Shop.Product.Get<ToldOrders>().Import(order, new Buyer
        {
            Identities = [new(Identity.Email, $"{who}@example.jp"), new("main", who)],
            Email = $"{who}@example.jp",
            Phone = who == "hanako" ? "+819012345678" : null,
            FamilyName = family,
            GivenName = given,
            Language = "ja",
            SeenAt = at,
            Consent = agrees
                ? new Dictionary<string, ConsentRecord> { ["email"] = new(ConsentState.Given, at, "checkout", "order") }
                : [],
        });
        return await Find(who);
    }

    public async Task<Customer> Find(string who) =>
        (await Shop.Product.Get<CustomerStore>().FindByIdentity(new("main", who)))!.Value;

    private readonly Dictionary<string, Dictionary<string, string>> signedIn = [];

    /// <summary>A browser of somebody with this key: signed in once, and as often as one likes.</summary>
    public async Task<Visitor> As(string key, string language = "en")
    {
        if (!signedIn.TryGetValue(key, out var cookies))
        {
            using var first = await Shop.SignedIn(key);
            signedIn[key] = cookies = first.Cookies;
        }
        var visitor = new Visitor(Shop.Address) { Language = language };
        foreach (var (name, value) in cookies) visitor.Cookies[name] = value;
        return visitor;
    }

    public Task DisposeAsync() => Shop.DisposeAsync();
    public void Dispose() => Shop.Dispose();
}
