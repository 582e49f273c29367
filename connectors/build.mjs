// node build.mjs FOLDER         the connector as one file, with the eight venues of ccxt and no more
// node build.mjs FOLDER test    its tests, a file each
import { readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));
const [folder = '../artifacts/connector', what = 'main'] = process.argv.slice(2);

/** What ccxt's base imports for venues that are not bundled: packages of other chains, left out. */
const otherChains = {
    name: 'other-chains',
    resolveId: id => /dydx-v4-client\/registry|protobufjs/.test(id) ? '\0none' : undefined,
    load: id => id === '\0none' ? 'export default {};' : undefined,
};

const inputs = what === 'test'
    ? readdirSync(resolve(here, 'test')).filter(f => f.endsWith('.test.ts')).map(f => [`test/${f}`, f.replace('.ts', '.mjs')])
    : [['src/main.ts', 'connector.mjs']];

for (const [from, to] of inputs) {
    const bundle = await rolldown({
        input: resolve(here, from), platform: 'node', logLevel: 'warn', plugins: [otherChains], shimMissingExports: true, external: ['bufferutil', 'utf-8-validate'],
        resolve: { alias: { '#ccxt': resolve(here, 'node_modules/ccxt/js/src') } },
        onLog: (level, log, say) => log.code === 'SHIMMED_EXPORT' ? undefined : say(level, log),
    });
    await bundle.write({ file: resolve(here, folder, to), format: 'esm', codeSplitting: false });
}
