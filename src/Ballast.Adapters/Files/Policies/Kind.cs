namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads one kind of text (a share, an amount, a duration): the value, or what is wrong with the text.</summary>
internal delegate Parsed<T> Kind<T>(string text);

/// <summary>What is wrong with a text, before it has a place.</summary>
internal sealed record Complaint(string Code, string What, string Expected);

/// <summary>A value, or a complaint.</summary>
internal readonly record struct Parsed<T>(T Value, Complaint? Complaint)
{
    public bool Ok => Complaint is null;

    public static implicit operator Parsed<T>(Complaint complaint) => new(default!, complaint);

    public Parsed<TOther> To<TOther>(Func<T, TOther> change) => Complaint is null ? new Parsed<TOther>(change(Value), null) : Complaint;
}

/// <summary>Makes the results of kinds.</summary>
internal static class Parsed
{
    public static Parsed<T> Of<T>(T value) => new(value, null);

    public static Complaint Bad(string text, string isNo, string expected) =>
        text.Length == 0 ? new("EMPTY", "the value is empty", expected) : new("BAD_VALUE", $"`{Quoted.Short(text)}` is {isNo}", expected);

    public static Complaint NoUnit(string text, string meant) => new("NO_UNIT", $"{Quoted.Short(text)} has no unit", $"did you mean {meant}?");

    public static Complaint OutOfRange(string text, string expected) => new("OUT_OF_RANGE", $"`{Quoted.Short(text)}` is out of range", expected);

    public static Complaint WrongUnit(string text, string isA, string expected) => new("WRONG_UNIT", $"`{Quoted.Short(text)}` is {isA}", expected);
}
