namespace Ballast.App.Serving.People;

/// <summary>Lets people in by name, password and second factor, and asks for the factor again where much is at stake. What is wrong is not said.</summary>
internal sealed class SignIn(Users users)
{
    private readonly Backoff _byAddress = new();

    /// <exception cref="Problem">Not let in.</exception>
    public User Check(string name, string password, string code, string address, Instant now)
    {
        var who = $"{name}\n{address}";
        Wait(who, now);
        var user = users.Find(name);
        var isRight = (user?.Password ?? Password.Nobody).Is(password);
        if (user is not null && isRight && users.Spend(name, code, now, orRecovery: true))
        {
            _byAddress.Right(who);
            return users.Find(name) ?? throw Wrong();
        }
        _byAddress.Wrong(who, SystemClock.Instance.GetCurrentInstant()); // From the answer on: making sure took time.
        throw Wrong();
    }

    /// <summary>The second factor alone, of somebody who is inside.</summary>
    /// <exception cref="Problem">It is not theirs.</exception>
    public void Again(string name, string code, Instant now)
    {
        var who = $"{name}\nagain";
        Wait(who, now);
        if (users.Find(name) is null) throw None(name);
        if (users.Spend(name, code, now, orRecovery: false))
        {
            _byAddress.Right(who);
            return;
        }
        _byAddress.Wrong(who, now);
        throw new Problem(403, "CODE_WRONG", "The code is not right, or was used already; wait for the next one.");
    }

    public static Problem None(string name) => new(403, "NO_SECOND_FACTOR",
        $"This wants a second factor, and {name} has none: `ballast serve users add NAME --role ROLE` enrols one; or do it on the command line of the machine.");

    private void Wait(string who, Instant now)
    {
        if (_byAddress.Wait(who, now) is { } wait && wait > Duration.Zero) throw new Problem(429, "WAIT", $"Too many wrong answers; wait {Money.Spans.Words(wait)}. Stopping works without the desk: `ballast kill`.");
    }

    private static Problem Wrong() => new(401, "WRONG", "The name, the password or the code is not right.");
}
