using System.Text;
using Automation.Functions.Imports;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Entries = Automation.Functions.Imports.Entries;
using Reading = Automation.Functions.Imports.Reading;

namespace Automation.Functions.Tests.Imports;

/// <summary>The platforms' own exports, whole and as people bend them: imported right, or refused with a
/// reason.</summary>
public sealed class ExportTests : IDisposable
{
    private const int Forms = 6;
    private static readonly ShopSettings Shop =
        new() { Name = "x", PostalAddress = "x", Contact = new("a@b.jp"), TimeZone = "Asia/Tokyo" };
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, "Shopify's export of orders")]
    [InlineData(1, "Shopify's export of customers")]
    [InlineData(2, "WooCommerce's export of orders, one row an item")]
    [InlineData(3, "WooCommerce's export of customers")]
    [InlineData(4, "a file with our own columns")]
    [InlineData(5, "a file with our own columns")]
    public void An_export_as_it_comes_is_recognised_and_read_whole(int form, string name)
    {
        var truth = new Exports(new Random(7));
        var (file, entries, bad) = Read(truth.Write(form));
        Assert.Equal(name, file.Reading.As);
        Assert.Empty(bad);
        Assert.Equal(file.Reading.HasOrders ? truth.Sales.Length : truth.People.Length, entries.Count);
        foreach (var entry in entries) Right(truth, entry, whole: true, form);
    }

    [Fact]
    public void Five_hundred_bent_exports_are_each_read_right_or_refused_with_a_reason()
    {
        var (refused, lines, whole) = (0, 0, 0);
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var truth = new Exports(random);
            var form = random.Next(Forms);
            var table = truth.Write(form);
            for (var n = random.Next(1, 4); n > 0; n--) Bend(table, random);
            try
            {
                var (_, entries, bad) = Read(table);
                foreach (var entry in entries) Right(truth, entry, whole: false, form);
                foreach (var line in bad) Assert.False(string.IsNullOrWhiteSpace(line.Reason));
                Assert.True(bad.Count > 0 || entries.Count == (form is 0 or 2 or 5
                    ? truth.Sales.Length : truth.People.Length), $"seed {seed}: somebody is missing without a word");
                if (bad.Count > 0) lines++;
                else whole++;
            }
            catch (InvalidDataException reason)
            {
                Assert.Contains(folder.File("export.csv"), reason.Message, StringComparison.Ordinal);
                refused++;
            }
            catch (Exception wrong) when (wrong is not InvalidDataException)
            {
                throw new InvalidOperationException($"seed {seed}, form {form}", wrong);
            }
        }
        Assert.True(refused > 30 && lines > 30 && whole > 30, $"{refused} refused, {lines} in part, {whole} whole");
    }

    [Fact]
    public async Task A_dry_run_shows_columns_first_rows_and_what_is_left_out_and_touches_nothing()
    {
        var table = new Exports(new Random(7)).Write(1);
        table[4][3] = "nobody@";
        Write(table);
        RunningShop.WriteShop(folder.File("shop"));
        var run = await CommandRun.Of(folder.Path, "import", "export.csv", "--dry-run",
            $"--Data:Folder={folder.File("data")}", $"--Shop:Folder={folder.File("shop")}");
        Assert.Equal(1, run.Exit);
        foreach (var said in (string[])["read as Shopify's export of customers", "Last Name → familyName",
            "Total Spent → left out",
            "line 2: family name 佐藤, given name 名0, known by demo:7001 and email:c0@example.jp",
            "consent unknown", "line 5, column email: 'nobody@' is not an e-mail address",
            "5 would be imported, 1 line could not be"])
            Assert.Contains(said, run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("data")));
    }

    private static void Right(Exports truth, ImportEntry entry, bool whole, int form)
    {
        var buyer = entry.Buyer;
        var person = truth.People.SingleOrDefault(one => one.Email == buyer.Email)
            ?? truth.People.SingleOrDefault(one => one.Phone == buyer.Phone);
        Assert.True(person is not null || entry.Order is not null && buyer is { Email: null, Phone: null });
        if (person is not null)
        {
            foreach (var (read, is_) in ((string?, string)[])[(buyer.FamilyName, person.Family),
                (buyer.GivenName, person.Given), (buyer.Phone, person.Phone), (buyer.Email, person.Email)])
                Assert.True(read is null && (!whole || form is 0 or 5) || read == is_, $"'{read}' is not '{is_}'");
            foreach (var identity in buyer.Identities) Assert.Contains(
                identity.ToString(), (string[])[$"shop:{person.Id}", $"email:{person.Email}", $"phone:{person.Phone}"]);
        }
        foreach (var (_, said) in buyer.Consent) Assert.Equal(ConsentState.Unknown, said.State);
        if (entry.Order is not { } order) return;
        var sale = Assert.Single(truth.Sales, one => one.Id == order.Id);
        Assert.Equal(sale.At.ToUniversalTime(), order.PlacedAt.ToUniversalTime());
        Assert.Equal((decimal)sale.Total, order.Total);
        Assert.Equal("JPY", order.Currency);
        var refunded = order.Refunds.Sum(refund => refund.Amount);
        Assert.True(
            refunded == sale.Refunded || !whole && refunded == 0 && form != 0, $"{refunded} is not {sale.Refunded}");
        Assert.True(order.CancelledAt is null == sale.CancelledAt is null || !whole && order.CancelledAt is null);
        Assert.True(person is null || person == sale.Buyer);
        if (whole) Assert.Equal(sale.Items.Select(item => (item.Title, (decimal)item.Quantity, (decimal)item.Price)),
            order.Lines.Select(line => (line.Title, line.Quantity, line.Price)));
        else Assert.All(
            order.Lines, line => Assert.Contains(sale.Items, item => item.Title == line.Title || line.Title == "93"));
    }

    /// <summary>What people and spreadsheets do to a file.</summary>
    private static void Bend(List<string[]> table, Random random)
    {
        var (column, row) = (random.Next(table[0].Length), random.Next(1, table.Count));
        if (table[row].Length != table[0].Length) return;
        switch (random.Next(13))
        {
            case 0: Each(table, cells => [.. cells.Where((_, n) => n != column)]); break;
            case 1: table[0][column] = table[0][column] is [var a, var b, .. var rest] ? $"{b}{a}{rest}" : "?"; break;
            case 2: table[0][column] = "Column " + column; break;
            case 3: Each(table, cells => [.. cells, cells.ElementAtOrDefault(column) ?? ""]); break;
            case 4:
                {
                    var order = Enumerable.Range(0, table[0].Length).ToArray();
                    random.Shuffle(order);
                    Each(table, cells => [.. order.Select(n => cells.ElementAtOrDefault(n) ?? "")]);
                    break;
                }
            case 5:
                {
                    var rows = table.Skip(1).ToArray();
                    random.Shuffle(rows);
                    table.RemoveRange(1, rows.Length);
                    table.AddRange(rows);
                    break;
                }
            case 6: table[row][column] = ""; break;
            case 7:
                for (var n = 1; n < table.Count; n++) if (table[n].ElementAtOrDefault(column) is [>= '0'
                and <= '9', ..]) table[n][column] = "'" + table[n][column]; break;
            case 8: Replace("1.298,00"); break;
            case 9: Replace("03/11/2026 09:00"); break;
            case 10: Replace("5.01E+12"); break;
            case 11: table[row] = table[row][..^1]; break;
            default: table[row] = ["", .. table[row][..^1]]; break;   // everything one cell to the right
        }

        void Replace(string number)
        {
            if (table[row][column] is [(>= '0' and <= '9') or '\'' or '+', ..]) table[row][column] = number;
        }
    }

    private static void Each(List<string[]> table, Func<string[], string[]> change)
    {
        for (var n = 0; n < table.Count; n++) table[n] = change(table[n]);
    }

    private (ImportFile File, List<ImportEntry> Entries, List<BadLine> Bad) Read(List<string[]> table)
    {
        Write(table);
        var file = ImportFile.Open(folder.File("export.csv"), Shop);
        var reading = new Reading("shop", Shop, Now, file.Name, file.Reading.Format);
        var (entries, bad) = (new List<ImportEntry>(), new List<BadLine>());
        foreach (var group in Entries.Of(file))
        {
            if (group.Bad is { } wrong) { bad.Add(wrong); continue; }
            try { entries.Add(reading.Read(group.Rows, file.Reading.HasOrders)); }
            catch (BadLineException line) { bad.Add(line.Bad); }
        }
        return (file, entries, bad);
    }

    private void Write(List<string[]> table) =>
        File.WriteAllText(folder.File("export.csv"),
            string.Concat(table.Select(row => string.Join(',', row.Select(Quoted)) + "\n")), new UTF8Encoding(true));

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
