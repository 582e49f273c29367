// Back-tests and sweeps: asked for, followed, cancelled, and laid side by side. The service runs them.
import { useEffect, useState } from 'preact/hooks';
import { efficient, Pareto } from '../charts/pareto';
import { seriesAt } from '../charts/series';
import { TimeChart, type Line } from '../charts/time';
import { number, percent, plain, short } from '../format';
import { ofPolicies } from '../parts/neighbours';
import type { Columns } from '../parts/table';
import { at as path, cancel, get, newKey, post } from './api';
import { Box, mount, Trouble, useAsked } from './mount';
import type { Asked, BacktestResult, Num, RunCurves, RunEstimate, Runs as Listed, RunSummary as Summary, RunWhole as Whole, SweepResult, SweepRow as Row } from './served';
import { may } from './shell';

const ratio = (value: Num | undefined) => value === null || value === undefined ? '–' : number(value, 2);
const part = (value: Num | undefined, digits = 1) => value === null || value === undefined ? '–' : percent(value, digits);
const sweep = (run: Whole | null) => run?.result && 'rows' in run.result ? run.result as SweepResult : null;
const named = (asked: Asked) => asked.vary ? Object.entries(asked.vary).map(([key, list]) => `${key} ${list}`).join(', ') : 'back-test';

export const lab = (): Node[] => mount(<Lab />);

function Lab() {
  const [version, setVersion] = useState(0);
  const [live, setLive] = useState<Record<string, Summary>>({});
  const [chosen, setChosen] = useState<string | null>(null);
  const [ticks, setTicks] = useState<{ run: string; places: number[] }>({ run: '', places: [] });
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
  const ticked = ticks.run === id ? ticks.places : [];
  const tick = (place: number) => setTicks({ run: id ?? '', places: ticked.includes(place) ? ticked.filter(t => t !== place) : [...ticked, place].slice(-4) });
  return (
    <div class="lab left">
      <div class="title"><h1>Lab</h1><span class="dim">what the rules would have done; nothing here trades</span></div>
      <Trouble fault={fault} />
      <div class="threecols">
        <div class="left">{said && <Form choices={said.choices} isEmpty={runs.length === 0} started={run => { setLive(before => ({ ...before, [run]: before[run] })); setChosen(run); setVersion(v => v + 1); }} />}
          <Runs runs={runs} chosen={id} choose={setChosen} changed={() => setVersion(v => v + 1)} /></div>
        <Picture run={shown.said} pick={tick} />
        <Curves run={shown.said} ticked={ticked} />
      </div>
      <Trouble fault={shown.fault} />
      {shown.said?.result && <SideBySide key={shown.said.id} run={shown.said} ticked={ticked} tick={tick} />}
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
  const estimate = useAsked(() => asked.portfolio ? post<RunEstimate>('/runs/estimate', body()) : Promise.resolve(null), JSON.stringify(asked), 500);
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
          <span class="dim state"> {run.state}, {number(run.done, 0)} of {number(run.total, 0)}{run.state === 'running' && run.done > 0 && run.seconds ? `, about ${number(run.seconds * (run.total - run.done) / run.done, 0)} s left` : ''}{run.trouble ? `: ${run.trouble}` : ''}</span>
          {(run.state === 'running' || run.state === 'queued') && <><progress max={run.total} value={run.done} aria-label="Progress" /><button onClick={() => void cancel(path('runs', run.id)).then(changed)}>Cancel</button></>}
        </li>))}</ul>
    </section>
  );
}

const label = (result: SweepResult, row: Row) => result.keys.map(key => String((row as unknown as Record<string, unknown>)[key])).join(', ');

