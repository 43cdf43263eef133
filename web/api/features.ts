/** What this installation's API offers, by its own OpenAPI document: what is not there is not shown. */
import { useResource } from '../resource.ts';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** `offers('POST /v1/me/channels')`; false until the document is there. */
export function useFeatures(): (route: string) => boolean {
  const { data } = useResource<OpenApi>('/v1/openapi.json');
  return (route) => {
    const [method = '', path = ''] = route.split(' ');
    return data?.paths[path]?.[method.toLowerCase()] !== undefined;
  };
}
