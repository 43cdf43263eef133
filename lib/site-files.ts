/**
 * The dashboard's files: `web/` bundled by esbuild, in-process, without network. What may be kept for good carries a
 * hash in its name, and `index.html` names what is current.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { buildSync, type Metafile } from 'esbuild';

const web = join(import.meta.dirname, '../web');

/** Safari 17, Chrome 120 and Firefox 121 came before 2024. */
const target = ['es2023', 'safari17'];

/** The asset that is deployed: it changes when what is built changes. */
export function siteFiles(): ISource {
  return Source.asset(web, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('scratch'), // never used: what is local succeeds or throws
      local: {
        tryBundle(folder) {
          buildSite(folder);
          return true;
        },
      },
    },
  });
}

/** Writes the files into a folder. @throws Error with esbuild's messages */
export function buildSite(folder: string): void {
  const { metafile } = buildSync({
    entryPoints: { app: join(web, 'app.tsx'), style: join(web, 'styles/style.css') },
    outdir: join(folder, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target,
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
  });
  copyFileSync(join(web, 'bell.svg'), join(folder, 'bell.svg'));
  writeFileSync(join(folder, 'index.html'), pageFor(metafile));
}

/** `web/index.html` with its entry points replaced by the files made from them. */
function pageFor({ outputs }: Metafile): string {
  const html = readFileSync(join(web, 'index.html'), 'utf8');
  return Object.entries(outputs).reduce((page, [path, { entryPoint }]) => {
    if (!entryPoint) return page;
    const source = entryPoint.slice(entryPoint.lastIndexOf('web/') + 'web'.length);
    return page.replace(`"${source}"`, `"/assets/${basename(path)}"`);
  }, html);
}
