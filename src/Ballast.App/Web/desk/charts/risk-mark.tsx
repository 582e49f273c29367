/** A bar to the share of risk with a tick at the weight: what reaches past the tick carries more than its size. */
export function RiskMark({ weight, share, range: [low, high] }: { weight: number; share: number; range: [number, number] }) {
  const x = (value: number) => ((value - low) / (high - low)) * 100;
  const from = Math.min(x(0), x(share));
  const over = Math.max(0, x(share) - Math.max(x(weight), x(0)));
  return (
    <svg class="riskmark" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect x={from} y={3} width={Math.abs(x(share) - x(0))} height={8} class="share" />
      <rect x={x(share) - over} y={3} width={over} height={8} class="over" />
      <line x1={x(weight)} x2={x(weight)} y1={0} y2={14} />
    </svg>
  );
}
