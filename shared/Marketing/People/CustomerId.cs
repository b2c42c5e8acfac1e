using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Automation.Marketing.People;

/// <summary>A customer's opaque id: 24 hex digits, no personal data; the first two are the shard. Older ones are all
/// random.</summary>
[JsonConverter(typeof(CustomerIdJson))]
public readonly record struct CustomerId(string Value)
{
    /// <summary>All shards, in order: customers, and what is kept with them, lie in 256 partitions.</summary>
    public static IReadOnlyList<string> Shards { get; } =
        [.. Enumerable.Range(0, 256).Select(n => n.ToString("x2", CultureInfo.InvariantCulture))];

    public string Shard => Value[..2];

    /// <summary>A new one: the moment in units of 64 ms (9 digits) and 13 random digits, behind the shard, which is the
    /// moment's last two digits. Who comes at the same moment lies side by side wherever rows are ordered by these ids,
    /// and within 16 s all shards have had their turn.</summary>
    public static CustomerId New(DateTimeOffset now)
    {
        var moment = now.ToUnixTimeMilliseconds() >> 6;
        return new(string.Create(CultureInfo.InvariantCulture,
            $"{moment & 0xff:x2}{moment & 0xf_ffff_ffff:x9}{RandomNumberGenerator.GetHexString(13, lowercase: true)}"));
    }

    public static bool IsWellFormed(string text) => text.Length == 24 && text.All(char.IsAsciiHexDigitLower);
    public static CustomerId? Parse(string text) => IsWellFormed(text) ? new(text) : null;
    public override string ToString() => Value;
}

/// <summary>A customer id is a plain string in JSON.</summary>
public sealed class CustomerIdJson : JsonConverter<CustomerId>
{
    public override CustomerId Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert,
        System.Text.Json.JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(System.Text.Json.Utf8JsonWriter writer, CustomerId value,
        System.Text.Json.JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
