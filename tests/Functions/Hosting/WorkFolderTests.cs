using Automation.Functions.Local;

namespace Automation.Functions.Tests.Hosting;

public sealed class WorkFolderTests : IDisposable
{
    private static readonly DateTime Hour = DateTime.UtcNow.AddHours(-1);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_a_killed_backup_left_goes_and_what_one_works_on_or_is_somebody_else_s_stays()
    {
        var left = Old($".backup-{Guid.NewGuid():N}", "automation.db", "lock");
        var earlier = Old($".backup-{Guid.NewGuid():N}", "automation.db");   // of a version that locked nothing
        var theirs = Old(".backup-of-mine", "notes.txt");
        var link = folder.File($".backup-{Guid.NewGuid():N}");
        Directory.CreateSymbolicLink(link, theirs);
        using var working = new WorkFolder(folder.Path);
        var current = Path.GetDirectoryName(working.File("x"))!;
        Directory.SetLastWriteTimeUtc(current, Hour);
        var begun = Directory.CreateDirectory(folder.File($".backup-{Guid.NewGuid():N}")).FullName;

        WorkFolder.Sweep(folder.Path);

        Assert.False(Directory.Exists(left));
        Assert.False(Directory.Exists(earlier));
        Assert.True(File.Exists(Path.Combine(theirs, "notes.txt")));
        Assert.True(Directory.Exists(link));
        Assert.True(Directory.Exists(current));
        Assert.True(Directory.Exists(begun), "it may be somebody's who has just begun");
    }

    private string Old(string name, params string[] files)
    {
        var path = Directory.CreateDirectory(folder.File(name)).FullName;
        foreach (var file in files) File.WriteAllText(Path.Combine(path, file), "");
        Directory.SetLastWriteTimeUtc(path, Hour);
        return path;
    }

    public void Dispose() => folder.Dispose();
}
