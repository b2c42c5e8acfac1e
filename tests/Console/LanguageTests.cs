namespace Automation.Console.Tests;

public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(7.6, "20通中19通は 7.6秒 以内", "19 of 20 within 7.6 s")]
    [InlineData(600.0, "20通中19通は 10分 以内", "19 of 20 within 10 min")]
    public void How_long_most_took_is_said_where_it_is_known(double? seconds, string? japanese, string? english)
    {
        Assert.Equal(japanese, Language.Japanese.MostlyWithin(seconds));
        Assert.Equal(english, Language.English.MostlyWithin(seconds));
    }
}
