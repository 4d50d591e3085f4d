package io.carillon.core.history;

/**
 * A page of a channel's past, and whether it is all there was.
 *
 * @param complete whether nothing acknowledged can be missing from the page: between its ends, and,
 *     when it is the oldest one, before it; false also when that cannot be shown
 */
public record Past(HistoryPage page, boolean complete) {}
