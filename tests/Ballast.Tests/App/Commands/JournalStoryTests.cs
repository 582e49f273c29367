using Ballast.App.Commands;
using Ballast.Records;
using Ballast.Tests.Records;

namespace Ballast.Tests.App.Commands;

/// <summary>The journal as a person reads it.</summary>
public class JournalStoryTests
{
    [Theory]
    [MemberData(nameof(RecordCodecTests.Records), MemberType = typeof(RecordCodecTests))]
    public void Every_record_is_told_in_words(JournalRecord record)
    {
        var (text, _, _) = new JournalStory().Next(record);
        Assert.NotEqual(record.GetType().Name, text.Trim());
        Assert.Contains(' ', text.Trim());
    }
}
