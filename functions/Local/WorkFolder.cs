namespace Automation.Functions.Local;

/// <summary>A folder for what is not finished yet, its owner's alone; whatever is left in it goes with it. One that was
/// left by a kill holds copies of the data, and goes at the next backup, restore or start.</summary>
public sealed class WorkFolder : IDisposable
{
    private const string Prefix = ".backup-", Lock = "lock";

    /// <summary>So young, and it may be somebody's who has not locked it yet.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    private readonly string path;

    /// <summary>Held as long as the folder is in use; the system lets go of it with the process.</summary>
    private readonly FileStream held;

    public WorkFolder(string beside)
    {
        path = Path.Combine(beside, $"{Prefix}{Guid.NewGuid():N}");
        Hosting.Files.OwnFolder(path);
        held = new(File(Lock), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    public string File(string name) => Path.Combine(path, name);

    public void Dispose()
    {
        held.Dispose();
        Directory.Delete(path, recursive: true);
    }

    /// <summary>Takes away what backups that were killed left in a folder; never what one is working on.</summary>
    public static void Sweep(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var left in new DirectoryInfo(folder).EnumerateDirectories($"{Prefix}*").Where(IsOurs))
        {
            try
            {
                if (DateTime.UtcNow - left.LastWriteTimeUtc < Young || IsHeld(left)) continue;
                left.Delete(recursive: true);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Somebody else takes it away just now, or it is not ours to take: it is there the next time, or not.
            }
        }
    }

    private static bool IsOurs(DirectoryInfo folder) =>
        folder.LinkTarget is null && Guid.TryParseExact(folder.Name[Prefix.Length..], "N", out _);

    private static bool IsHeld(DirectoryInfo folder)
    {
        var place = Path.Combine(folder.FullName, Lock);
        if (!System.IO.File.Exists(place)) return false;   // left by a version that locked none
        try
        {
            new FileStream(place, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
