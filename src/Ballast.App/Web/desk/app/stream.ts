// What changes, as the service tells it; and how old the last word is.

type Hear = (kind: string, data: Record<string, unknown>) => void;

let last = performance.now();

/** Seconds since the service last said anything. */
export const silence = () => (performance.now() - last) / 1000;

export function follow(hear: Hear): () => void {
  const source = new EventSource('/api/v1/events');
  for (const kind of ['beat', 'portfolio', 'loop', 'journal', 'safety', 'run', 'reset'])
    source.addEventListener(kind, event => {
      last = performance.now();
      if (kind === 'beat') dispatchEvent(new Event('desk-beat'));
      else hear(kind, JSON.parse((event as MessageEvent<string>).data));
    });
  return () => source.close();
}
