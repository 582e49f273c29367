import { extent, minIndex } from 'd3-array';
import { percent } from '../format';
import type { FrontierCurve, RiskReturn } from '../types';
import { NumberAxis, ValueAxis } from './axes';
import { DotLabels } from './dot-labels';
import type { Plot } from './frame';
import { markName, PortfolioMark } from './marks';
import { linePath, type Point } from './paths';
import { Reading } from './reading';
import { linear, type Scale } from './scale';
import type { Series } from './series';

/** From volatility and return to pixels. */
type Place = (of: RiskReturn) => Point;

interface FrontierProps {
  label: string;
  curve: FrontierCurve;
  height: number;
  /** The colours of the assets. */
  series: Series[];
  /** What is to be said of a point of the curve: first where it lies, then what it holds. */
  tell: (index: number) => string[];
}

/** The least risk for every return, the assets held alone, and the portfolios that have a name. */
export function FrontierChart({ label, curve, height, series, tell }: FrontierProps) {
  const layout = (width: number) => {
    const plot: Plot = { width, height, left: 46, right: width - 16, top: 22, bottom: height - 40 };
    const { x, y } = scales(curve, plot);
    const place: Place = of => ({ x: x(of.volatility), y: y(of.return) });
    const line = curve.points.map(place);
    const nearest = (left: number, top: number) => minIndex(line, point => (point.x - left) ** 2 + (point.y - top) ** 2);
    const draw = (at: number | null) => (
      <>
        <ValueAxis plot={plot} y={y} format={value => percent(value, 0)} caption="expected return a year" />
        <NumberAxis plot={plot} x={x} format={value => percent(value, 0)} caption="volatility a year" />
        <CapitalLine curve={curve} x={x} y={y} />
        <Gaps curve={curve} place={place} />
        <path d={linePath(line)} class="curve" />
        {curve.points.map((point, i) => point.turning && <circle key={i} cx={line[i].x} cy={line[i].y} r={2.5} class="turning" />)}
        <Dots curve={curve} series={series} place={place} plot={plot} line={line} />
        {at !== null && <Told plot={plot} at={line[at]} lines={tell(at)} />}
      </>
    );
    return { nearest, draw };
  };
  return <Reading height={height} label={label} count={curve.points.length} say={i => tell(i).join(', ')} layout={layout} />;
}

function scales({ points, assets, marks, riskFree }: FrontierCurve, plot: Plot): { x: Scale; y: Scale } {
  const all: RiskReturn[] = [...points, ...assets, ...marks];
  const [low, high] = extent([...all.map(of => of.return), ...(riskFree === null ? [] : [riskFree]), 0]) as [number, number];
  const room = (high - low || 0.01) * 0.06;
  const widest = Math.max(...all.map(of => of.volatility)) || 0.01;
  return {
    x: linear([0, widest * 1.06], [plot.left, plot.right]),
    y: linear([low < 0 ? low - room : low, high + room], [plot.bottom, plot.top]),
  };
}

/** Cash mixed with the portfolio of the best Sharpe ratio, as far as the picture goes. */
function CapitalLine({ curve: { marks, riskFree }, x, y }: { curve: FrontierCurve; x: Scale; y: Scale }) {
  const best = marks.find(mark => mark.kind === 'maxSharpe');
  if (riskFree === null || !best || best.volatility <= 0) return null;
  const slope = (best.return - riskFree) / best.volatility;
  const [widest, highest] = [x.domain[1], y.domain[1]];
  const end = slope > 0 ? Math.min(widest, (highest - riskFree) / slope) : widest;
  return <path d={`M${x(0)},${y(riskFree)}L${x(end)},${y(riskFree + slope * end)}`} class="capital" />;
}

/** From the current portfolio to the curve: the same return with less risk, and the same risk with more return. */
function Gaps({ curve: { points, marks }, place }: { curve: FrontierCurve; place: Place }) {
  const current = marks.find(mark => mark.kind === 'current');
  if (!current) return null;
  const same = (of: keyof RiskReturn) => points.find(point => point[of] >= current[of]);
  const [calmer, higher] = [same('return'), same('volatility')];
  const from = place(current);
  const least = points[0];
  return (
    <g class="gap">
      {calmer && current.return >= least.return && calmer.volatility < current.volatility && <path d={`M${from.x},${from.y}H${place(calmer).x}`} />}
      {higher && current.volatility >= least.volatility && higher.return > current.return && <path d={`M${from.x},${from.y}V${place(higher).y}`} />}
    </g>
  );
}

function Dots({ curve: { assets, marks, riskFree }, series, place, plot, line }: {
  curve: FrontierCurve; series: Series[]; place: Place; plot: Plot; line: Point[];
}) {
  const dot = (of: RiskReturn, label: string, main = false) => ({ ...place(of), label, main, title: `${label}: volatility ${percent(of.volatility)}, return ${percent(of.return)}` });
  const cash = riskFree === null ? null : dot({ volatility: 0, return: riskFree }, `Cash ${percent(riskFree)}`);
  const named = marks.map(mark => ({ ...dot(mark, markName(mark.kind), true), kind: mark.kind }));
  const alone = assets.map((asset, k) => ({ ...dot(asset, asset.name), series: series[k] }));
  return (
    <>
      {cash && <Dot of={cash} series="rest" />}
      {alone.map(asset => <Dot key={asset.label} of={asset} series={asset.series} />)}
      {named.map(mark => <PortfolioMark key={mark.kind} kind={mark.kind} at={mark} title={mark.title} />)}
      <DotLabels dots={[...named, ...alone, ...cash ? [cash] : []]} plot={plot} lines={line} />
    </>
  );
}

function Dot({ of: { x, y, title }, series }: { of: Point & { title: string }; series: Series }) {
  return <circle cx={x} cy={y} r={4} class={`dot series-${series}`}><title>{title}</title></circle>;
}

/** What the point being read holds, where a frontier leaves the picture empty: at the upper left. */
function Told({ plot, at, lines }: { plot: Plot; at: Point; lines: string[] }) {
  return (
    <g class="read">
      <circle cx={at.x} cy={at.y} r={4.5} />
      {lines.map((text, i) => <text key={text} x={plot.left + 8} y={plot.top + 14 + 15 * i} class={i ? 'told' : 'told strong'}>{text}</text>)}
    </g>
  );
}
