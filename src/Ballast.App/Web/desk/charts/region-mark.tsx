/** Where a weight stands between the edges at which it is traded: all values are distances from the target, as fractions of value. */
export function RegionMark({ drift, low, high, range: [least, most] }: {
  drift: number;
  /** Edges of the region; null where the asset has none. */
  low: number | null;
  high: number | null;
  /** What the whole width shows, the same for every row of a table. */
  range: [number, number];
}) {
  const x = (value: number) => ((Math.min(most, Math.max(least, value)) - least) / (most - least || 1)) * 100;
  const outside = (low !== null && drift < low) || (high !== null && drift > high);
  return (
    <svg class="regionmark" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      {low !== null && high !== null && <rect x={x(low)} y={2} width={x(high) - x(low)} height={10} class="band" />}
      <path d={`M${x(0)},1v12`} class="target" />
      <path d={`M${x(0)},7H${x(drift)}`} class="way" />
      <path d={`M${x(drift)},7h0`} class={outside ? 'now outside' : 'now'} />
    </svg>
  );
}
