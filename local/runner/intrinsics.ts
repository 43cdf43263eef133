/**
 * CloudFormation's intrinsic functions, as far as the assembly uses them. What is not known here stops the start
 * with the resource, the property and the function's name, rather than running something that AWS would not.
 */

/** What `Ref` and `Fn::GetAtt` lead to, and the conditions of the template. */
export interface Scope {
  /** Undefined: no such resource, parameter or pseudo parameter. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): unknown;
}

/** Marks a property that is to be left out (`AWS::NoValue`). */
export const noValue = Symbol('AWS::NoValue');

type Arguments = readonly unknown[];
type Intrinsic = (argument: unknown, resolve: (value: unknown) => unknown, scope: Scope) => unknown;

const intrinsics: Record<string, Intrinsic> = {
  Ref: (name, _, scope) => known(scope.ref(String(name)), `nothing is called ${name}`),
  Condition: (name, resolve, scope) => resolve(known(scope.condition(String(name)), `no condition ${name}`)),
  'Fn::GetAtt': (argument, _, scope) => getAttribute(argument, scope),
  'Fn::Join': (argument, resolve) => {
    const [separator, parts] = argument as [string, unknown];
    return (resolve(parts) as Arguments).join(separator);
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, resolve) => {
    const [index, list] = resolve(argument) as [number, Arguments];
    return known(list[Number(index)], `there is no item ${index}`);
  },
  'Fn::Split': (argument, resolve) => {
    const [separator, text] = resolve(argument) as [string, string];
    return text.split(separator);
  },
  'Fn::If': (argument, resolve, scope) => {
    const [name, yes, no] = argument as [string, unknown, unknown];
    return resolve(resolve(known(scope.condition(name), `no condition ${name}`)) ? yes : no);
  },
  'Fn::Equals': (argument, resolve) => {
    const [a, b] = resolve(argument) as [unknown, unknown];
    return String(a) === String(b);
  },
  'Fn::Not': (argument, resolve) => !(resolve(argument) as [unknown])[0],
  'Fn::And': (argument, resolve) => (resolve(argument) as Arguments).every(Boolean),
  'Fn::Or': (argument, resolve) => (resolve(argument) as Arguments).some(Boolean),
};

/**
 * `value` with every intrinsic function replaced by what it stands for.
 * @param where the resource's logical id, for errors
 * @throws Error naming resource, property and function
 */
export function resolveIntrinsics(value: unknown, scope: Scope, where: string, path: string[] = []): unknown {
  const inside = (item: unknown, key: string) => resolveIntrinsics(item, scope, where, [...path, key]);
  if (Array.isArray(value))
    return value.map((item, n) => inside(item, String(n))).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const [name, ...others] = Object.keys(value);
  if (others.length === 0 && name && isIntrinsic(name, path)) {
    return apply(name, (value as Record<string, unknown>)[name], scope, where, path);
  }
  const entries = Object.entries(value).map(([key, item]) => [key, inside(item, key)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== noValue));
}

/** `Condition` is also the name of a part of an IAM statement, where it holds an object. */
function isIntrinsic(name: string, path: readonly string[]): boolean {
  if (name === 'Condition') return path.length === 0 || path.some((part) => part.startsWith('Fn::'));
  return name === 'Ref' || name.startsWith('Fn::');
}

function apply(name: string, argument: unknown, scope: Scope, where: string, path: string[]): unknown {
  const property = path.filter((part) => !part.startsWith('Fn::')).join('.') || 'itself';
  const intrinsic = intrinsics[name];
  if (!intrinsic) throw new Error(`${where}: ${property} uses ${name}, which the local runner does not know`);
  try {
    return intrinsic(
      argument,
      (value) => resolveIntrinsics(value, scope, where, [...path, 'Fn::inside']),
      scope,
    );
  } catch (cause) {
    if ((cause as Error).message.startsWith(`${where}: `)) throw cause;
    throw new Error(`${where}: ${property} uses ${name}: ${(cause as Error).message}`, { cause });
  }
}

function getAttribute(argument: unknown, scope: Scope): unknown {
  const [logicalId, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
  const name = attribute.join('.');
  return known(
    scope.attribute(logicalId, name),
    `the local runner knows no attribute ${name} of ${logicalId}`,
  );
}

function substitute(argument: unknown, resolve: (value: unknown) => unknown, scope: Scope): string {
  const [text, given = {}] = (Array.isArray(argument) ? argument : [argument]) as [string, object?];
  const values = resolve(given) as Record<string, unknown>;
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in values) return String(values[name]);
    return String(
      name.includes('.') ? getAttribute(name, scope) : known(scope.ref(name), `nothing is called ${name}`),
    );
  });
}

function known<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise);
  return value;
}
