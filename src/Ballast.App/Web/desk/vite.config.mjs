import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

// The report is one file: script, style and font are inlined, and nothing is left to be fetched.
export default defineConfig({
  base: './',
  logLevel: 'warn',
  plugins: [viteSingleFile({ removeViteModuleLoader: true })],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    rollupOptions: { input: 'report.html' },
  },
});
