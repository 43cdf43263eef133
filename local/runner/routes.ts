/** Which route of an HTTP API a request takes: the most specific one, as API Gateway chooses. */
import type { RouteSpec } from './api-resources.ts';
import { decodePath } from './http-event.ts';

export interface FoundRoute {
  readonly route: RouteSpec;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** @param path without its query, still percent-encoded */
export function findRoute(
  routes: readonly RouteSpec[],
  method: string,
  path: string,
): FoundRoute | undefined {
  const found = routes
    .map((route) => matchRoute(route, method, path))
    .filter((match) => match !== undefined)
    .sort((a, b) => b.specificity - a.specificity);
  return found[0];
}

function matchRoute(route: RouteSpec, method: string, path: string) {
  if (route.key === '$default') return { route, pathParameters: {}, specificity: 0 };
  const [routeMethod, pattern = ''] = route.key.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const match = patternOf(pattern).exec(path);
  if (!match) return undefined;
  const parameters = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodePath(value)]);
  return {
    route,
    pathParameters: Object.fromEntries(parameters),
    specificity: specificity(pattern) + (routeMethod === 'ANY' ? 0 : 1),
  };
}

/** `/v1/{id}` takes one part, `/v1/{rest+}` the rest. */
function patternOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.*?^$()|[\]\\]/g, '\\$&')
    .replace(/\{(\w+)(\+?)\}/g, (_, name, greedy) => `(?<${name}>${greedy ? '.+' : '[^/]+'})`);
  return new RegExp(`^${source}/?$`);
}

/** Literal parts weigh more than parameters, parameters more than `{rest+}`. */
function specificity(pattern: string): number {
  const weights = pattern
    .split('/')
    .map((part) => (part.endsWith('+}') ? 2 : part.endsWith('}') ? 100 : 1000));
  return weights.reduce((sum, weight) => sum + weight, 0);
}