function Picture({ run, pick }: { run: Whole | null; pick: (place: number) => void }) {
  const result = sweep(run);
  const rows = result?.rows.filter(row => row.trackingError !== null && row.costBpsAYear !== null) ?? [];
  if (run && !result) return null;
  if (!result) return <section class="panel"><header><h2>Cost against tracking error</h2></header><p class="dim">A sweep shows here what each policy costs a year, and how near it stays to the targets.</p></section>;
  const dots = rows.map(row => ({ label: plain(label(result, row), 24), costBps: row.costBpsAYear!, trackingError: row.trackingError!, rebalances: row.rebalances, chosen: row.place === result.evidence.best }));
  const columns = (): Columns => ({ names: ['Policy', 'cost, bps a year', 'tracking error', 'rebalances'], rows: dots.map(d => [d.label, number(d.costBps, 1), percent(d.trackingError, 2), number(d.rebalances, 0)]) });
  return <Box title="Which band is worth it?" unit={`${dots.length} policies; the line joins those that nothing beats in both; click a dot to lay it beside the others`} columns={columns}>{dots.length > 0 ? <Pareto label={`Cost against tracking error of ${dots.length} policies`} captions={ofPolicies} runs={dots} height={430} chosen="best Sharpe" pick={i => pick(rows[i].place)} /> : <p class="dim">The targets are not fixed, so that there is no tracking error to weigh against cost.</p>}</Box>;
}

/** The best, and the two ends of what nothing beats, where nobody ticked anything. */
function usual(result: SweepResult): number[] {
  const known = result.rows.filter(row => row.trackingError !== null && row.costBpsAYear !== null);
  const runs = known.map(row => ({ label: '', costBps: row.costBpsAYear!, trackingError: row.trackingError!, rebalances: row.rebalances, chosen: false, place: row.place }));
  const front = (efficient(runs) as typeof runs).sort((a, b) => a.costBps - b.costBps);
  return [...new Set([result.evidence.best, ...front.slice(0, 1).map(f => f.place), ...front.slice(-1).map(f => f.place)])];
}

function Curves({ run, ticked }: { run: Whole | null; ticked: number[] }) {
  const [log, setLog] = useState(false);
  const result = sweep(run);
  const places = result ? ticked.length > 0 ? ticked : usual(result) : [0];
  const asked = run?.result ? `${run.id} ${run.state} ${places}` : '';
  const { said, fault } = useAsked(() => run?.result ? get<RunCurves>(`${path('runs', run.id, 'curves')}?places=${places.join(',')}`) : Promise.resolve(null), asked);
  if (!run?.result) return <section class="panel"><header><h2>What became of 100?</h2></header><p class="dim">The value of each policy over time, beside holding.</p></section>;
  const name = (place: number) => result ? plain(label(result, result.rows.find(row => row.place === place) ?? result.rows[0]), 18) : 'this policy';
  const times = said?.times.map(t => Date.parse(t)) ?? [];
  const curves = said ? [...(said.hold ? [{ name: 'holding', ...said.hold, series: 'rest' as const }] : []), ...said.curves.map((c, k) => ({ ...c, name: name(c.place), series: seriesAt(k) })).reverse()] : [];
  const lines = (of: 'values' | 'falls'): Line[] => curves.map(c => ({ name: c.name, values: c[of], series: c.series }));
  const isLog = log && curves.every(c => c.values.every(v => v > 0));
  const columns = (): Columns => ({ names: ['Time', ...curves.flatMap(c => [c.name, `${c.name}, fall`])], rows: said!.times.map((t, i) => [t.slice(0, 16).replace('T', ' '), ...curves.flatMap(c => [number(c.values[i], 2), percent(c.falls[i])])]) });
  return (
    <Box title="What became of 100?" unit={result ? `${ticked.length > 0 ? 'the policies ticked below' : 'the best by Sharpe, and the two ends of the line'}, and holding${isLog ? '; log: equal distances are equal multiples' : ''}` : 'this policy, and holding'} {...(said ? { columns } : {})}>
      <Trouble fault={fault} />
      {said && times.length > 1 && curves.length > 0 && <>
        <TimeChart key={`v${places}${isLog}`} label={`Value of ${curves.map(c => c.name).join(', ')}`} height={280} times={times} lines={lines('values')} log={isLog} tick={short} exact={v => number(v, 1)} />
        <p class="chartname">Below the last high</p>
        <TimeChart key={`f${places}`} label={`Fall below the last high of ${curves.map(c => c.name).join(', ')}`} height={150} times={times} lines={lines('falls')} tick={v => percent(v, 0)} exact={v => percent(v)} /></>}
      <div class="ask"><label><input type="checkbox" checked={log} onChange={event => setLog(event.currentTarget.checked)} /> log scale</label></div>
    </Box>
  );
}

