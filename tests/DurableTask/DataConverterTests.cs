using System.Text.Json;
using System.Text.Json.Serialization;

namespace Automation.DurableTask.Tests;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Wait), "wait")]
abstract record Pause
{
    internal sealed record Wait(int Days) : Pause;
}

[JsonSerializable(typeof(Pause))]
sealed partial class PauseContext : JsonSerializerContext;

public class DataConverterTests
{
    [Fact]
    public void A_member_of_a_closed_family_keeps_its_discriminator_at_the_root()
    {
        var json = DataConverter.Default.Serialize(new Pause.Wait(3));
        Assert.Equal("""{"do":"wait","Days":3}""", json);
        Assert.Equal(new Pause.Wait(3), DataConverter.Default.Deserialize<Pause>(json));
    }

    [Fact]
    public void Generated_contexts_plug_in_and_nothing_else_is_reflected_upon()
    {
        var converter = new DataConverter(new JsonSerializerOptions { TypeInfoResolver = PauseContext.Default });
        Assert.Equal(new Pause.Wait(3), converter.Deserialize<Pause>(converter.Serialize(new Pause.Wait(3))));
        Assert.Throws<NotSupportedException>(() => converter.Serialize(new DataConverterTests()));
    }

    [Fact]
    public void Nothing_is_nothing()
    {
        Assert.Null(DataConverter.Default.Serialize(null));
        Assert.Equal(0, DataConverter.Default.Deserialize<int>(null));
        Assert.Equal(0, DataConverter.Default.Deserialize<int>("null"));
        Assert.Null(DataConverter.Default.Deserialize<string>(""));
    }

    [Fact]
    public void A_result_that_does_not_fit_is_the_callers_error()
    {
        var history = History.Of(context => context.CallActivityAsync<int>("Step"));
        history.Turn();
        Assert.Matches("^#1 Failed .* because System.Text.Json.JsonException", history.Turn(History.Completed(0, "\"word\"")));
    }
}
