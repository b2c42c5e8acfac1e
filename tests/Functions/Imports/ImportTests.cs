using System.Text;
using System.Text.Json;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Imports;
using Automation.Functions.Local;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Functions.Tests.Imports;

public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Customers_of_a_Japanese_shop_system_are_understood()
    {
        var file = Write(
            "顧客番号,氏名,メールアドレス,電話番号,メルマガ,メルマガ登録日,同意の記録\n7,佐藤 "
            + "葵,Aoi.Sato@Example.jp,090-1234-5678,希望する,2024/4/1,会員登録フォーム\n8,鈴木　一郎,ichiro@example.jp,,希望しない,,\n");
        await using var parts = await Open();
        var result = await new Import(parts.Services, "shop").Run(file, _ => { }, default);
        Assert.Equal(2, result.Imported);
        Assert.Empty(result.Bad);
        var aoi = await Find(parts, "aoi.sato@example.jp");
        Assert.Equal("佐藤", aoi.FamilyName);
        Assert.Equal("葵", aoi.GivenName);
        Assert.Equal("+819012345678", aoi.Phone);
        Assert.Contains("shop:7", aoi.Identities);
        Assert.Equal(ConsentState.Given, aoi.Consent["email"].State);
        Assert.Equal("import", aoi.Consent["email"].How);
        Assert.Equal("会員登録フォーム", aoi.Consent["email"].Evidence);
        Assert.Equal(new DateTimeOffset(2024, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)), aoi.Consent["email"].At);
        var unsaid = (await Find(parts, "ichiro@example.jp")).Consent["email"];
        Assert.Equal(ConsentState.Unknown, unsaid.State);
        Assert.Equal("import.csv, line 3: 希望しない", unsaid.Evidence);
    }

    [Fact]
    public async Task Shift_JIS_files_are_understood()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await File.WriteAllBytesAsync(
            folder.File("sjis.csv"), Encoding.GetEncoding(932).GetBytes("氏名,メールアドレス\n髙橋 花子,hanako@example.jp\n"));
        await using var parts = await Open();
        await new Import(parts.Services, "shop").Run(folder.File("sjis.csv"), _ => { }, default);
        Assert.Equal("髙橋", (await Find(parts, "hanako@example.jp")).FamilyName);
    }

    [Fact]
    public async Task Orders_with_several_lines_become_facts_and_start_nothing()
    {
        var file = Write("注文番号,注文日時,合計金額,メールアドレス,商品コード,商品名,数量,単価\n"
            + "1001,2026/10/1 9:30,\"¥5,456\",aoi@example.jp,A,深蒸し煎茶,2,1298\n1001,2026/10/1 "
            + "9:30,\"¥5,456\",aoi@example.jp,B,湯のみ,1,2860\n1002,2026-11-01,1298円,aoi@example.jp,A,深蒸し煎茶,1,1298\n");
        await using var parts = await Open();
        var result = await new Import(parts.Services, "shop").Run(file, _ => { }, default);
        Assert.Equal(2, result.Imported);
        Assert.Empty(result.Bad);
        var aoi = await Find(parts, "aoi@example.jp");
        Assert.Equal(2, Facts.Count(aoi.Orders));
        Assert.Equal(6754m, Facts.Total(aoi.Orders));
        Assert.Equal(["shop:A", "shop:B"], Facts.Products(aoi.Orders).Order());
        Assert.Equal(0, await parts.Get<Tables>().OrderQueue.ApproximateCount());
        Assert.Empty(await parts.Get<EmbeddedTaskHub>().Client.GetAllInstancesAsync().ToListAsync());
    }

    [Fact]
    public async Task Bad_lines_are_named_with_line_and_column_and_the_good_ones_are_imported()
    {
        var file = Write(
            "email,familyName,phone,consent,consentAt,consentEvidence\ngood@example.jp,良,,,,\nbad@,悪,,,,"
            + "\n\"multi@example.jp\",\"two\nlines\",,,,\nlate@example.jp,x,,given,,form\nwhen@example.jp,x,,given,"
            + "soon,form\nshort@example.jp,x\n,nobody,,,,\n");
        await using var parts = await Open();
        var result = await new Import(parts.Services, "shop").Run(file, _ => { }, default);
        Assert.Equal(3, result.Imported);
        Assert.Equal(
            [(3, "email"), (7, "consentAt"), (8, null), (9, null)], result.Bad.Select(bad => (bad.Line, bad.Column)));
    }

    [Fact]
    public async Task What_is_said_to_have_happened_in_the_future_is_no_line_to_import()
    {
        var customers = Write("email,consent,consentAt,consentEvidence\na@example.jp,given,2999-04-01,form\n");
        var orders = Write("orderId,orderedAt,total,email\n1,2999-01-01,100,a@example.jp\n", "orders.csv");
        await using var parts = await Open();
        Assert.Equal("consentAt",
            Assert.Single((await new Import(parts.Services, "shop").Run(customers, _ => { }, default)).Bad).Column);
        Assert.Equal("orderedAt",
            Assert.Single((await new Import(parts.Services, "shop").Run(orders, _ => { }, default)).Bad).Column);
    }

    [Theory]
    [InlineData("email,name\na@example.jp,\"open\nb@example.jp,B\n", "line 2")]
    [InlineData("email,name\na@example.jp,\"A \"\"\"\nb@example.jp,5\" B\nc@example.jp,\"two\nlines\"\n", null)]
    public async Task A_quote_that_is_never_closed_swallows_nobody(string text, string? refused)
    {
        var file = Write(text);
        await using var parts = await Open();
        var import = new Import(parts.Services, "shop").Run(file, _ => { }, default);
        if (refused is null) Assert.Equal(3, (await import).Imported);
        else Assert.Contains(
            refused, (await Assert.ThrowsAsync<InvalidDataException>(() => import)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_it_again_changes_nothing()
    {
        var customers = Write(
            "email,name,consent,consentAt,consentEvidence\na@example.jp,佐藤 葵,given,2024-04-01,form\n");
        var orders = Write("orderId,orderedAt,total,email\n1,2026-01-01,100,a@example.jp\n", "orders.csv");
        await using var parts = await Open();
        foreach (var file in (string[])[customers, orders, customers, orders])
            await new Import(parts.Services, "shop").Run(file, _ => { }, default);
        var once = await Find(parts, "a@example.jp");
        foreach (var file in (string[])[customers, orders])
            await new Import(parts.Services, "shop").Run(file, _ => { }, default);
        var twice = await Find(parts, "a@example.jp");
        Assert.Equal(once.Id, twice.Id);
        Assert.Equal(1, Facts.Count(twice.Orders));
        Assert.Equal(100m, Facts.Total(twice.Orders));
        Assert.Single(await parts.Get<ConsentService>().History(twice.Id));
    }

    [Fact]
    public async Task A_run_that_was_cut_short_goes_on_where_it_was()
    {
        var file = Write("email\n" + string.Concat(Enumerable.Range(0, 1200).Select(n => $"c{n}@example.jp\n"))
            + "bad@\n");
        await using var parts = await Open();
        using var cut = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Import(parts.Services, "shop").Run(file, done => { if (done >= 500) cut.Cancel(); }, cut.Token));
        List<int> seen = [];
        var result = await new Import(parts.Services, "shop").Run(file, seen.Add, default);
        Assert.True(seen[0] >= 500, $"began at {seen[0]}");
        Assert.Equal(1200, result.Imported);
        Assert.Single(result.Bad);
        Assert.NotNull(await Find(parts, "c0@example.jp"));
        Assert.NotNull(await Find(parts, "c1199@example.jp"));
    }

    [Theory]
    [InlineData("name\nx\n", "no column says who")]
    [InlineData("注文番号,メールアドレス\n1,a@b.jp\n", "orderedAt")]
    [InlineData("email,メールアドレス\na@b.jp,a@b.jp\n", "two headers")]
    [InlineData("", "empty")]
    [InlineData("email,注文日\na@b.jp,2026-01-01\n", "may be customers or orders")]
    [InlineData("Name,Email,Lineitem name,Lineitem price\n#1,a@b.jp,x,1\n",
        "looks like Shopify's export of orders, without Financial Status")]
    [InlineData("email,attributes.shoe\na@b.jp,26\n", "declares no attribute \"shoe\"")]
    public void A_file_that_cannot_be_meant_is_refused(string content, string said) =>
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => ImportFile.Open(Write(content), Shop)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_mapping_says_what_no_header_says_and_is_checked_itself()
    {
        var file = Write("お客様,ご連絡先,備考\n佐藤 葵,aoi@example.jp,注意\n");
        await using var parts = await Open();
        await Assert.ThrowsAsync<InvalidDataException>(
            () => new Import(parts.Services, "shop").Run(file, _ => { }, default));
        await File.WriteAllTextAsync(folder.File("mapping.json"), """{ "お客様": "name", "ご連絡先": "email", "備考": null }""");
        Assert.Equal(1, (await new Import(parts.Services, "shop", folder.File("mapping.json")).Run(
            file, _ => { }, default)).Imported);
        Assert.Equal("佐藤", (await Find(parts, "aoi@example.jp")).FamilyName);
        await File.WriteAllTextAsync(folder.File("mapping.json"), """{ "お客様": "nmae", "ご連絡先": "email" }""");
        Assert.Contains("did you mean name?", (await Assert.ThrowsAsync<InvalidDataException>(() => new Import(
            parts.Services, "shop", folder.File("mapping.json")).Run(file, _ => { }, default))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_without_a_day_is_unknown_until_somebody_asserts_one_and_overrides_nothing()
    {
        var file = Write("email,consent\nyes@example.jp,yes\nno@example.jp,no\nthere@example.jp,no\n");
        await using var parts = await Open();
        var there = Write("email,consent,consentAt\nthere@example.jp,yes,2024-04-01\n", "there.csv");
        await new Import(parts.Services, "shop").Run(there, _ => { }, default);
        await new Import(parts.Services, "shop").Run(file, _ => { }, default);
        async Task<ConsentState[]> States() => [(await Find(parts, "yes@example.jp")).Consent["email"].State,
            (await Find(parts, "no@example.jp")).Consent["email"].State,
            (await Find(parts, "there@example.jp")).Consent["email"].State];
        Assert.Equal([ConsentState.Unknown, ConsentState.Unknown, ConsentState.Given], await States());
        await new Import(parts.Services, "shop",
            consentAsOf: new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)).Run(file, _ => { }, default);
        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn, ConsentState.Given], await States());
        Assert.EndsWith("asserted as of that day", (await Find(parts, "yes@example.jp")).Consent["email"].Evidence!,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_fills_what_is_not_known_and_overwrites_nobody()
    {
        await using var parts = await Open();
        await new Import(parts.Services, "shop").Run(
            Write("email,familyName,customerId\naoi@example.jp,佐藤,'7001\n"), _ => { }, default);
        var other = await new Import(parts.Services, "shop").Run(
            Write("email,familyName,givenName\naoi@example.jp,高橋,葵\nnew@example.jp,#1001,葵\n", "other.csv"),
            _ => { }, default);
        Assert.Equal("familyName", Assert.Single(other.Bad).Column);
        Assert.Equal("'#1001' is not a name", other.Bad[0].Reason);
        var aoi = await Find(parts, "aoi@example.jp");
        Assert.Equal("佐藤", aoi.FamilyName);
        Assert.Equal("葵", aoi.GivenName);
        Assert.Contains("shop:7001", aoi.Identities);
    }

    [Fact]
    public async Task Attributes_have_their_declared_types_and_a_line_with_another_is_named_and_left_out()
    {
        await using var parts = await Open();
        parts.Get<CurrentShop>().Settings = Shop with
        {
            Attributes = new Dictionary<string, string>
            {
                ["birthday"] = "date",
                ["visits"] = "number",
                ["giftWrap"] = "flag",
                ["teas"] = "list",
                ["page"] = "link",
                ["favorite"] = "text",
            },
        };
        const string Head = "email,attributes.birthday,attributes.visits,attributes.giftWrap,attributes.teas,"
            + "attributes.page,attributes.favorite\n";
        var first = await new Import(parts.Services, "shop").Run(
            Write(Head + "aoi@example.jp,1990/5/3,\"1,200\",はい,\"煎茶, ほうじ茶\",https://shop.example/x,煎茶\n"
                + "ken@example.jp,いつか,,,,,\nhana@example.jp,,たくさん,,,,\nmei@example.jp,,,,,/x,\n"), _ => { }, default);
        await new Import(parts.Services, "shop").Run(
            Write(Head + "aoi@example.jp,2001/1/1,,,,,ほうじ茶\n", "again.csv"), _ => { }, default);

        Assert.Equal(1, first.Imported);
        Assert.Equal(
            [(3, "attributes.birthday"), (4, "attributes.visits"), (5, "attributes.page")],
            first.Bad.Select(bad => (bad.Line, bad.Column)));
        Assert.Equal(
            [
                "birthday \"1990-05-03\"", "favorite \"煎茶\"", "giftWrap true",
                "page \"https://shop.example/x\"", "teas [\"煎茶\",\"ほうじ茶\"]", "visits 1200",
            ],
            (await Find(parts, "aoi@example.jp")).Attributes.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => $"{one.Key} {Said(one.Value)}"));

        static string Said(JsonElement value) => value.ValueKind == JsonValueKind.String
            ? $"\"{value.GetString()}\""
            : value.ValueKind == JsonValueKind.Array
            ? $"[{string.Join(',', value.EnumerateArray().Select(Said))}]" : value.GetRawText();
    }

    private static readonly ShopSettings Shop =
        new() { Name = "x", PostalAddress = "x", Contact = new("a@b.jp"), TimeZone = "Asia/Tokyo" };

    private string Write(string content, string name = "import.csv")
    {
        File.WriteAllText(folder.File(name), content);
        return folder.File(name);
    }

    private Task<OneMachine> Open()
    {
        RunningShop.WriteShop(folder.File("shop"));
        return OneMachine.Open(SettingsReader.Read(
            SettingsReader.Gather([$"--Data:Folder={folder.File("data")}", $"--Shop:Folder={folder.File("shop")}"])));
    }

    private static async Task<Customer> Find(OneMachine parts, string email) =>
        (await parts.Get<CustomerStore>().FindByIdentity(new Identity(Identity.Email, email)))!.Value;
}
