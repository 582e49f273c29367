using Ballast.Adapters.Files;

namespace Ballast.Tests.Adapters.Files;

public sealed class FaultyFilesTests : IDisposable
{
    private readonly Written _written = new();

    public void Dispose() => _written.Dispose();

    public static TheoryData<int> Rows { get; } = [.. Enumerable.Range(0, FaultyFiles.All.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_faulty_file_is_told_its_line_its_column_and_what_was_expected(int row)
    {
        var faulty = FaultyFiles.All[row];

        var fault = FaultyFile.Read(faulty.Kind, _written.File("file.csv", faulty.Bytes), faulty.Limits)[0];

        Assert.Equal((faulty.Line, faulty.Column, faulty.Code), (fault.Line, fault.Column, fault.Code));
        Assert.Equal(faulty.Sentence, fault.Sentence);
    }

    [Fact]
    public void Files_and_folders_that_cannot_be_read_say_why()
    {
        Directory.CreateDirectory(Path.Combine(_written.Folder, "empty"));
        Directory.CreateDirectory(Path.Combine(_written.Folder, "wide"));
        (FileKind Kind, string Path)[] files =
        [
            (FileKind.Prices, Path.Combine(_written.Folder, "nowhere.csv")),
            (FileKind.Prices, _written.File("cut.csv.gz", Written.Gzip("timestamp,BTC\n2024-01-01,100\n")[..^3])),
            (FileKind.Prices, _written.File("prices.parquet", "PAR1")),
            (FileKind.Holdings, _written.Folder),
            (FileKind.Prices, Path.Combine(_written.Folder, "empty")),
            (FileKind.Prices, Path.GetDirectoryName(_written.File("wide/closes.csv", "timestamp,BTC\n2024-01-01,100\n"))!),
        ];

        var faults = files.Select(f => Assert.Single(FaultyFile.Read(f.Kind, f.Path)));

        Assert.Equal(FaultyFiles.OfFilesAndFolders, faults.Select(f => (f.Code, f.Sentence)));
    }

    [Fact]
    public void One_symbol_in_two_files_names_both()
    {
        var first = _written.File("BTC.csv", "time,close\n2024-01-01,1\n");
        _written.File("BTCUSDT.csv", "time,close\n2024-01-01,1\n");

        Assert.Equal($"BTC/USDT is here and in {first}", Assert.Single(FaultyFile.Read(FileKind.Prices, _written.Folder)).What);
    }

    [Fact]
    public void A_fault_shows_its_line_and_how_much_of_it_is_wrong()
    {
        var path = _written.File("prices.csv", "timestamp,Ö,BTC\r\n2024-01-01,1,2\r\n2024-01-02,1,twelve\r\n");

        var fault = Assert.Single(FaultyFile.Read(FileKind.Prices, path));

        Assert.Equal(("2024-01-02,1,twelve", 14, 6), (fault.Text, fault.Column, fault.Length));
        Assert.Equal($"{path}:3:14: 'twelve' is not a number; expected a number such as 1234.5", fault.ToString());
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var path = _written.File("h.csv", "asset,quantity,status,cost\nBTC,-1,forzen,-2\n,x,free,1\n");

        Assert.Equal(["QUANTITY_NEGATIVE", "STATUS_UNKNOWN", "COST_NEGATIVE", "CODE_MISSING", "NUMBER_MALFORMED"], FaultyFile.Read(FileKind.Holdings, path).Select(f => f.Code));
    }
}
