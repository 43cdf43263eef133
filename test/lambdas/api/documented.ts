/** Holds every answer that a test sees to the API's own OpenAPI document, by a validator that is not ours. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The parts of a document that are looked into. */
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { content?: Record<string, object> }>;
}

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: unknown;
}

/** RFC 3339 in UTC, to the millisecond. */
const utc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function documentedBy(document: Document) {
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': utc } });
  ajv.addSchema(document, 'api');
  const validators = new Map<string, ValidateFunction>();
  const templates = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
  }));
  // What has no parameter is meant first, as by the router.
  templates.sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
  const seen = new Set<string>();

  /** @throws Error when the answer is not what the document says of it */
  function check({ method, path, status, contentType, body }: Seen): void {
    const template = templates.find(
      ({ pattern, path: at }) => pattern.test(path) && method.toLowerCase() in document.paths[at]!,
    );
    if (!template) return;
    const operation = document.paths[template.path]![method.toLowerCase()]!;
    const name = `${operation.operationId} ${status}`;
    const response = operation.responses[status];
    if (!response) throw new Error(`Not documented: ${name} ${JSON.stringify(body)}`);
    seen.add(name);
    if (!response.content) {
      if (body) throw new Error(`A body that is not documented: ${name}`);
      return;
    }
    const type = contentType?.split(';')[0] ?? '';
    if (!response.content[type]) throw new Error(`A type that is not documented: ${name} ${type}`);
    const steps = [
      'paths',
      template.path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      type,
      'schema',
    ];
    const pointer = steps
      .map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/');
    const validate = validators.get(pointer) ?? ajv.compile({ $ref: `api#/${pointer}` });
    validators.set(pointer, validate);
    if (type.endsWith('json') && !type.startsWith('application/feed') && !validate(body)) {
      throw new Error(`Not as documented: ${name}: ${ajv.errorsText(validate.errors)}`);
    }
  }

  const operationOf = (method: string, path: string) =>
    document.paths[path]![method.toLowerCase()]!.operationId;
  return { check, seen, operationOf };
}
