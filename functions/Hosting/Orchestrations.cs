using System.Text.Json;
using Automation.Functions.Journeys;
using Automation.Functions.Newsletters;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace Automation.Functions.Hosting;

/// <summary>The product's orchestrations: registered once for both hosts, and how they are started and woken.</summary>
public static class Orchestrations
{
    /// <summary>How orchestrations and activities speak to each other.</summary>
    public static JsonSerializerOptions Json { get; } = new() { TypeInfoResolver = DurableJson.Default };

    public static DataConverter Converter { get; } = new JsonDataConverter(Json);

    public static DurableTaskRegistry Registry()
    {
        var registry = new DurableTaskRegistry();
        Register(registry);
        return registry;
    }

    /// <summary>Makes orchestrators and activities known to what runs them.</summary>
    public static void Register(DurableTaskRegistry registry) => registry
        .AddOrchestrator<RunJourney>()
        .AddActivity<AdvanceJourney>()
        .AddOrchestrator<RunIssue>()
        .AddActivity<OpenIssue>()
        .AddActivity<SendShard>()
        .AddActivity<CloseIssue>();

    /// <summary>Lets an orchestration walk this enrollment from this turn on; nothing where one is alive.</summary>
    public static Task StartJourney(this DurableTaskClient client, EnrollmentId enrollment, int turn) =>
        client.Start(nameof(RunJourney), new JourneyRun(enrollment.ToString(), turn), enrollment.ToString());

    /// <summary>Nothing where none is alive.</summary>
    public static Task WakeJourney(this DurableTaskClient client, EnrollmentId enrollment) =>
        client.Wake(enrollment.ToString(), RunJourney.Heard);

    /// <summary>A sleeping issue is told; where it has ended meanwhile a new one begins.</summary>
    public static async Task WakeIssue(this DurableTaskClient client, IssueId issue)
    {
        await client.Wake(issue.Instance, RunIssue.Heard);
        await client.StartIssue(issue);
    }

    /// <summary>Makes sure that somebody has the issue in hand; whoever does is left alone.</summary>
    public static Task StartIssue(this DurableTaskClient client, IssueId issue) =>
        client.Start(nameof(RunIssue), new IssueRun(issue.ToString()), issue.Instance);

    private static async Task Start(this DurableTaskClient client, string name, object input, string instance)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(instance));
        }
        catch (Exception refused) when (IsAlive(refused))
        {
            // Somebody started it before: that is what was wanted.
        }
    }

    private static async Task Wake(this DurableTaskClient client, string instance, string heard)
    {
        try
        {
            await client.RaiseEventAsync(instance, heard);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // There is none, or it has ended: nobody to be woken.
        }
    }

    private static bool IsAlive(Exception refused) => refused
        is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists };
}
