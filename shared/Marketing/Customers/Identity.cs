namespace Automation.Marketing.Customers;

/// <summary>
/// One way to recognise a customer, written <c>kind:value</c>: <c>email:taro@example.jp</c> (trimmed, lower case),
/// <c>phone:+819012345678</c> (E.164), <c>line:U…</c>, or <c>{source}:{customer id there}</c>.
/// </summary>
public readonly record struct Identity(string Kind, string Value)
{
    public override string ToString() => $"{Kind}:{Value}";
}
