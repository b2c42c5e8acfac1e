using System.Text;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Marketing.Publishing;
using Automation.Storage;

namespace Automation.Functions.Publishing;

/// <summary>Where the shop's own files are. On one machine: the shop folder. Under the Functions host the deployed
/// package is read-only and machines come and go: what was pushed lies in the tables, whole, and each machine unpacks
/// it for itself. One row, <c>Published</c> <c>shop|files</c>, says which push counts: written last, it is the moment
/// all of it does.</summary>
public sealed class ShopFiles(
    Tables tables, Settings settings, MarketingOptions options, [FromKeyedServices(Clocks.Wall)] TimeProvider time)
    : IDisposable
{
    private readonly string folder = settings.ShopFolder;
    private readonly string copies = Path.Combine(settings.DataFolder, "shops");

    private const string Partition = "shop";
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile string? current;
    private string? unpacked;

    /// <summary>The folder to read from; another after a push.</summary>
    public string Folder => current ?? folder;

    /// <summary>Takes up what counts; true where that is another than before. On one machine: finishes a push that was
    /// cut short.</summary>
    public async Task<bool> Refresh(CancellationToken cancellation = default)
    {
        if (await tables.Published.Find(Partition, "files", cancellation) is not { } row
            || row.GetString("Name") is not { } name) return false;
        if (options.IsSingleProcess && row.GetBoolean("Written") == true || name == unpacked) return false;
        await gate.WaitAsync(cancellation);
        try
        {
            if (name == unpacked) return false;
            var body = await Bodies.Read(tables.Bodies, Partition, name, cancellation)
                ?? throw new InvalidDataException($"The pushed shop {name} is not in the table Bodies.");
            var into = options.IsSingleProcess ? folder : Path.Combine(copies, name);
            ShopPackage.Read(body).Unpack(Directory.CreateDirectory(into).FullName);
            if (options.IsSingleProcess)
                await tables.Published.Update(Row(name, written: true), row.ETag, UpdateMode.Replace, cancellation);
            (current, unpacked) = (into, name);
            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Makes these the shop's files: all of them or none. False where another push came first since they were
    /// last looked at.</summary>
    public async Task<bool> Push(ShopPackage package, CancellationToken cancellation = default)
    {
        var row = await tables.Published.Find(Partition, "files", cancellation);
        if (!options.IsSingleProcess && row?.GetString("Name") != unpacked) return false;
        var name = $"{time.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}-{package.Hash}";
        await Bodies.Write(tables.Bodies, Partition, name, package.Write(), cancellation);
        var counts = Row(name, written: false);
        var answer = row is null ? await tables.Published.Add(counts, cancellation)
            : await tables.Published.Update(counts, row.ETag, UpdateMode.Replace, cancellation);
        if (answer.Done) await Refresh(cancellation);
        return answer.Done;
    }

    /// <summary>Lets somebody look at the folder while nothing of ours writes into it.</summary>
    public async Task Look(Action<string> look, CancellationToken cancellation = default)
    {
        await gate.WaitAsync(cancellation);
        try { look(Folder); }
        finally { gate.Release(); }
    }

    /// <summary>All files as they are at one moment. InvalidDataException names one that is not text.</summary>
    public async Task<ShopPackage> Package(CancellationToken cancellation = default)
    {
        var package = (ShopPackage?)null;
        await Look(folder => package = ShopPackage.Of(folder), cancellation);
        return package!;
    }

    /// <summary>Does the way to a file's place lead through a link? Which; null: it does not, and it may be
    /// written.</summary>
    public string? LinkTo(string path) => Links.On(Folder, path);

    /// <summary>Makes this the text of one file. InvalidDataException where its place is behind a link.</summary>
    public async Task Change(string path, ReadOnlyMemory<byte> text, CancellationToken cancellation = default)
    {
        if (options.IsSingleProcess)
        {
            if (Links.On(folder, path) is { } link)
                throw new InvalidDataException($"{link} is a link, and nothing is written through links.");
            await gate.WaitAsync(cancellation);
            try { Hosting.Files.Replace(Path.Combine(folder, path), text.Span); }
            finally { gate.Release(); }
            return;
        }
        do await Refresh(cancellation);
        while (!await Push((await Package(cancellation)).With(path, Encoding.UTF8.GetString(text.Span)), cancellation));
    }

    /// <summary>Puts a text at another place, in one step where the files lie in the tables. In a folder it takes
    /// three: there in a form that is not used yet, gone here, there as it is.</summary>
    public async Task Move(string from, string to, string text, string unused, CancellationToken cancellation = default)
    {
        if (options.IsSingleProcess)
        {
            await gate.WaitAsync(cancellation);
            try
            {
                Hosting.Files.Replace(Path.Combine(folder, to), Encoding.UTF8.GetBytes(unused));
                File.Delete(Path.Combine(folder, from));
                Hosting.Files.Replace(Path.Combine(folder, to), Encoding.UTF8.GetBytes(text));
            }
            finally { gate.Release(); }
            return;
        }
        do await Refresh(cancellation);
        while (!await Push((await Package(cancellation)).With(to, text).Without(from), cancellation));
    }

    public void Dispose() => gate.Dispose();

    private Row Row(string name, bool written) =>
        new(Partition, "files") { { "Name", name }, { "Written", written }, { "At", time.GetUtcNow() } };
}
