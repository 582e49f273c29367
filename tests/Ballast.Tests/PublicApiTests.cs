namespace Ballast.Tests;

/// <summary>What others may build on. A change to it is a decision: the difference is read, then <c>UPDATE=1 ./do test PublicApi</c> writes it.</summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_face_of_Core_is_as_written() => Expected.Matches("public-api-core.txt", PublicApi.Of(typeof(Ballast.Money.Amount).Assembly));

    [Fact]
    public void The_public_face_of_Numerics_is_as_written() => Expected.Matches("public-api-numerics.txt", PublicApi.Of(typeof(Ballast.Numerics.Statistics.Covariance).Assembly));
}
