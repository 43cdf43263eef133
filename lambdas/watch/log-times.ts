/** The times by which the change log of the watches is written and read. */

/** A reader goes back so far behind its cursor: the times in the log are those of other machines' clocks. */
export const overlapMs = 120_000;

/** A removal leaves the log so long after it was written; the watch itself has left it at once. */
export const tombstoneMs = 7 * 86_400_000;

/** What is known as of an older cursor may have missed a removal, and is read anew; with a day for late clocks. */
export const longestGapMs = tombstoneMs - 86_400_000;
