using System.Globalization;

namespace Automation.Marketing.Sending;

/// <summary>An outbox folder of .eml files, named by time and send id: the same send overwrites itself. What is
/// accepted survives a power cut: content first, then the name, then the folder, once for a whole batch.</summary>
public sealed class FolderTransport : IMailTransport
{
    private readonly string folder;

    public FolderTransport(string folder)
    {
        this.folder = folder;
        var made = Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var leftover in Directory.EnumerateFiles(folder, "*.writing")) File.Delete(leftover);
        FolderFlush.Flush(made.Parent?.FullName ?? made.FullName);
    }

    public string Name => "folder";
    public bool Idempotent => true;

    public Task<DeliveryResult> Send(Message message, CancellationToken cancellation) => Put([message]);

    public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation) =>
        Put(batch.Recipients.Select(batch.Message));

    private Task<DeliveryResult> Put(IEnumerable<Message> messages)
    {
        foreach (var message in messages) Put(message);
        FolderFlush.Flush(folder);
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
    }

    /// <summary>A file that its owner alone may read: whoever reads a mail knows who gets it, and their opt-out
    /// link.</summary>
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private void Put(Message message)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{message.At.UtcDateTime:yyyyMMdd'T'HHmmss.fff'Z'}-{message.Id}");
        var writing = Path.Combine(folder, $".{name}.writing");
        using (var file = Create(writing))
        {
            file.Write(Eml.Write(message));
            file.Flush(flushToDisk: true);
        }
        File.Move(writing, Path.Combine(folder, $"{name}.eml"), overwrite: true);
    }
}
