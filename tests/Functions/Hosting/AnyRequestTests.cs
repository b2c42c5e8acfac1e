using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Sending;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.Hosting;

/// <summary>Requests over all routes, right and bent, signed and unsigned: whatever comes is answered, and never with
/// the server's own failure. <c>ANY_REQUESTS=100000</c> makes as many of them; <c>ANY_REQUESTS_SEED</c>
/// others.</summary>
public sealed class AnyRequestTests : IAsyncLifetime, IDisposable
{
    private const int Workers = 8, Usual = 2000, Visitors = 20;
    public const string Newsletter =
        """{ "name": "お便り", "on": ["wednesday"], "at": "10:00", "fallback": "fallback" }""";
    private const string Issue = "---\nsubject: 号\n---\n{{customer.salutation}}、こんにちは。\n";

    private readonly TemporaryFolder data = new();
    private readonly Failures failures = new();
    private LocalHost host = null!;

    public async Task InitializeAsync()
    {
        RunningShop.WriteShop(data.File("shop"));
        Directory.CreateDirectory(data.File("shop/newsletters/weekly"));
        await File.WriteAllTextAsync(data.File("shop/newsletters/weekly.json"), Newsletter);
        await File.WriteAllTextAsync(data.File("shop/newsletters/weekly/fallback.md"), Issue);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(data.File("shop/shop.json")))!;
        settings["chat"] = new JsonObject { ["origins"] = new JsonArray(AnyRequest.ChatOrigin) };
        await File.WriteAllTextAsync(data.File("shop/shop.json"), settings.ToJsonString());
        Directory.CreateDirectory(data.File("shop/answers"));
        await File.WriteAllTextAsync(data.File("shop/answers/shipping.md"), "---\nask: 送料\n---\n550円です。\n");
        string[] configured =
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Folder={data.Path}", $"--Api:Key={RunningShop.Key}",
            $"--Shop:Folder={data.File("shop")}", $"--SendGrid:WebhookPublicKey={SendGridPost.PublicKey}",
            "--Sources:shopify:Platform=shopify", $"--Sources:shopify:Secret={RunningShop.Secret}",
            "--Sources:woo:Platform=woocommerce", $"--Sources:woo:Secret={RunningShop.Secret}",
            "--Sources:generic:Platform=generic", $"--Sources:generic:Secret={RunningShop.Secret}",
        ];
        host = await LocalHost.Start(
            SettingsReader.Read(SettingsReader.Gather(configured)), logging => logging.AddProvider(failures));
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    public void Dispose()
    {
        failures.Dispose();
        data.Dispose();
    }

    [Fact]
    public async Task Whatever_is_asked_of_any_route_is_answered_and_never_with_a_failure_of_our_own()
    {
        var count = Number("ANY_REQUESTS", Usual);
        var (functions, known) = (
            (await FunctionCatalog.Read()).Where(function => function.Trigger is Trigger.Http).ToList(),
            await Known());
        var (answers, failed) = (new ConcurrentDictionary<int, int>(), new ConcurrentQueue<string>());
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = TimeSpan.FromMinutes(2)
        };
        await Parallel.ForEachAsync(Enumerable.Range(0, Workers), new ParallelOptions
        {
            MaxDegreeOfParallelism = Workers
        }, async (worker, cancellation) =>
        {
            var random = new Random(Number("ANY_REQUESTS_SEED", 1) * 1000 + worker);
            for (var n = worker; n < count; n += Workers)
            {
                var frame = random.Next(25) == 0 ? AnyRequest.Frame(random, functions, known) : null;
                var request = frame is null ? AnyRequest.Make(random, functions, known) : null;
                var status = frame is not null
                    ? await Exchange(frame, cancellation)
                    : await Send(http, request!, cancellation);
                answers.AddOrUpdate(status, 1, (_, before) => before + 1);
                if (status >= 500 && failed.Count < 20)
                    failed.Enqueue(
                        $"{status} worker {worker}, request {n}: "
                        + (request?.ToString() ?? Encoding.Latin1.GetString(frame!, 0, Math.Min(frame!.Length, 600))));
            }
        });
        Assert.True(
            failed.IsEmpty, $"{string.Join('\n', failed)}\n\n{string.Join('\n', failures.Said.Distinct().Take(20))}");
        Assert.True(answers.GetValueOrDefault(200) > count / 10
            && answers.GetValueOrDefault(202) > count / 200
            && answers.GetValueOrDefault(400) > count / 50
            && answers.GetValueOrDefault(401) > count / 50,
            string.Join(", ", answers.OrderBy(answer => answer.Key)));
        using var still = await http.GetAsync(new Uri(new Uri(host.Addresses.First()), "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var said) ? said : usual;

    /// <summary>Customers, links and slots that requests can speak of.</summary>
    private async Task<Known> Known()
    {
        List<string> customers = [];
        for (var n = 0; n < 6; n++)
        {
            var buyer = new Buyer
            {
                Identities = [new Identity(Identity.Email, $"k{n}@example.jp")],
                Email = $"k{n}@example.jp",
                SeenAt = DateTimeOffset.UtcNow
            };
            customers.Add((await host.Get<CustomerStore>().Recognise(
                buyer, "test", customer => customer))!.Customer.Id.Value);
        }
        var (links, confirmations) =
            (host.Get<Senders>(), host.Get<LinkTokens>().Confirmations);
        var day = DateOnly.FromDateTime(DateTime.UtcNow);
        while (day.DayOfWeek != DayOfWeek.Wednesday) day = day.AddDays(1);
        var files = Directory
            .EnumerateFiles(data.File("shop"), "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(data.File("shop"), file), File.ReadAllText);
        return new(customers,
            [.. customers.Select(id => links.UnsubscribeUrl(new(id), $"{id}-0123456789abcdef").Split('/')[^1])],
            [.. customers.Select(id => confirmations.Make(new(new CustomerId(id), "email", $"{id}-0123456789abcdef")))],
            [.. Enumerable.Range(-1, 4).Select(week => day.AddDays(7 * week).ToString(
                "yyyy-MM-dd", CultureInfo.InvariantCulture))],
            JsonSerializer.Serialize(new { files }))
        {
            Visitors = [.. Enumerable.Range(0, Visitors).Select(_ => host.Get<LinkTokens>().Visitors.Make())],
        };
    }

    private async Task<int> Send(HttpClient http, AnyRequest any, CancellationToken cancellation)
    {
        var address = new Uri(
            host.Addresses.First() + any.Path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(any.Method), address)
        {
            Content = new ByteArrayContent(any.Body)
        };
        foreach (var (name, value) in any.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;   // the client would not send it, or the server hung up
        }
    }

    /// <summary>Sends bytes, and hears the status; 0 where the server hung up without one.</summary>
    private async Task<int> Exchange(byte[] bytes, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true
        };
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(host.Addresses.First()).Port, cancellation);
        try
        {
            await socket.SendAsync(bytes, cancellation);
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[4096];
            var length = await socket.ReceiveAsync(buffer, cancellation);
            return length < 12 ? 0 : int.Parse(Encoding.ASCII.GetString(buffer, 9, 3), CultureInfo.InvariantCulture);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>What the server itself says of its failures.</summary>
    private sealed class Failures : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Said { get; } = new();
        public ILogger CreateLogger(string categoryName) =>
            categoryName == "Automation.Http" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && Said.Count < 200) Said.Enqueue($"{formatter(state, exception)}: {exception}");
        }

        public void Dispose() { }
    }
}
