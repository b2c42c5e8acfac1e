using Automation.Storage;

namespace Automation.Functions.Worker;

/// <summary>A message of which nobody knows for ten minutes that whoever had it is gone: so long the host's lease
/// lasts, and nothing in host.json changes that. Here it is cut to what work takes at most, and with that the message
/// becomes ours: the host's receipt is no longer the last, so that we delete it, or say when it shows again.</summary>
public static class ShortLease
{
    /// <summary>Longer than a webhook takes to be understood.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>As <c>visibilityTimeout</c> in host.json.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <summary>Works while the lease is being cut.</summary>
    public static async Task Hold(this Queue queue, QueuedMessage message, Func<Task> work)
    {
        var cut = queue.ChangeVisibility(message.Id, message.Receipt, Length);
        try
        {
            await work();
        }
        catch
        {
            if ((await cut).Done) await queue.ChangeVisibility(message.Id, message.Receipt, Again);
            throw;
        }
        if ((await cut).Done) await queue.Delete(message.Id, message.Receipt);
    }
}
