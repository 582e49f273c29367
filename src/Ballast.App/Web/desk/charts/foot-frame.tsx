import { bisectCenter } from 'd3-array';
import type { ComponentChildren } from 'preact';
import type { Foot } from './foot';
import type { Plot } from './frame';
import { Reading } from './reading';
import type { Interval, Scale } from './scale';
import { textWidth } from './text';

export interface Drawing {
  plot: Plot;
  x: Scale;
  /** The position that is being read, or null. */
  at: number | null;
}

/** A chart along a foot, with a hair at the position that is being read. */
export function FootFrame({ height, label, foot, gutter, read, children }: {
  height: number;
  label: string;
  foot: Foot;
  /** Room at the right for the names of the series. */
  gutter: number;
  /** What is to be said of one position. */
  read: (index: number) => string;
  children: (drawing: Drawing) => ComponentChildren;
}) {
  const { places, tell } = foot;
  const layout = (width: number) => {
    const plot: Plot = { width, height, left: 46, right: width - gutter, top: 8, bottom: height - 22 };
    const x = foot.scale([places[0], places[places.length - 1]], [plot.left, plot.right]);
    const draw = (at: number | null) => {
      const tag = at === null ? null : tagAt(x(places[at]), tell(at), plot);
      return (
        <>
          {children({ plot, x, at })}
          {foot.axis(plot, x, tag)}
          {at !== null && tag && <Hair plot={plot} x={x(places[at])} tag={tag} text={tell(at)} />}
        </>
      );
    };
    return { nearest: (pixel: number) => bisectCenter(places, x.invert(pixel)), draw };
  };
  return <Reading height={height} label={label} count={places.length} say={i => `${tell(i)}: ${read(i)}`} layout={layout} />;
}

/** From where to where the hair's label reaches; it stays inside the picture. */
function tagAt(x: number, text: string, plot: Plot): Interval {
  const half = textWidth(text) / 2 + 6;
  const middle = Math.min(plot.width - half, Math.max(half, x));
  return [middle - half, middle + half];
}

function Hair({ plot, x, tag: [left, right], text }: { plot: Plot; x: number; tag: Interval; text: string }) {
  return (
    <g class="hair">
      <line x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
      <rect x={left} y={plot.bottom + 3} width={right - left} height={18} rx={3} />
      <text x={(left + right) / 2} y={plot.bottom + 16} class="middle">{text}</text>
    </g>
  );
}
