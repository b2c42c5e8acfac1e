using System.Text.Json;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

internal static class Fixtures
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    public static readonly SourceSettings Shopify = new("shopify", Platform.Shopify, "hush")
    {
        TakeTests = true,
    };
    public static readonly SourceSettings WooCommerce = new("woo", Platform.WooCommerce, "wc_secret_&_1");
    public static readonly SourceSettings Generic = new("till", Platform.Generic, "s3cr3t");

    public static byte[] Bytes(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", name));

    public static Func<string, string?> Headers(string name)
    {
        using var document = JsonDocument.Parse(Bytes(name));
        var headers = document.RootElement.EnumerateObject().ToDictionary(
            h => h.Name, h => h.Value.GetString(), StringComparer.OrdinalIgnoreCase);
        return header => headers.GetValueOrDefault(header);
    }

    public static Func<string, string?> Headers(params (string Name, string Value)[] headers) =>
        name => headers.FirstOrDefault(header => string.Equals(
            header.Name, name, StringComparison.OrdinalIgnoreCase)).Value;

    public static Envelope Envelope(
        SourceSettings source, string topic, ReadOnlyMemory<byte> body, DateTimeOffset? at = null) =>
            new() { Source = source.Name, Topic = topic, ReceivedAt = at ?? Now, Body = body };

    public static SourceEvent Read(SourceSettings source, string topic, string fixture) =>
        Assert.Single(Dialects.Read(source, Envelope(source, topic, Bytes(fixture))));
}
