namespace Automation.Marketing.Tests;

public sealed class KeyTextTests
{
    [Theory]
    [InlineData("main:hojicha-takibi")]
    [InlineData("shop:ほうじ茶 100%")]
    [InlineData("a=b==c")]
    [InlineData("plain_1.~")]
    public void What_became_a_key_can_be_read_again(string text) => Assert.Equal(text, Keys.Text(Keys.Safe(text)));

    [Fact]
    public void A_text_too_long_for_a_key_cannot() => Assert.Null(Keys.Text(Keys.Safe(new string('茶', 200))));
}
