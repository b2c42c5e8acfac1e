using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Publishing;

/// <summary>Publishes the shop folder at start and whenever a file in it changes; what is broken keeps its last good
/// version and is said.</summary>
public sealed partial class ShopWatch(
    ShopPublisher publishing, ShopFiles files, RefusedFiles refused, [FromKeyedServices(Clocks.Wall)] TimeProvider wall,
    ILoggerFactory logs) : IDisposable
{
    /// <summary>Editors write in several strokes; the last one counts.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(300);

    private readonly ILogger log = logs.CreateLogger("Automation.Shop");
    private readonly SemaphoreSlim changed = new(0, 1);
    private FileSystemWatcher? watcher;

    /// <summary>What is wrong with the folder as last read.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Publishes what is there. SettingsException where there is no shop at all.</summary>
    public async Task Begin(CancellationToken cancellation)
    {
        try
        {
            await files.Refresh(cancellation);
            if (IsEmpty(files.Folder) && await publishing.KnowsShop(cancellation))
                throw new SettingsException(
                    [$"Shop:Folder: {files.Folder} is {(Directory.Exists(files.Folder) ? "empty" : "not there")}, and "
                        + $"the data folder knows a shop. "
                        + "Is the path right, is its volume mounted? Without its files no journey would start."]);
            Problems = await Publish(files.Folder, cancellation);
        }
        catch (InvalidDataException none) { throw new SettingsException([$"Shop:Folder: {none.Message}"]); }
        if (!Directory.Exists(files.Folder)) return;
        watcher = new FileSystemWatcher(files.Folder) { IncludeSubdirectories = true };
        watcher.Changed += Note;
        watcher.Created += Note;
        watcher.Deleted += Note;
        watcher.Renamed += Note;
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>Not there, or without a file of a shop: what a path with a typo and a volume that is not mounted look
    /// like.</summary>
    private static bool IsEmpty(string folder) =>
        !Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Any();

    /// <summary>Publishes again and says what changed for the worse; also what the api does after it wrote a
    /// file.</summary>
    public async Task<IReadOnlyList<Problem>> Publish(CancellationToken cancellation)
    {
        Problems = await Publish(files.Folder, cancellation);
        foreach (var problem in Problems) LogProblem(problem);
        LogPublished(Problems.Count);
        return Problems;
    }

    /// <summary>What the shop lacks because files of it were refused, a sentence each; the scenarios it is tested with
    /// are no part of it.</summary>
    public IEnumerable<string> Missing => InFolder.Select(problem => problem.File).Where(file =>
        !file.StartsWith("tests/", StringComparison.Ordinal)).Distinct()
        .Select(file => $"{file} was refused: its last good version counts, where there is one");

    /// <summary>Publishes what is right, and lets attention hold what is not.</summary>
    private async Task<IReadOnlyList<Problem>> Publish(string folder, CancellationToken cancellation)
    {
        var problems = await publishing.Publish(folder, cancellation);
        await refused.Note([.. problems.Select(Named)], cancellation);
        return problems;
    }

    /// <summary>The same, by file within the folder.</summary>
    public IEnumerable<Problem> InFolder => Problems.Select(Named);

    private Problem Named(Problem problem) =>
        problem with { File = Path.GetRelativePath(files.Folder, problem.File).Replace('\\', '/') };

    /// <summary>Follows the folder until told to stop.</summary>
    public async Task Run(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await changed.WaitAsync(stopping);
                do await Task.Delay(Settled, wall, stopping);
                while (changed.Wait(0, CancellationToken.None));
                await Again(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    private async Task Again(CancellationToken stopping)
    {
        try { await Publish(stopping); }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { throw; }
        // Whatever it is: the next change is looked at again.
        catch (Exception failure) when (failure is not OutOfMemoryException) { LogUnread(files.Folder, failure); }
    }

    private void Note(object sender, FileSystemEventArgs change)
    {
        if (changed.CurrentCount > 0) return;
        try { changed.Release(); }
        catch (SemaphoreFullException) { /* another change was noted at the same moment */ }
    }

    public void Dispose()
    {
        watcher?.Dispose();
        changed.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogProblem(Problem problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "the shop folder was published again; problems: {Count}")]
    private partial void LogPublished(int count);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Folder} cannot be published just now; the shop stays as it was until a file changes again")]
    private partial void LogUnread(string folder, Exception error);
}
