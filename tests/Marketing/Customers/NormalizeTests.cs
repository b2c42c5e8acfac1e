using Automation.Marketing.Customers;

namespace Automation.Marketing.Tests.Customers;

public sealed class NormalizeTests
{
    [Theory]
    [InlineData(" Hanako@Example.JP ", "hanako@example.jp")]
    [InlineData("a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp")]
    [InlineData("o'brien+tea@例え.jp", "o'brien+tea@例え.jp")]
    [InlineData("scrambled@scrambled", null)]
    [InlineData("two@@example.jp", null)]
    [InlineData("a@b@example.jp", null)]
    [InlineData("a b@example.jp", null)]
    [InlineData("a@example.jp\r\nBcc: x@example.jp", null)]
    [InlineData("<a@example.jp>", null)]
    [InlineData("@example.jp", null)]
    [InlineData("a@example..jp", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Addresses_are_compared_trimmed_and_in_lower_case(string? written, string? expected) => Assert.Equal(expected, EmailAddress.Normalize(written));

    [Theory]
    [InlineData("090-1234-5678", "JP", "+819012345678")]
    [InlineData("０９０－１２３４－５６７８", "JP", "+819012345678")]
    [InlineData("03 (1234) 5678", "jp", "+81312345678")]
    [InlineData("+81 (0)90-1234-5678", null, "+819012345678")]
    [InlineData("+16136120707", "JP", "+16136120707")]
    [InlineData("(555) 555-5555", "US", "+15555555555")]
    [InlineData("1-555-555-5555", "US", "+15555555555")]
    [InlineData("555-555-SHIP", "US", null)]
    [InlineData("090-1234-5678", null, null)]
    [InlineData("123", "JP", null)]
    [InlineData("", "JP", null)]
    public void Phone_numbers_become_E164_with_the_country_of_the_address(string written, string? country, string? expected) =>
        Assert.Equal(expected, PhoneNumber.Normalize(written, country));

    [Theory]
    [InlineData("email:A@example.jp", "email:a@example.jp")]
    [InlineData("phone:+81 90 1234 5678", "phone:+819012345678")]
    [InlineData("till:42", "till:42")]
    [InlineData("email:nobody", null)]
    [InlineData("nonsense", null)]
    [InlineData("till:", null)]
    public void An_identity_is_read_from_text(string text, string? expected) => Assert.Equal(expected, Identity.Parse(text)?.ToString());
}
