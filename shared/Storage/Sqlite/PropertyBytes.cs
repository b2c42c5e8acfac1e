using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Automation.Storage.Sqlite;

/// <summary>The properties of a row as bytes: for each its name (length, UTF-8), a type tag and the value; numbers
/// little endian, lengths as 7-bit groups, dates as UTC ticks. Self-delimiting, so that a merge copies values without
/// reading them.</summary>
internal static class PropertyBytes
{
    private enum Tag : byte { Text = 1, Binary, False, True, Int32, Int64, Double, Date, Guid }

    private const int LongestHeader = 5 + 1 + 5;
    private static readonly string?[] KnownNames = new string?[1024];

    public static byte[] Encode(Row entity)
    {
        var most = 0;
        foreach (var (name, value) in entity)
            most += LongestHeader + 3 * name.Length
                + (value switch { string text => 3 * text.Length, byte[] binary => binary.Length, _ => 16 });
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        var at = 0;
        foreach (var (name, value) in entity)
        {
            WriteText(buffer, ref at, name);
            WriteValue(buffer, ref at, value);
        }
        var bytes = buffer.AsSpan(0, at).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return bytes;
    }

    public static void Decode(ReadOnlySpan<byte> bytes, Row into)
    {
        while (!bytes.IsEmpty)
        {
            var name = Name(Take(ref bytes, ReadLength(ref bytes)));
            into.Add(name, ReadValue(ref bytes));
        }
    }

    /// <summary>The stored properties with those of <paramref name="changes"/> put in place or added.</summary>
    public static byte[] Merge(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> changes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(stored.Length + changes.Length);
        var (at, count) = (0, 0);
        while (!stored.IsEmpty)
        {
            var property = TakeProperty(ref stored, out var name);
            if (Has(changes, name)) continue;
            property.CopyTo(buffer.AsSpan(at));
            at += property.Length;
            count++;
        }
        changes.CopyTo(buffer.AsSpan(at));
        var merged = buffer.AsSpan(0, at + changes.Length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        while (!changes.IsEmpty)
        {
            TakeProperty(ref changes, out _);
            count++;
        }
        if (count > RowRules.MostProperties) throw new ArgumentException(
            $"The merged entity has {count} properties; at most {RowRules.MostProperties}.");
        if (merged.Length > RowRules.LargestEntity) throw new ArgumentException(
            $"The merged entity has {merged.Length} bytes; at most {RowRules.LargestEntity}.");
        return merged;
    }

    private static bool Has(ReadOnlySpan<byte> properties, ReadOnlySpan<byte> wanted)
    {
        while (!properties.IsEmpty)
        {
            TakeProperty(ref properties, out var name);
            if (name.SequenceEqual(wanted)) return true;
        }
        return false;
    }

    private static ReadOnlySpan<byte> TakeProperty(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> name)
    {
        var start = bytes;
        name = Take(ref bytes, ReadLength(ref bytes));
        var tag = (Tag)Take(ref bytes, 1)[0];
        Take(ref bytes, ValueLength(tag, ref bytes));
        return start[..^bytes.Length];
    }

    private static int ValueLength(Tag tag, ref ReadOnlySpan<byte> bytes) => tag switch
    {
        Tag.Text or Tag.Binary => ReadLength(ref bytes),
        Tag.False or Tag.True => 0,
        Tag.Int32 => 4,
        Tag.Guid => 16,
        _ => 8,
    };

    private static void WriteValue(byte[] buffer, ref int at, object value)
    {
        var tag = at++;
        var rest = buffer.AsSpan(at);
        switch (value)
        {
            case string text: buffer[tag] = (byte)Tag.Text; WriteText(buffer, ref at, text); break;
            case byte[] binary:
                buffer[tag] = (byte)Tag.Binary; WriteLength(
                buffer, ref at, binary.Length); binary.CopyTo(buffer, at); at += binary.Length; break;
            case bool yes: buffer[tag] = (byte)(yes ? Tag.True : Tag.False); break;
            case int number:
                buffer[tag] = (byte)Tag.Int32; BinaryPrimitives.WriteInt32LittleEndian(
                rest, number); at += 4; break;
            case long number:
                buffer[tag] = (byte)Tag.Int64; BinaryPrimitives.WriteInt64LittleEndian(
                rest, number); at += 8; break;
            case double number:
                buffer[tag] = (byte)Tag.Double; BinaryPrimitives.WriteDoubleLittleEndian(
                rest, number); at += 8; break;
            case DateTimeOffset date:
                buffer[tag] = (byte)Tag.Date; BinaryPrimitives.WriteInt64LittleEndian(
                rest, date.UtcTicks); at += 8; break;
            case Guid guid: buffer[tag] = (byte)Tag.Guid; guid.TryWriteBytes(rest); at += 16; break;
        }
    }

    private static object ReadValue(ref ReadOnlySpan<byte> bytes)
    {
        var tag = (Tag)Take(ref bytes, 1)[0];
        var value = Take(ref bytes, ValueLength(tag, ref bytes));
        return tag switch
        {
            Tag.Text => Encoding.UTF8.GetString(value),
            Tag.Binary => value.ToArray(),
            Tag.False => false,
            Tag.True => true,
            Tag.Int32 => BinaryPrimitives.ReadInt32LittleEndian(value),
            Tag.Int64 => BinaryPrimitives.ReadInt64LittleEndian(value),
            Tag.Double => BinaryPrimitives.ReadDoubleLittleEndian(value),
            Tag.Date => new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(value), TimeSpan.Zero),
            Tag.Guid => new Guid(value),
            _ => throw new InvalidDataException(
                $"Unknown type tag {(byte)tag} in a stored row: written by a newer version?"),
        };
    }

    /// <summary>Property names are few: each is made a string once.</summary>
    private static string Name(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var known = ref KnownNames[hash.ToHashCode() & (KnownNames.Length - 1)];
        if (known is { } name && Ascii.Equals(utf8, name)) return name;
        return known = Encoding.UTF8.GetString(utf8);
    }

    private static void WriteText(byte[] buffer, ref int at, string text)
    {
        WriteLength(buffer, ref at, Encoding.UTF8.GetByteCount(text));
        at += Encoding.UTF8.GetBytes(text, buffer.AsSpan(at));
    }

    private static void WriteLength(byte[] buffer, ref int at, int length)
    {
        for (; length >= 0x80; length >>= 7) buffer[at++] = (byte)(length | 0x80);
        buffer[at++] = (byte)length;
    }

    private static int ReadLength(ref ReadOnlySpan<byte> bytes)
    {
        for (int length = 0, shift = 0; ; shift += 7)
        {
            var next = Take(ref bytes, 1)[0];
            length |= (next & 0x7f) << shift;
            if (next < 0x80) return length;
        }
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int length)
    {
        var taken = bytes[..length];
        bytes = bytes[length..];
        return taken;
    }
}
