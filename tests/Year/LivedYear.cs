namespace Automation.Year.Tests;

/// <summary>The year, lived once for all tests that look at it.</summary>
public sealed class LivedYear : IAsyncLifetime
{
    /// <summary>How many customers; <c>YEAR_CUSTOMERS</c> for a closer look.</summary>
    private static readonly int Customers = int.Parse(
        Environment.GetEnvironmentVariable("YEAR_CUSTOMERS") ?? "2000",
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The year that docs/insights.md tells of.</summary>
    public static bool IsOfTheDocs => Customers == 2000;

    private ShopYear? year;

    public ShopYear Year => year!;
    public Ledger Ledger { get; private set; } = null!;

    /// <summary>Mails to customers, each with whom it reached.</summary>
    public ILookup<Person, Arrived> Mails { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        year = await ShopYear.Live(new(Customers));
        Ledger = await Ledger.Read(year.Product);
        var people = year.People.ToDictionary(person => person.Email);
        Mails = year.Outbox.All.Where(mail => people.ContainsKey(mail.To)).ToLookup(mail => people[mail.To]);
    }

    public async Task DisposeAsync() => await Year.DisposeAsync();
}
