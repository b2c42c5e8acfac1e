using Automation.Functions.Http;
using Automation.Sqlite;

namespace Automation.Functions.Hosting;

/// <summary>The one file of one machine, as far as health and forgetting go; under the Functions host there is
/// none.</summary>
public sealed class DataFile(Settings settings, SqliteDatabase? database = null)
{
    /// <summary>A few of the largest webhooks, and what is made of them.</summary>
    public long Least { get; init; } = 8 * HttpRoutes.LargestBody;

    /// <summary>Is there room for what comes next?</summary>
    public bool HasRoom => Room() >= Least;

    /// <summary>Bytes that may still be written; what is kept in Azure needs none here.</summary>
    public long Room() => database is null ? long.MaxValue : new DriveInfo(settings.DataFolder).AvailableFreeSpace;

    /// <summary>Can the file be written to? False where another program has held it for two seconds; what is kept in
    /// Azure says so itself.</summary>
    public async Task<bool> CanWrite(CancellationToken cancellation)
    {
        if (database is null) return true;
        try
        {
            await database.Probe().WaitAsync(TimeSpan.FromSeconds(2), cancellation);
            return true;
        }
        catch (Exception held) when (held is TimeoutException or SqliteException)
        {
            return false;
        }
    }

    /// <summary>What was deleted from the file also leaves its log.</summary>
    public Task ForgetDeleted() => database?.TruncateLog() ?? Task.CompletedTask;
}
