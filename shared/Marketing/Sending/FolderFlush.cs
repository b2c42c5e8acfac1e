using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Automation.Marketing.Sending;

/// <summary>Makes the names in a folder last: what was created or renamed there is there after a power cut. .NET opens
/// no folders, so that the handle comes from libc. Not on Windows, where names are in the file system's journal and
/// cannot be waited for.</summary>
public static class FolderFlush
{
    /// <summary>Returns once the names are on disk; IOException where they cannot be.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        if (handle.IsInvalid)
            throw new IOException($"The folder {folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
        RandomAccess.FlushToDisk(handle);
    }

    private const int ReadOnly = 0;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
