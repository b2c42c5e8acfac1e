namespace Automation.Marketing.Mails;

/// <summary>What stands between <c>{{</c> and <c>}}</c>.</summary>
public enum BlankKind { Value, If, Unless, Each, Else, End, Comment }

/// <summary>One blank of a mail as it was found: its kind, its words (helper, names, literals) and where it stands in
/// the file.</summary>
/// <param name="Words">For a value <c>[name]</c> or <c>[helper, argument …]</c>; for if, unless, each: <c>[name]</c>;
/// for an end: the block's word.</param>
public sealed record Placeholder(int Offset, int Length, BlankKind Kind, IReadOnlyList<Word> Words)
{
    public bool IsBlockTag =>
        Kind is BlankKind.If or BlankKind.Unless or BlankKind.Each or BlankKind.Else or BlankKind.End;
}

/// <summary>A name, or a literal (quoted text or number), and where it stands.</summary>
public sealed record Word(int Offset, string Text, bool IsLiteral);
