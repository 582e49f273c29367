/** Two bars from zero, one under the other: what was, and what would be. */
export function ShareMark({ before, after, range: [low, high] }: { before: number; after: number; range: [number, number] }) {
  const x = (value: number) => ((value - low) / (high - low || 1)) * 100;
  const bar = (value: number) => ({ x: Math.min(x(0), x(value)), width: Math.abs(x(value) - x(0)) });
  return (
    <svg class="riskmark" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect {...bar(before)} y={1} height={5} class="share" />
      <rect {...bar(after)} y={7} height={6} class="after" />
    </svg>
  );
}
