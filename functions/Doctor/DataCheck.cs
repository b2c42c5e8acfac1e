using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Sqlite;
using Automation.Storage.Azure;
using Azure.Identity;

namespace Automation.Functions.Doctor;

/// <summary>Where everything is kept: the data folder's disk and file, or the Azure account; and whether the program
/// that works on it is well.</summary>
public static class DataCheck
{
    /// <summary>Less, and no webhook is taken (<c>/health/ready</c>); less than the second, and there is no room for a
    /// busy month. Bytes.</summary>
    private const long Least = 16L << 20, Comfortable = 1L << 30;

    /// <summary>A larger file is not read from end to end while somebody waits, bytes.</summary>
    private const long LargestRead = 1L << 30;

    /// <summary>Room on the data folder's disk; a backup beside the data needs as much as they do.</summary>
    public static Finding Disk(string dataFolder)
    {
        var folder = Existing(dataFolder);
        var database = new FileInfo(Path.Combine(dataFolder, Hosting.Files.Database));
        return Disk(new DriveInfo(folder).AvailableFreeSpace, database.Exists ? database.Length : 0, dataFolder);
    }

    /// <summary>How much room is enough. Pure; bytes.</summary>
    public static Finding Disk(long free, long database, string dataFolder)
    {
        var says = $"{free >> 20:N0} MB are free where {dataFolder} is, the data are {database >> 20:N0} MB";
        return free < Least ? Finding.Wrong("disk", $"{says}: no webhook is taken", "Make room, or move Data:Folder.")
            : free < Math.Max(Comfortable, database * 2) ? Finding.Warn(
                "disk", says, "Make room soon; a backup beside the data needs as much as they do.")
            : Finding.Ok("disk", says);
    }

    public static Task<Finding> Storage(Settings settings, CancellationToken cancellation) =>
        settings.Storage.IsAzure
            ? Azure(settings.Storage, cancellation)
            : Task.Run(() => File(settings.DataFolder), cancellation);

    private static Finding File(string folder)
    {
        const string what = "storage";
        var database = Path.Combine(folder, Hosting.Files.Database);
        if (!System.IO.File.Exists(database)) return Finding.Ok(
            what, $"there are no data in {folder} yet; the first start makes the file");
        try
        {
            var probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
            System.IO.File.WriteAllBytes(probe, [1]);
            System.IO.File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Finding.Wrong(what, $"{folder} cannot be written to: {refused.Message}",
                "It must belong to the account that the program runs as.");
        }
        var size = new FileInfo(database).Length;
        if (size > LargestRead) return Finding.Ok(
            what, $"{database} is there ({size >> 20:N0} MB; too large to be read through here, a backup checks it)");
        return SqliteBackup.Damage(database) is { } damage
            ? Finding.Wrong(what, $"{database} is damaged: {damage}",
                "Stop the program, keep the folder as it is, and restore the latest backup (restore --replace).")
            : Finding.Ok(what, $"{database} is whole ({size >> 20:N0} MB)");
    }

    private static async Task<Finding> Azure(StorageSettings storage, CancellationToken cancellation)
    {
        const string what = "storage";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            var account = storage.ConnectionString is { } secret
                ? new AzureStorage(secret)
                : new AzureStorage(storage.Account!, new DefaultAzureCredential());
            var tables = new Tables(account.Tables, account.Queues);
            await tables.Customers.Find("00", "none", limit.Token);
            await tables.OrderQueue.ApproximateCount(limit.Token);
            return Finding.Ok(what, "the storage account answers");
        }
        catch (Exception refused) when (refused is not OutOfMemoryException && !cancellation.IsCancellationRequested)
        {
            return Finding.Wrong(what, $"the storage account does not answer: {refused.Message.Split('\n')[0]}",
                "Is Storage:Account or Storage:ConnectionString right, has the app the roles for tables and queues "
                + "(docs/deploying.md), has it been started once?");
        }
    }

    /// <summary>What the program that runs on these settings says of itself (<c>/health/ready</c>).</summary>
    public static async Task<Finding> Program(string urls, Asking asking, CancellationToken cancellation)
    {
        const string what = "program";
        var address = urls.Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal).TrimEnd('/');
        try
        {
            var answer = await asking.Ask(new(HttpMethod.Get, $"{address}/health/ready"), cancellation);
            return Judge(address, answer);
        }
        catch (HttpRequestException)
        {
            return Finding.Ok(what, $"it does not run here (nobody answers at {address})");
        }
    }

    /// <summary>What an answer of <c>/health/ready</c> means. Pure.</summary>
    public static Finding Judge(string address, OutsideAnswer answer)
    {
        const string what = "program", look = "GET /api/attention says what, docs/operations.md what to do.";
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            var said = json.RootElement;
            if (answer.Code == 503) return Finding.Wrong(
                what, $"{address} is not ready: {said.GetProperty("detail").GetString()}", look);
            if (said.TryGetProperty("refused", out var refused)) return Finding.Warn(
                what, $"webhooks are refused: {refused[0].GetProperty("source")}: {refused[0].GetProperty("reason")}",
                "Is the secret the same at the platform and here?");
            return said.GetProperty("status").GetString() switch
            {
                "ready" => Finding.Ok(what, $"{address} is ready"),
                "degraded" => Finding.Warn(what, $"files of the shop are refused: {said.GetProperty("reasons")[0]}",
                    "validate says what is wrong with each."),
                _ => throw new KeyNotFoundException(),
            };
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Finding.Warn(what, $"{address} answers {answer.Code}: another program listens there",
                "Is Urls the address that this program is started with?");
        }
    }

    /// <summary>The nearest folder above that is there.</summary>
    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
