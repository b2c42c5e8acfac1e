using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Metrics;

/// <summary>What Prometheus collects: figures counted since the start, and how the tables and queues stand. Behind any
/// key of the API; there only where <c>Metrics:Enabled</c> says so.</summary>
public sealed class GetMetrics(Settings settings, StandingFigures standing, IServiceProvider services)
{
    [Function(nameof(GetMetrics))]
    public async Task<Results<ContentHttpResult, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "metrics")] HttpRequest request)
    {
        if (!settings.HasMetrics) return Refusal.NotFound("No figures are kept: Metrics:Enabled is not true.");
        var text = new PrometheusText();
        await standing.Write(text, request.HttpContext.RequestAborted);
        return TypedResults.Text(
            services.GetRequiredService<KeptFigures>().Read() + text, PrometheusText.ContentType);
    }
}
