using Automation.Sqlite;

namespace Automation.Benchmarks;

/// <summary>Where the bytes are: rows and bytes of every table, read from a copy of the database.</summary>
internal static class DiskUse
{
    public static IEnumerable<string> Tables(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("bench-copy-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder, "*.db*")) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var lines = new List<string>();
        foreach (var file in Directory.EnumerateFiles(copy, "*.db"))
        {
            using var database = SqliteDatabase.Open(file);
            lines.AddRange(database.Read(db =>
            {
                var found = new List<string>();
                using var sizes = db.Prepare("SELECT name, sum(pgsize - unused), sum(ncell) FROM dbstat WHERE pagetype = 'leaf' GROUP BY name ORDER BY 2 DESC LIMIT 12");
                while (sizes.Step()) found.Add($"  {sizes.Text(0),-28} {sizes.Int64(1),12:n0} bytes {sizes.Int64(2),9:n0} rows, {(double)sizes.Int64(1) / Math.Max(1, sizes.Int64(2)):n0} each");
                return found;
            }));
        }
        Directory.Delete(copy, recursive: true);
        return lines;
    }
}
