using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Automation.Functions.Tests.Doctor;

/// <summary>A DNS server on this machine that knows a few names (RFC 1035 over UDP): texts, and names that stand for
/// others; of the rest it says that there is nothing.</summary>
internal sealed class DnsDouble : IAsyncDisposable
{
    private const ushort Txt = 16, Cname = 5, NoSuchName = 3;
    private readonly UdpClient udp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Task answering;

    public DnsDouble() => answering = Answer();

    /// <summary>Texts by name; whoever asks for a name that is not there hears so.</summary>
    public Dictionary<string, string[]> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that stand for others.</summary>
    public Dictionary<string, string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Says nothing any more.</summary>
    public bool IsSilent { get; set; }

    public string Address => $"127.0.0.1:{((IPEndPoint)udp.Client.LocalEndPoint!).Port}";

    private async Task Answer()
    {
        try
        {
            while (true)
            {
                var asked = await udp.ReceiveAsync();
                if (!IsSilent) await udp.SendAsync(Reply(asked.Buffer), asked.RemoteEndPoint);
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException) { }
    }

    private byte[] Reply(byte[] query)
    {
        var (name, end) = Name(query, 12);
        List<byte[]> answers = [];
        var at = name;
        if (Aliases.TryGetValue(name, out var real))
        {
            answers.Add(Record(name, Cname, Labels(real)));
            at = real;
        }
        if (Texts.TryGetValue(at, out var texts))
            answers.AddRange(texts.Select(text => Record(at, Txt, Strings(text))));
        var header = new byte[12];
        query.AsSpan(0, 2).CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(
            header.AsSpan(2), (ushort)(0x8180 | (answers.Count == 0 ? NoSuchName : 0)));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)answers.Count);
        return [.. header, .. query.AsSpan(12, end + 4 - 12), .. answers.SelectMany(answer => answer)];
    }

    private static (string Name, int End) Name(byte[] message, int at)
    {
        List<string> labels = [];
        for (; message[at] != 0; at += message[at] + 1)
            labels.Add(Encoding.ASCII.GetString(message, at + 1, message[at]));
        return (string.Join('.', labels), at + 1);
    }

    private static byte[] Record(string name, ushort type, byte[] data)
    {
        var fixedPart = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart, type);
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart.AsSpan(4), 60);
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(8), (ushort)data.Length);
        return [.. Labels(name), .. fixedPart, .. data];
    }

    private static byte[] Labels(string name) =>
        [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    /// <summary>A text longer than 255 bytes comes in pieces.</summary>
    private static byte[] Strings(string text) =>
        [.. text.Chunk(200).SelectMany(part => (byte[])[(byte)part.Length, .. Encoding.ASCII.GetBytes(part)])];

    public async ValueTask DisposeAsync()
    {
        udp.Dispose();
        await answering;
    }
}
