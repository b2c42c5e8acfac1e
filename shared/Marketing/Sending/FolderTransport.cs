using System.Globalization;

namespace Automation.Marketing.Sending;

/// <summary>
/// An outbox folder of .eml files, named by time and send id: the same send overwrites itself. Survives a kill of the process; not
/// flushed to disk one by one.
/// </summary>
public sealed class FolderTransport : IMailTransport
{
    private readonly string folder;

    public FolderTransport(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var leftover in Directory.EnumerateFiles(folder, "*.writing")) File.Delete(leftover);
    }

    public string Name => "folder";
    public bool Idempotent => true;

    public Task<Handover> Send(Message message, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{message.At.UtcDateTime:yyyyMMdd'T'HHmmss.fff'Z'}-{message.Id}");
        var writing = Path.Combine(folder, $".{name}.writing");
        File.WriteAllBytes(writing, Eml.Write(message));
        File.Move(writing, Path.Combine(folder, $"{name}.eml"), overwrite: true);
        return Task.FromResult<Handover>(new Handover.Accepted(null));
    }

    public async Task<Handover> SendMany(MessageBatch batch, CancellationToken cancellation)
    {
        foreach (var recipient in batch.Recipients) await Send(batch.Message(recipient), cancellation);
        return new Handover.Accepted(null);
    }
}
