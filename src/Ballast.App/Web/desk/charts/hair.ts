// The moment being read is shared by every chart on the page: point at one, and all say what was true then.
import { useEffect, useState } from 'preact/hooks';

let moment: number | null = null;
const readers = new Set<(time: number | null) => void>();

/** Moves the hair of all charts to a time, or takes it away. */
export function readAt(time: number | null): void {
  if (time === moment) return;
  moment = time;
  readers.forEach(tell => tell(time));
}

/** The time being read, or null. */
export function useHair(): number | null {
  const [time, setTime] = useState(moment);
  useEffect(() => {
    readers.add(setTime);
    return () => void readers.delete(setTime);
  }, []);
  return time;
}
