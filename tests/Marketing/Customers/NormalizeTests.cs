using Automation.Marketing.People;

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
    [InlineData("ta\u200bro@exam\u200dple.jp", "taro@example.jp")]
    [InlineData("\ufefftaro@example.jp", "taro@example.jp")]
    [InlineData("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp")]
    [InlineData("taro@ｅｘａｍｐｌｅ。ｊｐ", "taro@example.jp")]
    [InlineData("taro@xn--r8jz45g.jp", "taro@例え.jp")]
    [InlineData("taro@XN--R8JZ45G.jp", "taro@例え.jp")]
    [InlineData("ta\u202ero@example.jp", null)]
    [InlineData("taro@exam\u202eple.jp", null)]
    [InlineData("ta\u0085ro@example.jp", null)]
    [InlineData("ta\u2028ro@example.jp", null)]
    [InlineData("taro@example.jp\u0085", "taro@example.jp")]
    [InlineData("ta\u00a0ro@example.jp", null)]
    [InlineData("ta\ud800ro@example.jp", null)]
    [InlineData("taro@𝐞xample.jp", null)]
    [InlineData("taro@ﬁne.jp", null)]
    [InlineData("ｶﾅ@example.jp", null)]
    [InlineData("cafe\u0301@example.jp", null)]
    [InlineData("太郎@example.jp", "太郎@example.jp")]
    [InlineData("taro@exam_ple.jp", null)]
    [InlineData("taro@-example.jp", null)]
    [InlineData("taro@example-.jp", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Addresses_are_compared_trimmed_and_in_lower_case(string? written, string? expected) =>
        Assert.Equal(expected, EmailAddress.Normalize(written));

    [Theory]
    [InlineData("090-1234-5678", "JP", "+819012345678")]
    [InlineData("０９０－１２３４－５６７８", "JP", "+819012345678")]
    [InlineData("03 (1234) 5678", "jp", "+81312345678")]
    [InlineData("+81 (0)90-1234-5678", null, "+819012345678")]
    [InlineData("+16136120707", "JP", "+16136120707")]
    [InlineData("(613) 612-0707", "US", "+16136120707")]
    [InlineData("1-613-612-0707", "CA", "+16136120707")]
    [InlineData("(555) 555-5555", "US", null)]
    [InlineData("+49 (0)30 901820", "JP", "+4930901820")]
    [InlineData("030 901820", "DE", "+4930901820")]
    [InlineData("+44 (0)20 7946 0958", "JP", "+442079460958")]
    [InlineData("1234567", "JP", null)]
    [InlineData("090−1234−5678", "JP", "+819012345678")]
    [InlineData("03-1234-5678 ext. 12", "JP", null)]
    [InlineData("03-1234-5678 内線 12", "JP", null)]
    [InlineData("+39 06 698 12345", null, "+390669812345")]
    [InlineData("119", "JP", null)]
    [InlineData("555-555-SHIP", "US", null)]
    [InlineData("090-1234-5678", null, null)]
    [InlineData("123", "JP", null)]
    [InlineData("", "JP", null)]
    public void Phone_numbers_become_E164_with_the_country_of_the_address(
        string written, string? country, string? expected) =>
            Assert.Equal(expected, PhoneNumber.Normalize(written, country));

    [Theory]
    [InlineData("090-1234-5678", null, "+819012345678")]
    [InlineData("090-1234-5678", "", "+819012345678")]
    [InlineData("030 901820", "DE", "+4930901820")]
    [InlineData("090-1234-5678", "DE", null)]
    [InlineData("090-1234-5678", "XX", null)]
    public void A_national_number_without_an_address_is_read_as_in_the_shops_own_country(
        string written, string? country, string? expected) =>
        Assert.Equal(expected, PhoneNumber.Normalize(written, country, "JP"));

    [Theory]
    [InlineData("email:A@example.jp", "email:a@example.jp")]
    [InlineData("phone:+81 90 1234 5678", "phone:+819012345678")]
    [InlineData("till:42", "till:42")]
    [InlineData("email:nobody", null)]
    [InlineData("nonsense", null)]
    [InlineData("till:", null)]
    public void An_identity_is_read_from_text(string text, string? expected) =>
        Assert.Equal(expected, Identity.Parse(text)?.ToString());

    [Fact]
    public void Of_several_telephone_numbers_the_first_that_can_be_one_is_taken()
    {
        Assert.Equal("+819012345678", PhoneNumber.First(["123", null, "123", "090-1234-5678", "03-1234-5678"], "JP"));
        Assert.Null(PhoneNumber.First(["123", "123", null], "JP"));
        Assert.Null(PhoneNumber.First([], "JP"));
    }
}
