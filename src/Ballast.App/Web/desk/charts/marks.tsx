import type { MarkedPortfolio } from '../types';
import type { Point } from './paths';

type Kind = MarkedPortfolio['kind'];

const names: Record<Kind, string> = { current: 'Current', chosen: 'Chosen', minVariance: 'Least variance', maxSharpe: 'Best Sharpe' };

export const markName = (kind: Kind) => names[kind];

/** A portfolio with a name: a ring is held, a disc was chosen, squares stand on the curve. */
export function PortfolioMark({ kind, at: { x, y }, title }: { kind: Kind; at: Point; title: string }) {
  return <path d={outline(kind, x, y)} class={`mark ${kind}`}><title>{title}</title></path>;
}

function outline(kind: Kind, x: number, y: number): string {
  switch (kind) {
    case 'current':
    case 'chosen': return `M${x - 6},${y}a6,6 0 1 0 12,0a6,6 0 1 0 -12,0Z`;
    case 'minVariance': return `M${x - 4.5},${y - 4.5}h9v9h-9Z`;
    case 'maxSharpe': return `M${x},${y - 6}l6,6l-6,6l-6,-6Z`;
  }
}
