using System.CommandLine;
using Ballast.Adapters;

namespace Ballast.App.Commands;

/// <summary>Which journal a verb is to read: that of a portfolio file in the data folder, or a folder by name.</summary>
internal sealed class JournalPlace
{
    private readonly Argument<string?> _file = new("file") { Description = "the portfolio file (YAML) whose journal it is", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _journal = new("--journal") { Description = "the folder of a journal, in place of the portfolio file", HelpName = "DIR" };
    private readonly Option<bool> _paper = new("--paper") { Description = "the journal of the paper account" };
    private readonly Option<bool> _replay = new("--replay") { Description = "the journal of the last history that `run --paper --prices` ran through" };
    private readonly Option<string?> _data = Options.Data();

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var option in new Option[] { _journal, _paper, _replay, _data }) command.Add(option);
    }

    /// <exception cref="InvalidInputException">Nothing is there.</exception>
    public string Read(ParseResult parsed)
    {
        var folder = Asked(parsed);
        return Directory.Exists(folder) && (Directory.EnumerateFiles(folder, "*.journal").Any() || File.Exists(Path.Combine(folder, "HEAD"))) ? folder
            : throw new InvalidInputException($"there is no journal in {folder}; `ballast run` begins one, `--data` or `--journal` says where another is");
    }

    private string Asked(ParseResult parsed)
    {
        if (parsed.GetValue(_journal) is { } named) return Path.GetFullPath(named);
        if (parsed.GetValue(_file) is not { } file) throw new InvalidInputException("whose journal? Name the portfolio file, or the folder with --journal DIR");
        var inputs = new Inputs(asJson: false);
        var policy = inputs.Policy(file);
        inputs.Check();
        var portfolio = DataFolder.Of(parsed.GetValue(_data)).Portfolio(policy!.Name);
        return parsed.GetValue(_replay) ? portfolio.Replay : portfolio.Journal(parsed.GetValue(_paper));
    }
}
