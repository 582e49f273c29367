// Back-tests and sweeps: asked for, followed, cancelled, and laid side by side. The service runs them.
import { useEffect, useState } from 'preact/hooks';
import { Pareto } from '../charts/pareto';
import { number, percent, plain } from '../format';
import { ofPolicies } from '../parts/neighbours';
import type { Columns } from '../parts/table';
import { at as path, cancel, get, newKey, post } from './api';
import { Box, mount, Trouble, useAsked } from './mount';
import { may } from './shell';

type Num = number | null;
interface Asked { kind: string; portfolio: string; prices?: string; vary?: Record<string, string>; fill?: string; fee?: string }
interface Summary { id: string; asked: Asked; by: string; created: string; state: string; done: number; total: number; seconds: Num; trouble: string | null; report: boolean }
interface Listed { items: Summary[]; choices: { portfolios: { id: string; file: string; prices: string | null }[]; prices: string[]; vary: string[] } }
interface Row { place: number; endValue: string; cagr: Num; volatility: Num; maxDrawdown: Num; sharpe: Num; turnover: Num; costBpsAYear: Num; trackingError: Num; rebalances: number; [key: string]: unknown }
interface Whole extends Summary { result: null | { keys?: string[]; rows?: Row[]; evidence?: { tried: number; best: number; sharpe: Num; deflated: Num }; base: string; endValue?: string; cagr?: Num; volatility?: Num; sharpe?: Num; maxDrawdown?: Num; costs?: string; rebalances?: number; holdComparison?: { endValue: string; cagr: Num; sharpe: Num } | null } }

const ratio = (value: Num | undefined) => value === null || value === undefined ? '–' : number(value, 2);
const part = (value: Num | undefined, digits = 1) => value === null || value === undefined ? '–' : percent(value, digits);
const named = (asked: Asked) => asked.vary ? Object.entries(asked.vary).map(([key, list]) => `${key} ${list}`).join(', ') : 'back-test';

export const lab = (): Node[] => mount(<Lab />);

function Lab() {
  const [version, setVersion] = useState(0);
  const [live, setLive] = useState<Record<string, Summary>>({});
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    const heard = (event: Event) => {
      const run = (event as CustomEvent<Summary>).detail;
      setLive(before => ({ ...before, [run.id]: run }));
      if (run.state !== 'running') setVersion(v => v + 1);
    };
    addEventListener('desk-run', heard);
    return () => removeEventListener('desk-run', heard);
  }, []);
  const { said, fault } = useAsked(() => get<Listed>('/runs'), String(version));
  const runs = said?.items.map(run => run.state === 'running' || run.state === 'queued' ? live[run.id] ?? run : run) ?? [];
  const id = chosen ?? runs.find(run => run.state === 'done')?.id ?? null;
  const shown = useAsked(() => id ? get<Whole>(path('runs', id)) : Promise.resolve(null), `${id} ${runs.find(run => run.id === id)?.state}`);
  return (
    <div class="lab left">
      <div class="title"><h1>Lab</h1><span class="dim">what the rules would have done; nothing here trades</span></div>
      <Trouble fault={fault} />
      <div class="threecols">
        {said && <Form choices={said.choices} isEmpty={runs.length === 0} started={run => { setLive(before => ({ ...before, [run]: before[run] })); setChosen(run); setVersion(v => v + 1); }} />}
        <Picture run={shown.said} />
        <Runs runs={runs} chosen={id} choose={setChosen} changed={() => setVersion(v => v + 1)} />
      </div>
      <Trouble fault={shown.fault} />
      {shown.said?.result && <SideBySide key={shown.said.id} run={shown.said} />}
    </div>
  );
}

