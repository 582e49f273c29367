// The page arrives with its words, figures and tables in place; this adds the pictures.
import './inter.css';
import './tokens.css';
import './report.css';
import './charts/marks.css';
import { render, type ComponentChild } from 'preact';
import { backtestSections } from './backtest';
import { frontierSections } from './frontier';
import { optimiseSections } from './optimise';
import { NeighboursPanel, ofPolicies } from './parts/neighbours';
import type { Report } from './types';

const report = JSON.parse(document.getElementById('data')!.textContent) as Report;

for (const [name, section] of Object.entries(sections(report))) {
  const place = document.querySelector(`[data-chart="${name}"]`);
  if (!place) continue;
  place.replaceChildren();
  render(section(), place);
}

function sections(of: Report): Record<string, () => ComponentChild> {
  switch (of.kind) {
    case 'backtest': return backtestSections(of);
    case 'sweep': return { neighbours: () => <NeighboursPanel captions={of.captions ?? { ...ofPolicies, title: 'What each policy costs' }} runs={of.runs} height={380} /> };
    case 'optimize': return optimiseSections(of);
    case 'frontier': return frontierSections(of);
    case 'smile': return {}; // Its pictures are drawn already.
  }
}
