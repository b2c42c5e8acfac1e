namespace Automation.Sqlite;

/// <summary>What somebody wants to write, and whom to tell.</summary>
internal abstract class Work
{
    public Exception? Error { get; protected set; }

    /// <summary>Runs, perhaps for the second time; what it throws is its caller's and kept in
    /// <see cref="Error"/>.</summary>
    public abstract void Run(SqliteConnection connection);

    /// <summary>Tells the caller: done, its own error, or what the whole group failed with.</summary>
    public abstract void Settle(Exception? groupError);
}

/// <summary>Runs outside of any transaction.</summary>
internal sealed class Alone(Func<SqliteConnection, bool> run) : Work<bool>(run);

/// <inheritdoc/>
internal class Work<T>(Func<SqliteConnection, T> run) : Work
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Task => done.Task;

    public override void Run(SqliteConnection connection)
    {
        Error = null;
        try { result = run(connection); }
        catch (Exception e) { Error = e; connection.Reset(); }
    }

    public override void Settle(Exception? groupError)
    {
        if ((Error ?? groupError) is { } error) done.SetException(error);
        else done.SetResult(result);
    }
}
