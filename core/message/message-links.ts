/** Where a message leads besides the articles it tells of. */
export interface Links {
  /** A page that says why it came, mutes and unsubscribes. */
  readonly act: string;
  /** The dashboard; of a list its public page, to which a list's other links lead as well. */
  readonly manage: string;
  /** To the story of a text, shorter than the article's own. */
  readonly story?: string;
}