function Form({ choices, isEmpty, started }: { choices: Listed['choices']; isEmpty: boolean; started: (id: string) => void }) {
  const first = choices.portfolios.find(p => p.prices) ?? choices.portfolios[0];
  const [asked, setAsked] = useState({ kind: 'sweep', portfolio: first?.id ?? '', prices: '', vary: 'drift=1%..16%:1%', fill: '', fee: '' });
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const body = () => ({
    kind: asked.kind, portfolio: asked.portfolio, ...(asked.prices ? { prices: asked.prices } : {}), ...(asked.fill ? { fill: asked.fill } : {}), ...(asked.fee.trim() ? { fee: asked.fee.trim() } : {}),
    ...(asked.kind === 'sweep' ? { vary: Object.fromEntries(asked.vary.split(/\s*[;\n]\s*/).filter(Boolean).map(line => { const cut = line.indexOf('='); return cut < 0 ? [line, ''] : [line.slice(0, cut).trim(), line.slice(cut + 1).trim()]; })) } : {}),
  });
  const estimate = useAsked(() => asked.portfolio ? post<{ policies: number; bars: number; seconds: Num }>('/runs/estimate', body()) : Promise.resolve(null), JSON.stringify(asked), 500);
  const set = (key: keyof typeof asked) => (event: Event) => setAsked({ ...asked, [key]: (event.currentTarget as HTMLInputElement).value });
  const run = async (what: object) => {
    setBusy(true);
    try { started((await post<Summary>('/runs', what, newKey())).id); setFault(null); } catch (wrong) { setFault(wrong); }
    setBusy(false);
  };
  if (!first) return <section class="panel"><header><h2>Run</h2></header><p>There is no portfolio yet. <a href="/start">Start with the example</a>.</p></section>;
  return (
    <section class="panel"><header><h2>Run</h2></header>
      {isEmpty && may('operator') && <p>Nothing was run yet. <button class="primary" disabled={busy} onClick={() => void run({ kind: 'sweep', portfolio: first.id, vary: { drift: '1%..16%:1%' } })}>Run the example sweep</button></p>}
      <form class="form" onSubmit={event => { event.preventDefault(); void run(body()); }}>
        <label class="field">What<select value={asked.kind} onChange={set('kind')}><option value="sweep">Sweep: many policies</option><option value="backtest">Back-test: this policy</option></select></label>
        <label class="field">Policy<select value={asked.portfolio} onChange={set('portfolio')}>{choices.portfolios.map(p => <option key={p.id} value={p.id}>{plain(p.file)}</option>)}</select></label>
        <label class="field">Prices<select value={asked.prices} onChange={set('prices')}><option value="">its own</option>{choices.prices.map(p => <option key={p} value={p}>{plain(p)}</option>)}</select></label>
        {asked.kind === 'sweep' && <label class="field">Vary<input value={asked.vary} onInput={set('vary')} autocomplete="off" /><small>{choices.vary.slice(0, 8).join(', ')}, …; several with a semicolon between</small></label>}
        <label class="field">Fill<select value={asked.fill} onChange={set('fill')}><option value="">next open, else next close</option><option value="next-open">next open</option><option value="next-close">next close</option><option value="close">same close (optimistic)</option></select></label>
        <label class="field">Fee<input value={asked.fee} onInput={set('fee')} placeholder="as in the file" autocomplete="off" /></label>
        <p class="dim" role="status">{estimate.said && !estimate.fault && `${number(estimate.said.policies, 0)} ${estimate.said.policies === 1 ? 'run' : 'runs'} over ${number(estimate.said.bars, 0)} bars, ${estimate.said.seconds === null ? 'more than a second each' : `about ${number(Math.max(0.1, estimate.said.seconds), 1)} s`}`}</p>
        <Trouble fault={fault ?? estimate.fault} />
        <button class="primary" disabled={busy || !may('operator') || !!estimate.fault}>Run</button>
      </form>
    </section>
  );
}

function Runs({ runs, chosen, choose, changed }: { runs: Summary[]; chosen: string | null; choose: (id: string) => void; changed: () => void }) {
  const sign: Record<string, string> = { done: '●', running: '◐', queued: '○', cancelled: '◌', failed: '■' };
  return (
    <section class="panel"><header><h2>Runs</h2></header>
      {runs.length === 0 && <p class="dim">What you run is kept here.</p>}
      <ul class="plainlist">{runs.map(run => (
        <li key={run.id}><button class="quiet" aria-pressed={run.id === chosen} onClick={() => choose(run.id)}>{sign[run.state]} {plain(run.asked.portfolio)}: {plain(named(run.asked), 60)}</button>
          <span class="dim"> {run.state}, {number(run.done, 0)} of {number(run.total, 0)}{run.state === 'running' && run.done > 0 && run.seconds ? `, about ${number(run.seconds * (run.total - run.done) / run.done, 0)} s left` : ''}{run.trouble ? `: ${run.trouble}` : ''}</span>
          {(run.state === 'running' || run.state === 'queued') && <><progress max={run.total} value={run.done} aria-label="Progress" /><button onClick={() => void cancel(path('runs', run.id)).then(changed)}>Cancel</button></>}
        </li>))}</ul>
    </section>
  );
}

const label = (run: Whole, row: Row) => run.result!.keys!.map(key => String(row[key])).join(', ');

