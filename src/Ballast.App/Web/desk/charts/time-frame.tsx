import { bisectCenter } from 'd3-array';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { dayMs } from '../calendar';
import { moment } from '../format';
import { TimeAxis } from './axes';
import { Canvas, type Plot } from './frame';
import { readAt, useHair } from './hair';
import { time as timeScale, type Interval, type Scale } from './scale';
import { useWidth } from './width';

export interface Drawing {
  plot: Plot;
  x: Scale;
  /** Position in `times` that is being read, or null. */
  at: number | null;
}

/** True where bars are at least a day apart, so that the hour says nothing. */
export const isDaily = (times: number[]) => times.length < 2 || (times[times.length - 1] - times[0]) / (times.length - 1) >= 0.9 * dayMs;

/** A chart over time. It is a slider for the reader: the pointer or the arrow keys choose the moment, all charts follow. */
export function TimeFrame({ height, label, times, gutter, read, children }: {
  height: number;
  label: string;
  times: number[];
  /** Room at the right for the names of the series. */
  gutter: number;
  /** What is to be said of one moment. */
  read: (index: number) => string;
  children: (drawing: Drawing) => ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const time = useHair();
  const at = time === null ? null : bisectCenter(times, time);
  const plot: Plot = { width, height, left: 46, right: width - gutter, top: 8, bottom: height - 22 };
  const x = timeScale([times[0], times[times.length - 1]], [plot.left, plot.right]);

  const point = (event: PointerEvent) => {
    const pixel = event.clientX - box.current!.getBoundingClientRect().left - box.current!.clientLeft;
    readAt(times[bisectCenter(times, x.invert(pixel))]);
  };
  const press = (event: KeyboardEvent) => {
    const to = step(event, at ?? times.length - 1, times.length - 1);
    if (to === null) return;
    event.preventDefault();
    readAt(to < 0 ? null : times[to]);
  };

  const shown = at ?? times.length - 1;
  const when = moment(times[shown], isDaily(times));
  const tag = at === null ? null : tagAt(x(times[at]), when, plot);
  return (
    <div
      class="frame reading" ref={box} tabIndex={0} role="slider" aria-label={label}
      aria-valuemin={0} aria-valuemax={times.length - 1} aria-valuenow={shown} aria-valuetext={`${when}: ${read(shown)}`}
      onPointerMove={point} onPointerLeave={() => readAt(null)} onBlur={() => readAt(null)} onKeyDown={press}
    >
      <Canvas width={width} height={height}>{() => (
        <>
          {children({ plot, x, at })}
          <TimeAxis plot={plot} x={x} covered={tag} />
          {tag && <Hair plot={plot} x={x(times[shown])} tag={tag} text={when} />}
        </>
      )}</Canvas>
    </div>
  );
}

/** The position that a key moves to; -1 takes the hair away, null is a key that is not ours. */
function step(event: KeyboardEvent, at: number, last: number): number | null {
  const size = event.shiftKey ? 10 : 1;
  switch (event.key) {
    case 'ArrowLeft': return Math.max(0, at - size);
    case 'ArrowRight': return Math.min(last, at + size);
    case 'PageUp': return Math.max(0, at - 30);
    case 'PageDown': return Math.min(last, at + 30);
    case 'Home': return 0;
    case 'End': return last;
    case 'Escape': return -1;
    default: return null;
  }
}

/** From where to where the hair's label reaches; it stays inside the picture. */
function tagAt(x: number, text: string, plot: Plot): Interval {
  const half = text.length * 3.1 + 6;
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
