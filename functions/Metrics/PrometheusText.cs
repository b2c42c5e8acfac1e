using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace Automation.Functions.Metrics;

/// <summary>Figures in Prometheus' text format (exposition formats, version 0.0.4).</summary>
public sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    public override string ToString() => text.ToString();

    /// <summary>A figure with its samples; nothing where there are none.</summary>
    /// <param name="name">Letters and underscores.</param>
    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    public PrometheusText Family(string name, string type, string help, IEnumerable<PrometheusSample> samples)
    {
        var begun = false;
        foreach (var sample in samples)
        {
            if (!begun) text
                .Append("# HELP ").Append(name).Append(' ').Append(Escaped(help, quotes: false)).Append('\n')
                .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
            begun = true;
            text.Append(name).Append(sample.Suffix);
            if (sample.Labels is { Count: > 0 } labels)
                text.Append('{').AppendJoin(
                    ',', labels.Select(label => $"{label.Name}=\"{Escaped(label.Value, quotes: true)}\"")).Append('}');
            text.Append(' ').Append(Number(sample.Value)).Append('\n');
        }
        return this;
    }

    /// <summary>An instrument's figures as OpenTelemetry added them up.</summary>
    public PrometheusText Instrument(Metric metric)
    {
        var samples = new List<PrometheusSample>();
        foreach (ref readonly var point in metric.GetMetricPoints()) samples.AddRange(Samples(metric, in point));
        var (name, type) = (Name(metric.Name), Type(metric.MetricType));
        var unit = metric.Unit is "s" ? "_seconds" : "";
        return Family($"{name}{unit}{(type == "counter" ? "_total" : "")}", type, metric.Description, samples);
    }

    private static List<PrometheusSample> Samples(Metric metric, in MetricPoint point)
    {
        List<(string, string)> labels = [];
        foreach (var tag in point.Tags) labels.Add((Label(tag.Key), $"{tag.Value}"));
        return metric.MetricType switch
        {
            MetricType.Histogram => Histogram(labels, in point),
            MetricType.LongSum or MetricType.LongSumNonMonotonic => [new("", labels, point.GetSumLong())],
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => [new("", labels, point.GetSumDouble())],
            MetricType.LongGauge => [new("", labels, point.GetGaugeLastValueLong())],
            MetricType.DoubleGauge => [new("", labels, point.GetGaugeLastValueDouble())],
            _ => [],   // exponential histograms: nobody here makes one
        };
    }

    /// <summary>Buckets count what lies below their bound, all of it.</summary>
    private static List<PrometheusSample> Histogram(List<(string, string)> labels, in MetricPoint point)
    {
        List<PrometheusSample> samples = [];
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            samples.Add(new("_bucket", [.. labels, ("le", Number(bucket.ExplicitBound))], below));
        }
        samples.Add(new("_sum", labels, point.GetHistogramSum()));
        samples.Add(new("_count", labels, point.GetHistogramCount()));
        return samples;
    }

    private static string Type(MetricType type) => type switch
    {
        MetricType.Histogram => "histogram",
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        _ => "gauge",
    };

    private static string Name(string name) => name.Replace('.', '_');

    /// <summary>All of them begin with our own name, which says nothing there.</summary>
    private static string Label(string tag) => Name(
        tag.StartsWith("automation.", StringComparison.Ordinal) ? tag["automation.".Length..] : tag);

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string value, bool quotes)
    {
        value = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? value.Replace("\"", "\\\"", StringComparison.Ordinal) : value;
    }
}

/// <summary>One line: what is measured, of what, how much.</summary>
/// <param name="Suffix">Behind the figure's name: <c>_bucket</c>, <c>_sum</c>, <c>_count</c>; usually nothing.</param>
public sealed record PrometheusSample(string Suffix, IReadOnlyList<(string Name, string Value)>? Labels, double Value);
