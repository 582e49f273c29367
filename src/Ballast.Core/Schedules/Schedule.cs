namespace Ballast.Schedules;

/// <summary>When something is due.</summary>
public abstract record Schedule;
