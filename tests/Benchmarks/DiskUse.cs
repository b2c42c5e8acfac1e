using System.Diagnostics;
using Automation.Sqlite;

namespace Automation.Benchmarks;

/// <summary>Where the bytes are: what one waiting enrollment takes, read from a copy of the database.</summary>
internal static class DiskUse
{
    public static IEnumerable<string> Tables(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("bench-copy-").FullName;
        // Not File.Copy: it would ask for a lock on the file that the product holds.
        using (var cp = Process.Start("cp", [.. Directory.EnumerateFiles(folder,
            "*.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)), copy])) cp.WaitForExit();
        var lines = new List<string>();
        foreach (var file in Directory.EnumerateFiles(copy, "*.db"))
        {
            using var database = SqliteDatabase.Open(file);
            lines.AddRange(database.Read(db =>
            {
                var found = new List<string>();
                foreach (var (what, sql) in (ReadOnlySpan<(string, string)>)
                    [("enrollment row",
                        "SELECT count(*), avg(length(pk) + length(rk) + length(p) + 16) FROM t_Timeline WHERE rk >= "
                        + "'e|' AND rk < 'e}'"),
                     ("orchestration row and its index",
                         "SELECT count(*), avg(length(history) + 2 * length(id) + 40) FROM DurableInstances")])
                {
                    using var size = db.Prepare(sql);
                    if (size.Step())
                        found.Add($"  {what,-34} {size.Int64(0),8:n0} rows, {size.Int64(1):n0} bytes each");
                }
                return found;
            }));
        }
        Directory.Delete(copy, recursive: true);
        return lines;
    }
}
