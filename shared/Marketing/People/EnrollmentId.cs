namespace Automation.Marketing.People;

/// <summary>Names one enrollment, and its orchestration: <c>{customer}.{journey}.{key}</c>; no personal data.</summary>
public readonly record struct EnrollmentId(CustomerId Customer, string Journey, string Key)
{
    public string RowKey => $"e|{Journey}|{Key}";
    public override string ToString() => $"{Customer}.{Journey}.{Key}";

    public static EnrollmentId? Parse(string text) =>
        text.Split('.', 3) is [var customer, var journey, var key] && CustomerId.IsWellFormed(customer)
            ? new(new(customer), journey, key)
            : null;
}
