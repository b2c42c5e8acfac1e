using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Automation.DurableTask;

/// <summary>
/// Payloads to JSON text and back, with one set of options (plug source-generated contexts in there). A value of a closed family
/// of records is written as its family, so that it keeps its discriminator at the root.
/// </summary>
public sealed class DataConverter
{
    public static DataConverter Default { get; } = new();

    readonly JsonSerializerOptions options;
    readonly ConcurrentDictionary<Type, JsonTypeInfo> contracts = new();

    public DataConverter(JsonSerializerOptions? options = null)
    {
        this.options = options ?? new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        this.options.MakeReadOnly(populateMissingResolver: true);
    }

    /// <summary>JSON text; null for null.</summary>
    public string? Serialize(object? value) =>
        value is null ? null : JsonSerializer.Serialize(value, contracts.GetOrAdd(value.GetType(), Contract, options));

    /// <summary>JSON text of a value declared as <paramref name="declared"/>; null for null.</summary>
    public string? Serialize(object? value, Type declared) =>
        value is null ? null : declared == typeof(object) ? Serialize(value) : JsonSerializer.Serialize(value, options.GetTypeInfo(declared));

    /// <summary>The value; default where the text is absent, empty or null.</summary>
    /// <exception cref="JsonException">The text does not fit the type.</exception>
    public T? Deserialize<T>(string? json) =>
        json is null || IsNothing(json) ? default : JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

    /// <inheritdoc cref="Deserialize{T}(string?)"/>
    public object? Deserialize(ReadOnlySpan<char> json, Type type) =>
        IsNothing(json) ? null : JsonSerializer.Deserialize(json, options.GetTypeInfo(type));

    static bool IsNothing(ReadOnlySpan<char> json) => json.IsEmpty || json is "null";

    static JsonTypeInfo Contract(Type type, JsonSerializerOptions options)
    {
        for (var family = type; family is not null && family != typeof(object); family = family.BaseType)
            if (options.TryGetTypeInfo(family, out var info) && info.PolymorphismOptions?.DerivedTypes.Any(d => d.DerivedType == type) == true)
                return info;
        return options.GetTypeInfo(type);
    }
}
