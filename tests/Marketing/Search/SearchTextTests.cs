using Automation.Marketing.People;
using Automation.Marketing.Search;

namespace Automation.Marketing.Tests.Search;

/// <summary>What is typed, and what it finds.</summary>
public sealed class SearchTextTests
{
    private static readonly Customer Hanako = new()
    {
        Id = new("000000000000000000000001"),
        FamilyName = "佐藤",
        GivenName = "花子",
        Email = "hanako.sato@example.jp",
        Phone = "+819012345678",
        Identities = ["email:hanako.sato@example.jp", "email:old@example.jp", "shopify:7001"],
    };

    private static bool Finds(string asked, Customer? customer = null, string number = "#1001")
    {
        var terms = SearchTerms.Of(customer ?? Hanako, new Dictionary<string, string> { ["shopify:1"] = number });
        return SearchTerms.Asked(asked)
            .Any(begin => terms.Any(term => term.StartsWith(begin, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("佐藤")]
    [InlineData("佐")]
    [InlineData("花子")]
    [InlineData("佐藤花子")]
    [InlineData("佐藤　花")]
    [InlineData("花子 佐藤")]
    [InlineData("hanako.s")]
    [InlineData("HANAKO.SATO@Example.JP")]
    [InlineData("ｈａｎａｋｏ．ｓａｔｏ＠ｅｘａｍｐｌｅ．ｊｐ")]
    [InlineData(" old@example.jp ")]
    [InlineData("090-1234")]
    [InlineData("０９０−１２３４−５６７８")]
    [InlineData("090 1234 5678")]
    [InlineData("+81 90-1234-5678")]
    [InlineData("8190")]
    [InlineData("#1001")]
    [InlineData("100")]
    public void A_customer_is_found_by_the_beginning_of_what_they_are_called_and_reached_by(string asked) =>
        Assert.True(Finds(asked));

    [Theory]
    [InlineData("藤")]
    [InlineData("sato")]
    [InlineData("091")]
    [InlineData("5678")]
    [InlineData("hanako.sato@example.jp.evil")]
    [InlineData("--")]
    [InlineData("e|")]
    public void And_not_by_what_stands_in_the_middle_of_it_or_is_another(string asked) => Assert.False(Finds(asked));

    [Theory]
    [InlineData("サトウ", "さとう")]
    [InlineData("ｻﾄｳ", "さとう")]
    [InlineData("さとう", "サトウ")]
    [InlineData("ワタナベ", "わたなへ\u3099")]
    [InlineData("髙橋", "高橋")]
    [InlineData("山崎", "山﨑")]
    [InlineData("渡邉", "渡辺")]
    [InlineData("𠮷田", "吉田")]
    [InlineData("O'Brien", "obrien")]
    [InlineData("van der Berg", "VANDER")]
    public void Kana_of_either_kind_width_case_and_the_usual_variants_of_a_name_are_one(string name, string asked) =>
        Assert.True(Finds(asked, Hanako with { FamilyName = name }));

    [Theory]
    [InlineData("T-42", "t42")]
    [InlineData("T-42", "T－４２")]
    [InlineData("EC2026/0007", "ec2026-0007")]
    public void An_order_s_number_is_found_however_its_parts_are_joined(string number, string asked) =>
        Assert.True(Finds(asked, number: number));

    [Theory]
    [InlineData("佐藤花子とその家族一同様方気付東京支店営業第二部販売促進課御中")]
    [InlineData("a/b\\c#d?e%f|g~h")]
    [InlineData("\ud83d")]
    [InlineData("")]
    public void Whatever_is_typed_becomes_keys_that_tables_take_and_beginnings_of_one_another(string text)
    {
        for (var length = 0; length <= text.Length; length++)
        {
            var (part, whole) = (SearchText.Key(text[..length].TrimEnd('\ud83d')), SearchText.Key(text));
            Assert.StartsWith(part, whole, StringComparison.Ordinal);
            Assert.All(whole, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c == '='));
            Assert.True(whole.Length <= 200);
        }
        Assert.All(SearchTerms.Asked(text), term => Assert.True(term.Length > 2));
    }

    [Fact]
    public void Whoever_was_erased_or_is_somebody_else_by_now_is_found_by_nothing()
    {
        Assert.Empty(SearchTerms.Of(
            Hanako with { ErasedAt = DateTimeOffset.UnixEpoch }, new Dictionary<string, string>()));
        Assert.Empty(SearchTerms.Of(
            Hanako with { MergedInto = new("000000000000000000000002") }, new Dictionary<string, string>()));
    }
}
