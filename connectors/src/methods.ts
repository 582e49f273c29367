// The methods of the protocol: parameters are checked against the schemas, accounts are looked up, failures become words.
import * as account from './account';
import { markets } from './depth';
import { history } from './history';
import { instruments } from './markets';
import { cancel, cancelAll, query, send } from './orders';
import { fault } from './protocol';
import { Refused, Session } from './session';
import { sheets } from './sheets';
import { subscribe, type Tell } from './stream';

export class Methods {
    private readonly sessions = new Map<string, Session>();

    constructor(private readonly tell: Tell) { }

    readonly names = ['ping', 'open', 'close', 'instruments', 'send', 'cancel', 'cancelAll', 'query', 'snapshot', 'trades', 'clock', 'quotes', 'markets', 'history', 'rights', 'subscribe'] as const;

    /** Answers one request; what it throws is a Refused, fit to be shown. */
    async answer(method: string, params: any): Promise<unknown> {
        const wrong = fault(`${method}.params`, params ?? {});
        if (wrong) throw new Refused('params', `${method}: ${wrong}`);
        if (method === 'ping') return { protocol: 1, venues: sheets.map(({ venue, name, proven, asOf }) => ({ venue, name, proven, asOf })) };
        if (method === 'open') return await this.open(params);
        const session = this.sessions.get(params.account);
        if (!session) throw new Refused('notOpen', `the account '${params.account}' is not open`);
        try {
            return await this.ask(session, method, params);
        } catch (e) {
            throw session.scrubbed(e);
        }
    }

    async closeAll(): Promise<void> {
        await Promise.all([...this.sessions.values()].map(s => s.close()));
    }

    private async open(params: any) {
        await this.sessions.get(params.account)?.close();
        const session = await Session.open(params);
        this.sessions.set(params.account, session);
        const { sheet, ex, clock } = session;
        return { venue: sheet.venue, proven: sheet.proven, instruments: ex.symbols?.length ?? 0, ahead: clock.ahead };
    }

    private async ask(session: Session, method: string, p: any): Promise<unknown> {
        switch (method) {
            case 'close': await session.close(); this.sessions.delete(p.account); return {};
            case 'instruments': return instruments(session);
            case 'send': return await send(session, p);
            case 'cancel': return await cancel(session, p);
            case 'cancelAll': return await cancelAll(session, p.mark);
            case 'query': return await query(session, p);
            case 'snapshot': return await account.snapshot(session);
            case 'trades': return await account.trades(session, p.since, p.symbols);
            case 'clock': return await account.clock(session);
            case 'quotes': return await account.quotes(session, p.symbols);
            case 'markets': return await markets(session, p.symbols);
            case 'history': return await history(session, p);
            case 'rights': return await account.rights(session);
            case 'subscribe': subscribe(session, p.symbols, this.tell); return {};
            default: throw new Refused('params', `there is no method '${method}'`);
        }
    }
}
