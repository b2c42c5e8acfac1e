using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Newsletters;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Sending;
using Automation.Sqlite;

namespace Automation.Functions.Simulation;

/// <summary>The product on virtual time, in a database of its own. The clock is whoever plays its.</summary>
public static class Services
{
    /// <param name="file">The database; need not survive a crash.</param>
    /// <param name="sent">Is told of each mail that a journey sends.</param>
    public static IServiceCollection AddPlayed(
        this IServiceCollection services, string file, TimeProvider time, Action<Message>? sent = null) => services
        .AddLogging()
        .AddSingleton(time)
        .AddKeyedSingleton(Clocks.Wall, time)
        .AddSingleton<IMailTransport>(new NotingTransport(sent))
        .AddSingleton(new MarketingOptions { MakesCalls = false })
        .AddSingleton(_ => SqliteDatabase.Open(file, new SqliteOptions { Durable = false }))
        .AddStorage(new StorageSettings("sqlite", null, null))
        .AddTaskHub(isMoved: true)
        .AddSingleton<DurableClients>()
        .AddSingleton<IIssueOrchestrations, IssueOrchestrations>()
        .AddSingleton<IssueProgress>()
        .AddSingleton<ILineTransport, NotingLine>()
        .AddSingleton(Senders.Nobody)
        .AddSingleton(LinkTokens.Of(new byte[32]))
        .AddMarketing();
}
