// The position being read is shared by every chart on the page: point at one, and all say what is true there.
import { useEffect, useState } from 'preact/hooks';

let position: number | null = null;
const readers = new Set<(index: number | null) => void>();

/** Moves the hair of all charts to a position, or takes it away. */
export function readAt(index: number | null): void {
  if (index === position) return;
  position = index;
  readers.forEach(tell => tell(index));
}

/** The position being read, or null. */
export function useHair(): number | null {
  const [index, setIndex] = useState(position);
  useEffect(() => {
    readers.add(setIndex);
    return () => void readers.delete(setIndex);
  }, []);
  return index;
}
