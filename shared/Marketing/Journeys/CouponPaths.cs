namespace Automation.Marketing.Journeys;

/// <summary>On which ways through a journey a code was taken. Pure.</summary>
public static class CouponPaths
{
    /// <summary>Was one taken before a mail is sent, whichever way leads there?</summary>
    public static bool IsSure(Journey journey, string mail) => IsSure(journey, send => send.Mail == mail);

    /// <inheritdoc cref="IsSure(Journey, string)"/>
    /// <param name="isIt">Is it this send?</param>
    public static bool IsSure(Journey journey, Func<Step.Send, bool> isIt)
    {
        var sure = true;
        Follow(journey.Steps, has: false, isIt, ref sure);
        return sure;
    }

    /// <summary>Has whoever comes out of the steps one? Who leaves in them comes out of none.</summary>
    private static bool Follow(IReadOnlyList<Step>? steps, bool has, Func<Step.Send, bool> isIt, ref bool sure)
    {
        foreach (var step in steps ?? [])
            switch (step)
            {
                case Step.TakeCoupon:
                    has = true;
                    break;
                case Step.Send send when !has && isIt(send):
                    sure = false;
                    break;
                case Step.Leave:
                    return true;
                default:
                    has = Ways(step, has, isIt, ref sure);
                    break;
            }
        return has;
    }

    private static bool Ways(Step step, bool has, Func<Step.Send, bool> isIt, ref bool sure)
    {
        var doors = PlacedSteps.Doors(step).ToList();
        if (doors.Count == 0) return has;
        var all = true;
        foreach (var (_, steps) in doors) all &= Follow(steps, has, isIt, ref sure);
        return all;
    }
}
