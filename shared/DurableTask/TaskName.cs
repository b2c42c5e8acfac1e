namespace Automation.DurableTask;

/// <summary>The name of an orchestrator or activity; names differing only in case are the same name.</summary>
public readonly record struct TaskName
{
    readonly string? name;

    /// <exception cref="ArgumentException">The name is empty or starts with @, which the protocol reserves for entities.</exception>
    public TaskName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name[0] == '@') throw new ArgumentException("A task's name must not start with @.", nameof(name));
        this.name = name;
    }

    public string Name => name ?? "";

    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    public override string ToString() => Name;

    public static implicit operator TaskName(string name) => new(name);

    public static implicit operator string(TaskName name) => name.Name;

    public static TaskName FromString(string name) => new(name);
}
