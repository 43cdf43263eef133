/**
 * One address for a page, however feeds write it: without tracking parameters, `www.`, scheme, order of parameters.
 * For telling pages apart, not for following.
 *
 *     canonicalUrl('http://www.example.com/a/?utm_source=rss&b=1')   // 'example.com/a?b=1'
 */
import normalizeUrl from 'normalize-url';

/** Parameters that say how a reader came, by the names that publishers and their tools give them. */
const tracking = [
  /^(?:utm|at|mc|hsa|pk|mtm|vero|oly)_\w+$|^_hs(?:enc|mi)$/i,
  /^(?:fb|g|d|ms|y|tw|igsh)clid$|^igsh(?:id)?$|^gbraid$|^wbraid$/i,
  /^(?:cmp|cmpid|campaign|ncid|nsid|smid|smtyp|ocid|icid|ito|xtor|spm|mkt_tok|feed(?:type|name))$/i,
  /^(?:ref|ref_src|ref_url|referrer|rss|wt\.\w+)$/i,
];

/** Such as `partner=rss` and `mod=rss_world`. */
const trackingValue = /[?&][^=&#]+=rss(?:[_-][^&#]*)?(?=[&#]|$)/gi;

/** A fragment that carries a campaign, such as `#xtor=RSS-1`; others may name an entry of the page. */
const trackingFragment = /#[\w.]+=.*$/;

/** @returns the text itself where it is no address */
export function canonicalUrl(url: string): string {
  const bare = url.replace(trackingFragment, '').replace(trackingValue, (match) => match[0]!);
  try {
    return normalizeUrl(bare, { stripProtocol: true, removeQueryParameters: tracking });
  } catch {
    return url;
  }
}
