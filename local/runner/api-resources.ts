/** The HTTP API of the stack: which route leads to which function, and its CORS settings. */
import type { ResolvedResource } from './resources.ts';

export interface ApiSpec {
  readonly id: string;
  readonly routes: readonly RouteSpec[];
  readonly cors?: CorsSpec;
}

export interface RouteSpec {
  /** `GET /v1/health`, `ANY /{proxy+}` or `$default` */
  readonly key: string;
  readonly functionName: string;
}

export interface CorsSpec {
  readonly AllowOrigins?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly AllowCredentials?: boolean;
  readonly MaxAge?: number;
}

/** @throws Error for an integration that is no Lambda function with payload format 2.0 */
export function readApi(api: ResolvedResource, resources: readonly ResolvedResource[]): ApiSpec {
  const cors = api.properties.CorsConfiguration as CorsSpec | undefined;
  const integrations = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Integration')
      .map((integration) => [integration.ref, functionNameOf(integration)]),
  );
  const routes = resources
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
    .map(({ properties }) => ({
      key: String(properties.RouteKey),
      functionName: integrations.get(String(properties.Target).replace('integrations/', ''))!,
    }));
  return { id: api.ref, routes, ...(cors ? { cors } : {}) };
}

/** `IntegrationUri` is the function's ARN, or API Gateway's path to it that contains the ARN. */
function functionNameOf({ logicalId, properties }: ResolvedResource): string {
  const name = /:function:([\w-]+)/.exec(String(properties.IntegrationUri))?.[1];
  if (!name || properties.PayloadFormatVersion !== '2.0')
    throw new Error(`${logicalId}: only Lambda integrations with payload format 2.0 run locally`);
  return name;
}
