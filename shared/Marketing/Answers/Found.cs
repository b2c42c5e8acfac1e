namespace Automation.Marketing.Answers;

/// <summary>An answer that fits a question, from 0 to 1.</summary>
public sealed record AnswerHit(Answer Answer, double Score);

/// <summary>A product that a question names, from 0 to 1.</summary>
public sealed record ProductHit(SoldProduct Product, double Score);

/// <summary>What was found for a question, best first; each answer and product once.</summary>
public sealed record Found(IReadOnlyList<AnswerHit> Answers, IReadOnlyList<ProductHit> Products)
{
    /// <summary>From here on an answer is given; from here on it is asked whether it was meant; below, it is none. So
    /// is a product named from <see cref="Named"/> on.</summary>
    public const double Sure = 0.62, Maybe = 0.36, Named = 0.5;

    public static readonly Found Nothing = new([], []);

    /// <summary>The answer that is given; null: none fits well enough.</summary>
    public AnswerHit? Best => Answers is [{ Score: >= Sure } best, ..] ? best : null;

    /// <summary>What may have been meant, up to three.</summary>
    public IReadOnlyList<AnswerHit> Near => [.. Answers.Where(hit => hit.Score >= Maybe).Take(3)];

    /// <summary>Products that were named, up to three.</summary>
    public IReadOnlyList<ProductHit> Wares => [.. Products.Where(hit => hit.Score >= Named).Take(3)];
}
