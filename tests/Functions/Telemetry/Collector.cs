using System.Collections.Concurrent;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.Telemetry;

/// <summary>A span as it came over the wire.</summary>
internal sealed record Span(string Trace, string Id, string Parent, string Name);

/// <summary>An OTLP collector on this machine (HTTP, protobuf): keeps the spans, the names of the metrics, and every byte.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<byte[]> bodies = new();

    private Collector(WebApplication web) => this.web = web;

    public ConcurrentQueue<Span> Spans { get; } = new();
    public ConcurrentDictionary<string, bool> Metrics { get; } = new();

    /// <summary>What makes a process send here, soon.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = web.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var collector = new Collector(web);
        web.MapPost("/v1/traces", http => collector.Take(http, collector.Trace));
        web.MapPost("/v1/metrics", http => collector.Take(http, collector.Metric));
        await web.StartAsync();
        return collector;
    }

    /// <summary>Does this text stand anywhere in what was sent?</summary>
    public bool Has(string text) => bodies.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private async Task Take(HttpContext http, Action<byte[]> read)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        bodies.Enqueue(body.ToArray());
        read(body.ToArray());
    }

    // ExportTraceServiceRequest.resource_spans=1, ResourceSpans.scope_spans=2, ScopeSpans.spans=2; Span: trace_id=1, span_id=2, parent_span_id=4, name=5.
    private void Trace(byte[] request)
    {
        foreach (var span in Fields(request, 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2)))
            Spans.Enqueue(new(Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(Fields(span, 5).First())));
    }

    // ExportMetricsServiceRequest.resource_metrics=1, ResourceMetrics.scope_metrics=2, ScopeMetrics.metrics=2; Metric.name=1.
    private void Metric(byte[] request)
    {
        foreach (var metric in Fields(request, 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2)))
            Metrics[Encoding.UTF8.GetString(Fields(metric, 1).First())] = true;
    }

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault() ?? []);

    /// <summary>A message's fields of this number that have a length.</summary>
    private static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited) found.Add(input.ReadBytes().ToByteArray());
            else input.SkipLastField();
        }
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}
