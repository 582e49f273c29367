import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useWidth } from './width';

/** Where ink may go, in pixels: the plot lies between the edges, labels outside them. */
export interface Plot {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A picture that is looked at as a whole: a label says what it shows, its table says the numbers. */
export function Picture({ height, label, children }: {
  height: number | ((width: number) => number);
  label: string;
  children: (width: number) => ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div class="frame" ref={box} role="img" aria-label={label}>
      <Canvas width={width} height={typeof height === 'number' ? height : height(width)}>{children}</Canvas>
    </div>
  );
}

/** The drawing surface; it shrinks as a whole on paper, where nothing measures it again. */
export function Canvas({ width, height, children }: {
  width: number;
  height: number;
  children: (width: number) => ComponentChildren;
}) {
  if (width === 0) return null;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {children(width)}
    </svg>
  );
}
