namespace Automation.Marketing;

/// <summary>Words for customers, in Japanese or in English: each is written beside what it is in the other.</summary>
public abstract class Bilingual(bool isJapanese)
{
    protected bool IsJapanese => isJapanese;

    public string Language => this["ja", "en"];

    public string this[string japanese, string english] => isJapanese ? japanese : english;
}
