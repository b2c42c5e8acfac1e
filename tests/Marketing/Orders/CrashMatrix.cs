namespace Automation.Marketing.Tests.Orders;

/// <summary>The process dies at the first write of an act, then at the second, and so on until the act comes through
/// alive: each time in a world of its own, just before the write or just after it.</summary>
internal static class CrashMatrix
{
    /// <param name="after">Is the write still done?</param>
    /// <param name="world">Sets something up, does the act within <see cref="Crash.During"/>, goes on as the next
    /// process would, and sees that all is well.</param>
    /// <param name="step">Only every so-many-th write.</param>
    public static async Task Run(bool after, Func<Crash, Task> world, int step = 1)
    {
        for (var write = 0; ; write += step)
        {
            var crash = new Crash(write, after);
            await world(crash);
            if (!crash.Killed)
            {
                Assert.True(write > 0, "nothing was written, so nothing was tried");
                return;
            }
        }
    }
}

/// <summary>A death at one write.</summary>
internal sealed class Crash(int write, bool after)
{
    /// <summary>Did it come to that?</summary>
    public bool Killed { get; private set; }

    /// <summary>Does it, and dies at the write, counted from here; afterwards nothing dies any more.</summary>
    public async Task During(WatchedTables storage, Func<Task> act)
    {
        (storage.KillAtWrite, storage.KillAfter) = (storage.Writes + write, after);
        try
        {
            await act();
        }
        catch (KilledException)
        {
            Killed = true;
        }
        storage.KillAtWrite = null;
    }
}
