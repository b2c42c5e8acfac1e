using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.DurableTask.Functions;
using FsCheck;
using FsCheck.Fluent;

namespace Automation.DurableTask.Tests.Functions;

/// <summary>What the host writes into an invocation, read back.</summary>
public class EnvelopeTests
{
    /// <summary>A .NET string, as the host serializes it: JSON text inside a JSON string.</summary>
    private static JsonNode HostString(string value) => JsonSerializer.Serialize(value);

    private static string? Read(JsonNode? value) => Envelope(value).Text("it");

    private static InvocationEnvelope Envelope(JsonNode? value) =>
        InvocationEnvelope.Read(Encoding.UTF8.GetBytes(new JsonObject { ["Data"] = new JsonObject { ["it"] = value }, ["Metadata"] = new JsonObject { ["DequeueCount"] = "3", ["instanceId"] = "\"inst-1\"" } }.ToJsonString()));

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("9e952958-5e33-4daf-827f-2fa12937b875")]
    [InlineData("9e9529585e334daf827f2fa12937b875")]
    [InlineData("\"quoted\"")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"source":"s"}""" + "\n" + """{"id":5000000000000000001}""")]
    [InlineData("""[{"at":"2026-01-05T10:00:00.100+09:00"}]""")]
    [InlineData("深蒸し煎茶 ☕ \r\n\t\0")]
    public void A_text_comes_out_as_it_went_in_whatever_it_looks_like(string text) => Assert.Equal(text, Read(HostString(text)));

    [Fact]
    public void Any_text_comes_out_as_it_went_in() =>
        Prop.ForAll<NonNull<string>>(text => Read(HostString(text.Get)) == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get))).QuickCheckThrowOnFailure();

    [Fact]
    public void An_array_or_a_number_arrives_as_the_text_of_its_JSON()
    {
        Assert.Equal("[1,2]", Read("[1,2]"));
        Assert.Equal("17", Read("17"));
        Assert.Null(Read("null"));
    }

    [Fact]
    public void An_object_arrives_as_an_object_and_nothing_as_nothing()
    {
        Assert.Equal("""{"Schedule":{"AdjustForDST":true}}""", Read(new JsonObject { ["Schedule"] = new JsonObject { ["AdjustForDST"] = true } }));
        Assert.Null(Read(null));
        Assert.Null(Envelope("x").Text("other"));
    }

    [Fact]
    public void Metadata_is_read_in_the_same_way()
    {
        Assert.Equal("3", Envelope("x").Metadata("DequeueCount"));
        Assert.Equal("inst-1", Envelope("x").Metadata("instanceId"));
        Assert.Null(Envelope("x").Metadata("RetryContext"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"Data":1}""")]
    public void What_is_no_invocation_is_said_to_be_none(string body) =>
        Assert.Throws<InvalidDataException>(() => InvocationEnvelope.Read(Encoding.UTF8.GetBytes(body)));
}
