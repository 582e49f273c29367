// The connector: JSON-RPC over stdin and stdout, nothing else. It ends when its input ends.
import { createMessageConnection, ErrorCodes, ResponseError, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { Methods } from './methods';
import { Refused } from './session';

// stdout carries the protocol, and a library's remarks could carry secrets.
for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) console[level] = () => undefined;

const connection = createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
const methods = new Methods((method, params) => void connection.sendNotification(method, params).catch(end));

for (const name of methods.names) connection.onRequest(name, (params: unknown) => methods.answer(name, params).catch(failed));
connection.onClose(end);
connection.onError(end);
process.stdin.on('end', end);
// Ctrl-C reaches the whole group: whoever started this process ends it when it is done with it.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
// A library's forgotten promise is no reason to lose an order's answer.
process.on('unhandledRejection', () => undefined);
connection.listen();

function failed(e: unknown): never {
    if (e instanceof Refused) throw new ResponseError(e.kind === 'params' ? ErrorCodes.InvalidParams : -32000, e.message, { kind: e.kind });
    throw new ResponseError(ErrorCodes.InternalError, 'a defect of the connector', { kind: 'defect' });
}

function end(): void {
    setTimeout(() => process.exit(0), 500).unref();
    void methods.closeAll().finally(() => process.exit(0));
}
