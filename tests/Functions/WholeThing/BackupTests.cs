using System.IO.Compression;
using System.Net.Sockets;
using Automation.Functions.Tests.Hosting;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>A backup made while orders rush in, and the program on what was restored from it.</summary>
[Long(65)]
public sealed class BackupTests
{
    [Fact]
    public async Task Backed_up_under_load_and_restored_every_order_of_before_is_there_and_gets_its_thanks()
    {
        using var folder = new TemporaryFolder();
        var (backup, shop) = (folder.File("shop.zip"), TestShop.Write());
        await using var product = new ProductProcess(new() { ["Shop:Folder"] = shop });
        var data = Path.Combine(product.Folder, "data");
        await product.Start();
        using var over = new CancellationTokenSource();
        var accepted = 0;
        var load = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                using var answer = await product.Http.SendAsync(
                    ShopifyOrder.Created(accepted, DateTimeOffset.UtcNow), CancellationToken.None);
                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref accepted);
            }
        });
        await product.Until(
            () => Task.FromResult(accepted >= 50 ? "" : null), TimeSpan.FromSeconds(60), "fifty orders are accepted");
        var before = accepted;
        var made = await CommandRun.Of(folder.Path, "backup", backup, $"--Data:Folder={data}");
        var during = accepted - before;
        await over.CancelAsync();
        await load;
        Assert.True(made.Exit == 0, $"{made.Output} {string.Join('\n', made.Errors)}");
        Assert.True(during > 0, "orders were taken meanwhile");
        using (var zip = ZipFile.OpenRead(backup))
            Assert.Superset(new HashSet<string> { "automation.db", "links.secret", "manifest.json" },
                zip.Entries.Select(entry => entry.FullName).ToHashSet());

        var running = await CommandRun.Of(folder.Path, "restore", backup, "--replace", $"--Data:Folder={data}");
        Assert.Equal(2, running.Exit);
        Assert.Contains("in use by another process", string.Join('\n', running.Errors), StringComparison.Ordinal);

        await using var other = new ProductProcess(new() { ["Shop:Folder"] = shop });
        var there = Path.Combine(other.Folder, "data");
        var restored = await CommandRun.Of(folder.Path, "restore", backup, $"--Data:Folder={there}");
        Assert.True(restored.Exit == 0, $"{restored.Output} {string.Join('\n', restored.Errors)}");
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(data, "links.secret")),
            await File.ReadAllTextAsync(Path.Combine(there, "links.secret")));
        await other.Start();
        var sends = await other.Until(
            async () => await other.List("/api/sends?state=accepted&mail=three/thank-you") is { } all
                && all.Count >= before ? all : null, TimeSpan.FromSeconds(60), "every order of before is thanked for");
        Assert.Equal(sends.Count, sends.DistinctBy(send => send.Text("customer")).Count());
        Assert.Empty(Directory.EnumerateDirectories(there, ".backup-*"));
    }

    [Fact]
    public async Task A_damaged_backup_changes_nothing_and_data_that_are_there_are_backed_up_before_they_are_replaced()
    {
        using var folder = new TemporaryFolder();
        var (backup, data) = (folder.File("shop.zip"), folder.File("data"));
        await using var product = new ProductProcess(
            new() { ["Shop:Folder"] = TestShop.Write(), ["Data:Folder"] = data });
        await product.Start();
        using (var order = await product.Http.SendAsync(ShopifyOrder.Created(1, DateTimeOffset.UtcNow)))
            order.EnsureSuccessStatusCode();
        await Orders(1);
        await product.Stop();
        Assert.Equal(0, (await Run("backup", backup)).Exit);
        var again = await Run("backup", backup);
        Assert.Equal(2, again.Exit);
        Assert.Contains("is there already", Assert.Single(again.Errors), StringComparison.Ordinal);

        await product.Start();
        using (var order = await product.Http.SendAsync(ShopifyOrder.Created(2, DateTimeOffset.UtcNow)))
            order.EnsureSuccessStatusCode();
        await Orders(2);
        await product.Stop();
        Assert.Contains("--replace", Assert.Single((await Run("restore", backup)).Errors), StringComparison.Ordinal);

        var (bytes, secret) = (await File.ReadAllBytesAsync(backup), Path.Combine(data, "links.secret"));
        var kept = await File.ReadAllTextAsync(secret);
        foreach (var broken in (byte[][])[bytes[..(bytes.Length / 2)], Bent(bytes)])
        {
            await File.WriteAllBytesAsync(folder.File("broken.zip"), broken);
            var refused = await Run("restore", folder.File("broken.zip"), "--replace");
            Assert.Equal(1, refused.Exit);
            Assert.Contains("Nothing was changed", string.Join('\n', refused.Errors), StringComparison.Ordinal);
        }
        Assert.Equal(kept, await File.ReadAllTextAsync(secret));
        await product.Start();
        await Orders(2);
        await product.Stop();

        Assert.Equal(0, (await Run("restore", backup, "--replace")).Exit);
        await product.Start();
        await Orders(1);
        await product.Stop();
        var before = Assert.Single(Directory.EnumerateFiles(data, "before-restore-*.zip"));
        Assert.Equal(0, (await Run("restore", before, "--replace")).Exit);
        await product.Start();
        await Orders(2);

        Task<CommandRun> Run(params string[] command) =>
            CommandRun.Of(folder.Path, [.. command, $"--Data:Folder={data}"]);
        Task Orders(int count) => product.Until(
            async () => (await product.List("/api/journeys/three/enrollments")).Count == count ? "" : null,
            TimeSpan.FromSeconds(30), $"{count} orders");
    }

    /// <summary>The zip of before, one file in it not what the manifest says.</summary>
    private static byte[] Bent(byte[] zip)
    {
        using var memory = new MemoryStream();
        memory.Write(zip);
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry("links.secret")!.Delete();
            using var entry = archive.CreateEntry("links.secret").Open();
            entry.Write("somebody else's"u8);
        }
        return memory.ToArray();
    }
}
