using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.Telemetry;

/// <summary>A span as it came over the wire; <paramref name="Links"/> are the traces it points to.</summary>
internal sealed record Span(string Trace, string Id, string Parent, string Name, IReadOnlyList<string> Links)
{
    public override string ToString() => $"{Name} {Id} of {Trace} below '{Parent}'";
}

/// <summary>An OTLP collector on this machine (protobuf over HTTP/1.1, or gRPC): keeps the spans, what was counted
/// last, and every byte.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<byte[]> bodies = new();

    private readonly string protocol;

    private Collector(WebApplication web, string protocol) => (this.web, this.protocol) = (web, protocol);

    public ConcurrentQueue<Span> Spans { get; } = new();

    /// <summary>What a counter stands at; of a histogram, how often something was measured.</summary>
    public ConcurrentDictionary<string, long> Metrics { get; } = new();

    /// <summary>What makes a process send here, soon.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = web.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    public static async Task<Collector> Start(string protocol = "http/protobuf")
    {
        var isGrpc = protocol == "grpc";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var web = builder.Build();
        var collector = new Collector(web, protocol);
        web.MapPost(isGrpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces",
            http => collector.Take(http, collector.Trace));
        web.MapPost(isGrpc ? "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" : "/v1/metrics",
            http => collector.Take(http, collector.Metric));
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
        if (protocol != "grpc")
        {
            read(body.ToArray());
            return;
        }
        // One message, five bytes before it: not compressed, its length. The answer is an empty one, and how it went
        // comes last.
        read(body.ToArray()[5..]);
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.WriteAsync(new byte[5]);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    // ExportTraceServiceRequest.resource_spans=1, ResourceSpans.scope_spans=2, ScopeSpans.spans=2; Span: trace_id=1,
    // span_id=2, parent_span_id=4, name=5, links=13; Link: trace_id=1.
    private void Trace(byte[] request)
    {
        foreach (var span in Fields(request, 1).SelectMany(resource => Fields(resource, 2))
            .SelectMany(scope => Fields(scope, 2)))
            Spans.Enqueue(new(Hex(span, 1), Hex(span, 2), Hex(span, 4),
                Encoding.UTF8.GetString(Fields(span, 5).First()), [.. Fields(span, 13).Select(link => Hex(link, 1))]));
    }

    // ExportMetricsServiceRequest.resource_metrics=1, ResourceMetrics.scope_metrics=2, ScopeMetrics.metrics=2; Metric:
    // name=1, sum=7, histogram=9, each with data_points=1; NumberDataPoint.as_int=6, HistogramDataPoint.count=4.
    private void Metric(byte[] request)
    {
        foreach (var metric in Fields(request, 1).SelectMany(resource => Fields(resource, 2))
            .SelectMany(scope => Fields(scope, 2)))
            Metrics[Encoding.UTF8.GetString(Fields(metric, 1).First())] = Points(metric, 7, 6) + Points(metric, 9, 4);
    }

    private static long Points(byte[] metric, int kind, int value) =>
        Fields(metric, kind).SelectMany(points => Fields(points, 1)).SelectMany(point => Fields(
            point, value, WireFormat.WireType.Fixed64)).Sum(bytes => BitConverter.ToInt64(bytes));

    private static string Hex(byte[] message, int field) =>
        Convert.ToHexStringLower(Fields(message, field).FirstOrDefault() ?? []);

    /// <summary>A message's fields of this number and type, as bytes.</summary>
    private static List<byte[]> Fields(
        byte[] message, int number, WireFormat.WireType type = WireFormat.WireType.LengthDelimited)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) != number || WireFormat.GetTagWireType(tag) != type)
                input.SkipLastField();
            else found.Add(type == WireFormat.WireType.Fixed64
                ? BitConverter.GetBytes(input.ReadFixed64()) : input.ReadBytes().ToByteArray());
        }
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}
