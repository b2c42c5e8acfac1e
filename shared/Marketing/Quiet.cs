namespace Automation.Marketing;

/// <summary>What is only played is neither counted nor traced: whatever is called from here on, until it ends, is left
/// out of the process's figures.</summary>
public static class Quiet
{
    private static readonly AsyncLocal<bool> Here = new();
    private static int begun;

    /// <summary>Is this part of something that is only played? Costs a look at a number where nothing is.</summary>
    public static bool IsOn => Volatile.Read(ref begun) > 0 && Here.Value;

    /// <summary>Until it is disposed, on this way and on those that begin on it.</summary>
    public static IDisposable Begin()
    {
        Interlocked.Increment(ref begun);
        Here.Value = true;
        return new End();
    }

    private sealed class End : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 1) return;
            Here.Value = false;
            Interlocked.Decrement(ref begun);
        }
    }
}
