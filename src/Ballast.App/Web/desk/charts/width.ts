import { options, type RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

const measures = new Set<() => void>();

/** The width of an element in whole pixels, kept current: text then never scales with the picture. */
export function useWidth(box: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(measure);
    measure();
    measures.add(measure);
    observer.observe(element);
    return () => {
      measures.delete(measure);
      observer.disconnect();
    };
  }, []);
  return width;
}

/** Nothing is measured again once a page is being printed, so the paper's width is taken just before, and drawn at once. */
function drawFor(paper: boolean): void {
  document.documentElement.classList.toggle('paper', paper);
  options.debounceRendering = draw => draw();
  measures.forEach(measure => measure());
  delete options.debounceRendering;
}

addEventListener('beforeprint', () => drawFor(true));
addEventListener('afterprint', () => drawFor(false));
