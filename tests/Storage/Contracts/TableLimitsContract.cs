namespace Automation.Storage.Tests.Contracts;

/// <summary>What every table engine must refuse, before anything is sent or stored.</summary>
public abstract class TableLimitsContract : TableContract
{
    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    public async Task A_key_with_a_forbidden_character_is_refused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Add(new("shop", key)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Add(new(key, "a")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Find("shop", key));
    }

    [Fact]
    public async Task A_key_may_have_512_characters_and_not_one_more()
    {
        var longest = new string('k', 512);
        Assert.True((await Table.Add(new("shop", longest))).Done);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Add(new("shop", longest + "k")));
    }

    [Fact]
    public async Task A_property_of_64_KiB_is_stored_and_a_larger_one_is_refused_by_name()
    {
        await Table.Add(new("shop", "full") { { "body", new byte[65536] }, { "text", new string('あ', 32768) } });
        var row = await Table.Find("shop", "full");
        Assert.Equal(65536, row!.GetBinary("body")!.Length);
        Assert.Equal(32768, row.GetString("text")!.Length);
        var binary = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Table.Add(new("shop", "b") { { "body", new byte[65537] } }));
        var text = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Table.Add(new("shop", "c") { { "greeting", new string('a', 32769) } }));
        Assert.Contains("body", binary.Message, StringComparison.Ordinal);
        Assert.Contains("greeting", text.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entity_of_almost_1_MiB_is_stored_and_a_larger_one_is_refused()
    {
        Row Entity(int parts)
        {
            var entity = new Row("shop", $"big{parts}");
            for (var i = 0; i < parts; i++) entity.Add($"part{i}", new byte[65536]);
            return entity;
        }
        Assert.True((await Table.Add(Entity(15))).Done);
        Assert.Equal(15, (await Table.Find("shop", "big15"))!.Count);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Add(Entity(16)));
    }

    [Fact]
    public async Task An_entity_has_at_most_252_properties()
    {
        Row Entity(int properties)
        {
            var entity = new Row("shop", $"wide{properties}");
            for (var i = 0; i < properties; i++) entity.Add($"p{i}", i);
            return entity;
        }
        Assert.True((await Table.Add(Entity(252))).Done);
        Assert.Equal(251, (await Table.Find("shop", "wide252"))!.GetInt32("p251"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Add(Entity(253)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("order.total")]
    [InlineData("first-name")]
    [InlineData("1st")]
    [InlineData("Timestamp")]
    public async Task A_property_name_that_is_no_identifier_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Table.Add(new("shop", "a") { { name, 1 } }));

    [Fact]
    public async Task A_property_name_may_be_Japanese()
    {
        await Table.Add(new("shop", "a") { { "会員番号_1", 7 } });
        Assert.Equal(7, (await Table.Find("shop", "a"))!.GetInt32("会員番号_1"));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task A_number_without_end_is_refused_by_name(double number)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => Table.Add(new("shop", "a") { { "share", number } }));
        Assert.Contains("share", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_tables_do_not_have_is_refused_by_name()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Table.Add(new("shop", "a") { { "price", 980m } }));
        Assert.Contains("price", refused.Message, StringComparison.Ordinal);
    }
}
