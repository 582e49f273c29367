import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Canvas } from './frame';
import { readAt, useHair } from './hair';
import { useWidth } from './width';

/** A picture laid out for a width. */
export interface Layout {
  /** The position nearest to a pixel. */
  nearest: (x: number, y: number) => number;
  /** The ink, with the position that is being read, or null. */
  draw: (at: number | null) => ComponentChildren;
}

/** A picture that is read at one of its positions. It is a slider for the reader: the pointer or the arrow keys choose, all charts follow. */
export function Reading({ height, label, count, say, layout }: {
  height: number;
  label: string;
  /** How many positions there are. */
  count: number;
  /** What is to be said of one position. */
  say: (index: number) => string;
  layout: (width: number) => Layout;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const at = useHair();
  const { nearest, draw } = layout(width);
  const shown = at ?? count - 1;

  const point = (event: PointerEvent) => {
    const edge = box.current!.getBoundingClientRect();
    readAt(nearest(event.clientX - edge.left - box.current!.clientLeft, event.clientY - edge.top - box.current!.clientTop));
  };
  const press = (event: KeyboardEvent) => {
    const to = step(event, shown, count - 1);
    if (to === null) return;
    event.preventDefault();
    readAt(to < 0 ? null : to);
  };

  return (
    <div
      class="frame reading" ref={box} tabIndex={0} role="slider" aria-label={label}
      aria-valuemin={0} aria-valuemax={count - 1} aria-valuenow={shown} aria-valuetext={say(shown)}
      onPointerMove={point} onPointerLeave={() => readAt(null)} onBlur={() => readAt(null)} onKeyDown={press}
    >
      <Canvas width={width} height={height}>{() => draw(at)}</Canvas>
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
