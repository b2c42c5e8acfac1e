using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Automation.Marketing;

/// <summary>How records become JSON in rows: camelCase, nulls left out, Japanese text readable (and short). Contracts
/// are made at run time: generated ones hand every init-only property through a constructor, which takes twice as long
/// and reads a list that an older row lacks as null.</summary>
public static class RowJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>These, with enums by their names.</summary>
    public static JsonSerializerOptions Named { get; } =
        new(Options) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>For JSON of others' shapes: nothing but Japanese text readable.</summary>
    public static JsonSerializerOptions Readable { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonTypeInfo<T> Of<T>(this JsonSerializerOptions options) =>
        (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
