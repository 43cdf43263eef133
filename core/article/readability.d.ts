/** The small DOM that comes with Readability, which has no types of its own, as far as Tocsin uses it. */
declare module '@mozilla/readability/JSDOMParser.js' {
  export default class JSDOMParser {
    parse(xhtml: string, url: string): ReadabilityNode;
  }
}

interface ReadabilityNode {
  /** 1: an element, 3: a text. */
  readonly nodeType: number;
  readonly tagName: string;
  readonly className: string;
  readonly id: string;
  readonly textContent: string;
  readonly childNodes: readonly ReadabilityNode[];
}
