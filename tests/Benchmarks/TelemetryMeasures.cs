using System.Diagnostics;
using Automation.Functions;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Local;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Benchmarks;

/// <summary>What an order pays for telemetry while nobody listens: its way past all instruments, beside the same way
/// without them.</summary>
internal static class TelemetryMeasures
{
    private const int Orders = 1_000_000, Rounds = 15, Instruments = 10;
    private static readonly HttpContext Http = new DefaultHttpContext();
    private static readonly QueuedMessage Message = new()
    {
        Id = "1",
        Receipt = "1",
        Body = ReadOnlyMemory<byte>.Empty,
        DequeueCount = 1,
        InsertedOn = DateTimeOffset.UtcNow,
    };
    private static readonly Send Send = new()
    {
        Id = "s",
        Customer = new("0123456789abcdef01234567"),
        Mail = "three/thank-you",
        Purpose = Purpose.Transactional,
        For = "f",
        State = SendState.Accepted,
        At = default
    };
    private static ulong work = 1;

    public static Task Run()
    {
        // listens to the four figures that ring, as always in the product
        using var alerts = new Alerts(NullLogger.Instance);
        if (Tracing.On) throw new InvalidOperationException("Somebody listens.");
        RequestDelegate bareDoor = _ => Work(), door = Watched.Http(
            "OrderWebhook", "webhooks/orders/{source}", _ => AtTheDoor());
        QueueFunction bareIntake = (_, _) => Work(), intake = (message, _) =>
        {
            Meters.Waited("orders", message.InsertedOn, TimeProvider.System);
            return AtIntake();
        };
        var (floor, watched) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            floor = Math.Min(floor, Nanoseconds(bareDoor, bareIntake, Work));
            watched = Math.Min(watched, Nanoseconds(door, intake, InAJourney));
        }
        System.Console.WriteLine($"floor, an order's way without instruments  {floor,8:n1} ns");
        System.Console.WriteLine($"with them, nobody listening                {watched,8:n1} ns");
        System.Console.WriteLine(
            $"an order pays                              {watched - floor,8:n1} ns, "
            + $"{(watched - floor) / Instruments:n1} ns for each of {Instruments} instruments; best of {Rounds} "
            + $"rounds of {Orders:n0}");
        return Task.CompletedTask;
    }

    private static double Nanoseconds(RequestDelegate door, QueueFunction intake, Func<Task> journey)
    {
        var began = Stopwatch.GetTimestamp();
        for (var order = 0; order < Orders; order++)
        {
            door(Http);
            intake(Message, default);
            journey();
        }
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / Orders;
    }

    private static Task AtTheDoor()
    {
        if (Tracing.Here is not null) throw new InvalidOperationException("Somebody listens.");
        Meters.Webhook("demo", "accepted");
        return Work();
    }

    private static Task AtIntake()
    {
        using var span = Tracing.CarryOn("OrderIntake", ActivityKind.Consumer, null);
        span?.SetTag("automation.source", "demo");
        return Tracing.Here is null ? Work() : throw new InvalidOperationException("Somebody listens.");
    }

    private static Task InAJourney()
    {
        using var round = RoundTrace.Open();
        using var span = Tracing.Within("send", ActivityKind.Client);
        SendMeters.Settled(Send);
        Meters.Thanked("three", TimeSpan.FromSeconds(1));
        return Work();
    }

    /// <summary>Something that is not optimised away and costs next to nothing.</summary>
    private static Task Work()
    {
        work = work * 6364136223846793005 + 1442695040888963407;
        return Task.CompletedTask;
    }
}
