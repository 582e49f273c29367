// A Preact page inside a place of the desk's own.
import { render, type ComponentChildren, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Panel } from '../parts/panel';
import type { Columns } from '../parts/table';
import { h } from './dom';
import { words } from './shell';

export function mount(page: VNode): Node[] {
  const place = h('div', {});
  render(page, place);
  return [place];
}

/** A panel of the desk whose picture is also a table: key `t`. */
export function Box({ title, unit, columns, children }: { title: string; unit?: string; columns?: () => Columns; children: ComponentChildren }) {
  return <section class="panel"><Panel title={title} {...(unit ? { unit } : {})} {...(columns ? { columns } : {})}>{children}</Panel></section>;
}

/** What the service says, asked again when `key` changes; the old answer stays until the new one is there. */
export function useAsked<T>(ask: () => Promise<T>, key: string, wait = 0): { said: T | null; fault: unknown; waits: boolean } {
  const [state, setState] = useState<{ said: T | null; fault: unknown; key: string }>({ said: null, fault: null, key: '' });
  const newest = useRef(key);
  newest.current = key;
  useEffect(() => {
    const timer = setTimeout(() => {
      ask().then(said => ({ said, fault: null }), fault => ({ fault })).then(answer => {
        if (newest.current === key) setState(before => ({ said: before.said, ...answer, key }));
      });
    }, wait);
    return () => clearTimeout(timer);
  }, [key]);
  return { said: state.said, fault: state.fault, waits: state.key !== key };
}

export const Trouble = ({ fault }: { fault: unknown }) => fault ? <p class="refused" role="alert">{words(fault)}</p> : null;
