using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.App.Commands;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>A portfolio file, read, checked and written from the page: the same text, the same faults, the same words as on the command line.</summary>
internal static class FileDesk
{
    public static readonly ImmutableArray<Field> Fields =
        [new("text", "string", "the whole file", true), new("version", "string", "of the file that was read and changed", true), new("note", "string", "why; kept in the audit")];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Answer Read(Place place)
    {
        var bytes = File.ReadAllBytes(place.File);
        return Answer.Ok(Report(place, Encoding.UTF8.GetString(bytes), VersionOf(bytes)));
    }

    public static Answer Check(Place place, string text) => Answer.Ok(CheckCommand.Report(place.File, PolicyFile.Read(place.File, text)));

    /// <summary>Writes it where it is whole and nobody has written another meanwhile; a loop that runs reads it again.</summary>
    public static Answer Write(Place place, string text, string version)
    {
        if (VersionOf(File.ReadAllBytes(place.File)) is var there && there != version)
            throw new Problem(409, "CHANGED", "The file was changed since you read it. Copy your text, reload the page, and change what is there now.");
        var reading = PolicyFile.Read(place.File, text);
        if (!reading.Ok) throw new Problem(422, "FILES_WRONG", "Nothing was written: the file would not be valid.", FaultJson.List(reading.Faults));
        var (bytes, unfinished) = (Utf8.GetBytes(text), place.File + ".unfinished");
        File.WriteAllBytes(unfinished, bytes);
        File.Move(unfinished, place.File, overwrite: true);
        return Answer.Ok(Report(place, text, VersionOf(bytes)));
    }

    private static JsonObject Report(Place place, string text, string version) =>
        new() { ["id"] = place.Id, ["text"] = text, ["version"] = version, ["checked"] = CheckCommand.Report(place.File, PolicyFile.Read(place.File, text)) };

    private static string VersionOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
