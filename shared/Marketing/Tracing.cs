using System.Diagnostics;

namespace Automation.Marketing;

/// <summary>The way of an order as spans of one trace: webhook, intake, the first round of its journey, the send.
/// Carried from part to part as a W3C traceparent in the envelope, the event and the enrollment's row. Names what the
/// shop has, never who. Costs nothing while nobody listens.</summary>
public static class Tracing
{
    public const string Name = "Automation";
    internal static readonly ActivitySource Source = new(Name);

    /// <summary>Somebody listens.</summary>
    public static bool On => Source.HasListeners() && !Quiet.IsOn;

    /// <summary>What a later part carries on from; null: nobody listens.</summary>
    public static string? Here => Activity.Current is { Source.Name: Name } here ? here.Id : null;

    /// <summary>A request from outside: a trace of its own, that of the caller (the Functions host) only linked, for it
    /// may come from anybody.</summary>
    public static Activity? Arrive(string name, string? caller)
    {
        if (!On) return null;
        Activity.Current = null;
        return Source.StartActivity(name, ActivityKind.Server, default(ActivityContext), links: Link(caller));
    }

    /// <summary>The next part of a way; one of its own where it is not known.</summary>
    public static Activity? CarryOn(string name, ActivityKind kind, string? from)
    {
        if (!On) return null;
        Activity.Current = null;
        return Source.StartActivity(name, kind, Context(from));
    }

    /// <summary>A part of what is under way.</summary>
    public static Activity? Within(string name, ActivityKind kind) =>
        Quiet.IsOn ? null : Source.StartActivity(name, kind);

    internal static ActivityContext Context(string? from) =>
        ActivityContext.TryParse(from, null, isRemote: true, out var context) ? context : default;

    internal static ActivityLink[] Link(string? from) =>
        Context(from) is { } context && context != default ? [new(context)] : [];
}