function Picture({ run }: { run: Whole | null }) {
  const rows = run?.result?.rows?.filter(row => row.trackingError !== null && row.costBpsAYear !== null) ?? [];
  if (!run?.result?.rows) return <section class="panel"><header><h2>Cost against tracking error</h2></header><p class="dim">A sweep shows here what each policy costs a year, and how near it stays to the targets.</p></section>;
  const best = run.result.evidence?.best;
  const dots = rows.map(row => ({ label: plain(label(run, row), 24), costBps: row.costBpsAYear!, trackingError: row.trackingError!, rebalances: row.rebalances, chosen: row.place === best }));
  const columns = (): Columns => ({ names: ['Policy', 'cost, bps a year', 'tracking error', 'rebalances'], rows: dots.map(d => [d.label, number(d.costBps, 1), percent(d.trackingError, 2), number(d.rebalances, 0)]) });
  return <Box title="Which band is worth it?" unit={`${dots.length} policies; the line joins those that nothing beats in both; large: best Sharpe`} columns={columns}>{dots.length > 0 ? <Pareto label={`Cost against tracking error of ${dots.length} policies`} captions={ofPolicies} runs={dots} height={360} /> : <p class="dim">The targets are not fixed, so that there is no tracking error to weigh against cost.</p>}</Box>;
}

function SideBySide({ run }: { run: Whole }) {
  const [ticked, setTicked] = useState<number[]>([]);
  const [only, setOnly] = useState(false);
  const result = run.result!;
  const evidence = result.evidence;
  const rows = [...(result.rows ?? [])].sort((a, b) => (b.sharpe ?? -Infinity) - (a.sharpe ?? -Infinity)).filter(row => !only || ticked.includes(row.place)).slice(0, 200);
  const report = `/api/v1/runs/${encodeURIComponent(run.id)}/report`;
  return (
    <section class="panel"><header><h2>Side by side</h2>
      <span class="dim">{evidence ? `${number(evidence.tried, 0)} policies tried; best of many: Sharpe ${ratio(evidence.sharpe)}, which is above what the best of so many shows by chance with probability ${part(evidence.deflated)}` : 'this policy beside holding'}{run.state === 'cancelled' ? `; cancelled, ${run.done} of ${run.total} done` : ''}</span>
      <span class="tabs right">{evidence && <button aria-pressed={only} disabled={ticked.length === 0} onClick={() => setOnly(!only)}>Only those ticked</button>}{run.report && <><a href={report} target="_blank" rel="noopener" data-out>Open report</a> <a href={report} download={`${run.asked.portfolio}-${run.id}.html`} data-out>Keep</a></>}</span></header>
      <div class="scroll" tabIndex={0} role="region" aria-label="Side by side, scrolls sideways"><table><caption class="hidden">Side by side</caption>
        <thead><tr><th scope="col">Policy</th><th scope="col" class="n">Growth a year</th><th scope="col" class="n">Volatility</th><th scope="col" class="n">Deepest fall</th><th scope="col" class="n">Sharpe</th><th scope="col" class="n">Turnover</th><th scope="col" class="n">Cost, bps a year</th><th scope="col" class="n">Rebalances</th><th scope="col" class="n">End value, {result.base}</th></tr></thead>
        <tbody>{result.rows ? rows.map(row => (
          <tr key={row.place} class={row.place === evidence?.best ? 'best' : ''}><th scope="row"><label><input type="checkbox" checked={ticked.includes(row.place)} disabled={!ticked.includes(row.place) && ticked.length >= 4} onChange={() => setTicked(ticked.includes(row.place) ? ticked.filter(t => t !== row.place) : [...ticked, row.place])} /> {plain(label(run, row))}</label></th>
            <td class="n">{part(row.cagr)}</td><td class="n">{part(row.volatility)}</td><td class="n">{part(row.maxDrawdown)}</td><td class="n">{ratio(row.sharpe)}</td><td class="n">{ratio(row.turnover)}</td><td class="n">{row.costBpsAYear === null ? '–' : number(row.costBpsAYear, 1)}</td><td class="n">{number(row.rebalances, 0)}</td><td class="n">{number(Number(row.endValue), 0)}</td></tr>))
          : <><tr><th scope="row">this policy</th><td class="n">{part(result.cagr)}</td><td class="n">{part(result.volatility)}</td><td class="n">{part(result.maxDrawdown)}</td><td class="n">{ratio(result.sharpe)}</td><td class="n">–</td><td class="n">–</td><td class="n">{result.rebalances}</td><td class="n">{number(Number(result.endValue), 0)}</td></tr>
            {result.holdComparison && <tr><th scope="row">holding</th><td class="n">{part(result.holdComparison.cagr)}</td><td class="n">–</td><td class="n">–</td><td class="n">{ratio(result.holdComparison.sharpe)}</td><td class="n">0</td><td class="n">0</td><td class="n">0</td><td class="n">{number(Number(result.holdComparison.endValue), 0)}</td></tr>}</>}
        </tbody></table></div>
    </section>
  );
}