function SideBySide({ run, ticked, tick }: { run: Whole; ticked: number[]; tick: (place: number) => void }) {
  const [only, setOnly] = useState(false);
  const swept = sweep(run);
  const result = run.result as BacktestResult;
  const evidence = swept?.evidence;
  const rows = [...(swept?.rows ?? [])].sort((a, b) => (b.sharpe ?? -Infinity) - (a.sharpe ?? -Infinity)).filter(row => !only || ticked.length === 0 || ticked.includes(row.place)).slice(0, 200);
  const report = `/api/v1/runs/${encodeURIComponent(run.id)}/report`;
  return (
    <section class="panel"><header><h2>Side by side</h2>
      <span class="dim">{evidence ? `${number(evidence.tried, 0)} policies tried; best of many: Sharpe ${ratio(evidence.sharpe)}, which is above what the best of so many shows by chance with probability ${part(evidence.deflated)}` : 'this policy beside holding'}{run.state === 'cancelled' ? `; cancelled, ${run.done} of ${run.total} done` : ''}</span>
      <span class="tabs right">{evidence && <button aria-pressed={only} disabled={ticked.length === 0} onClick={() => setOnly(!only)}>Only those ticked</button>}{run.report && <><a href={report} target="_blank" rel="noopener" data-out>Open report</a> <a href={report} download={`${run.asked.portfolio}-${run.id}.html`} data-out>Keep</a></>}</span></header>
      <div class="scroll" tabIndex={0} role="region" aria-label="Side by side, scrolls sideways"><table><caption class="hidden">Side by side</caption>
        <thead><tr><th scope="col">Policy</th><th scope="col" class="n">Growth a year</th><th scope="col" class="n">Volatility</th><th scope="col" class="n">Deepest fall</th><th scope="col" class="n">Sharpe</th><th scope="col" class="n">Turnover</th><th scope="col" class="n">Cost, bps a year</th><th scope="col" class="n">Rebalances</th><th scope="col" class="n">End value, {result.base}</th></tr></thead>
        <tbody>{swept ? rows.map(row => (
          <tr key={row.place} class={row.place === evidence?.best ? 'best' : ''}><th scope="row"><label><input type="checkbox" checked={ticked.includes(row.place)} disabled={!ticked.includes(row.place) && ticked.length >= 4} onChange={() => tick(row.place)} /> {plain(label(swept, row))}</label></th>
            <td class="n">{part(row.cagr)}</td><td class="n">{part(row.volatility)}</td><td class="n">{part(row.maxDrawdown)}</td><td class="n">{ratio(row.sharpe)}</td><td class="n">{ratio(row.turnover)}</td><td class="n">{row.costBpsAYear === null ? '–' : number(row.costBpsAYear, 1)}</td><td class="n">{number(row.rebalances, 0)}</td><td class="n">{number(Number(row.endValue), 0)}</td></tr>))
          : <><tr><th scope="row">this policy</th><td class="n">{part(result.cagr)}</td><td class="n">{part(result.volatility)}</td><td class="n">{part(result.maxDrawdown)}</td><td class="n">{ratio(result.sharpe)}</td><td class="n">{ratio(result.turnover)}</td><td class="n">–</td><td class="n">{result.rebalances}</td><td class="n">{number(Number(result.endValue), 0)}</td></tr>
            {result.holdComparison && <tr><th scope="row">holding</th><td class="n">{part(result.holdComparison.cagr)}</td><td class="n">{part(result.holdComparison.volatility)}</td><td class="n">{part(result.holdComparison.maxDrawdown)}</td><td class="n">{ratio(result.holdComparison.sharpe)}</td><td class="n">0</td><td class="n">0</td><td class="n">0</td><td class="n">{number(Number(result.holdComparison.endValue), 0)}</td></tr>}</>}
        </tbody></table></div>
    </section>
  );
}
