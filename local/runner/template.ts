/** The synthesized assembly on disk: the one stack's template, and where its bundles are. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

export interface AssemblyFiles {
  readonly stackName: string;
  readonly template: Template;
  /** Asset folders by the object key under which a deployment uploads them. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { type: string; properties?: { templateFile?: string; stackName?: string } }>
  >;
}

interface AssetManifest {
  readonly files: Readonly<
    Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>
  >;
}

/**
 * Reads a cloud assembly folder (`cdk.out`).
 * @throws Error where there is none, or it does not hold exactly one stack
 */
export function readAssemblyFiles(folder: string): AssemblyFiles {
  const manifestFile = join(folder, 'manifest.json');
  if (!existsSync(manifestFile)) throw new Error(`${folder} holds no synthesized assembly`);
  const stacks = Object.entries(read<Manifest>(manifestFile).artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  const [id, stack] = stacks[0] ?? [];
  if (!id || !stack || stacks.length > 1) throw new Error(`${folder} holds ${stacks.length} stacks, not one`);
  return {
    stackName: stack.properties?.stackName ?? id,
    template: read<Template>(join(folder, stack.properties?.templateFile ?? `${id}.template.json`)),
    assets: readAssets(folder, `${id}.assets.json`),
  };
}

function readAssets(folder: string, file: string): Map<string, string> {
  const assets = new Map<string, string>();
  if (!existsSync(join(folder, file))) return assets;
  for (const { source, destinations } of Object.values(read<AssetManifest>(join(folder, file)).files))
    for (const { objectKey } of Object.values(destinations))
      assets.set(objectKey, resolve(folder, source.path));
  return assets;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
