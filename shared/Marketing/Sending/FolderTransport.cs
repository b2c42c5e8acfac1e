using System.Globalization;

namespace Automation.Marketing.Sending;

/// <summary>
/// An outbox folder of .eml files, named by time and send id: the same send overwrites itself. What is accepted survives a power cut:
/// content first, then the name, then the folder, once for a whole batch.
/// </summary>
public sealed class FolderTransport : IMailTransport
{
    private readonly string folder;

    public FolderTransport(string folder)
    {
        this.folder = folder;
        var made = Directory.CreateDirectory(folder);
        foreach (var leftover in Directory.EnumerateFiles(folder, "*.writing")) File.Delete(leftover);
        FolderFlush.Flush(made.Parent?.FullName ?? made.FullName);
    }

    public string Name => "folder";
    public bool Idempotent => true;

    public Task<Handover> Send(Message message, CancellationToken cancellation) => Put([message]);

    public Task<Handover> SendMany(MessageBatch batch, CancellationToken cancellation) => Put(batch.Recipients.Select(batch.Message));

    private Task<Handover> Put(IEnumerable<Message> messages)
    {
        foreach (var message in messages) Put(message);
        FolderFlush.Flush(folder);
        return Task.FromResult<Handover>(new Handover.Accepted(null));
    }

    private void Put(Message message)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{message.At.UtcDateTime:yyyyMMdd'T'HHmmss.fff'Z'}-{message.Id}");
        var writing = Path.Combine(folder, $".{name}.writing");
        using (var file = new FileStream(writing, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(Eml.Write(message));
            file.Flush(flushToDisk: true);
        }
        File.Move(writing, Path.Combine(folder, $"{name}.eml"), overwrite: true);
    }
}
